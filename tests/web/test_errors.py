"""Pages for what went wrong."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from baqylau.web import errors
from tests.cast import Cast

LANGUAGES = ("kk", "ru", "en")
HANDLERS = {
    400: lambda request: errors.bad_request(request, BadRequest()),
    403: lambda request: errors.forbidden(request, PermissionDenied()),
    404: lambda request: errors.not_found(request, SuspiciousOperation()),
    500: errors.server_error,
}


def ask(language: str) -> HttpRequest:
    """A public request in the language."""
    request = RequestFactory().get("/nowhere/")
    request.resolver_match = None
    request.LANGUAGE_CODE = language
    return request


@pytest.mark.parametrize("status", HANDLERS)
def test_each_error_has_its_own_words_in_every_language(status: int) -> None:
    titles = set()
    for language in LANGUAGES:
        with translation.override(language):
            answer = HANDLERS[status](ask(language))
        assert answer.status_code == status
        assert f'<html lang="{language}">' in answer.text
        titles.add(answer.text.split("<h1>")[1].split("</h1>")[0])
    assert len(titles) == len(LANGUAGES)


def test_the_page_about_our_own_fault_asks_neither_database_nor_request() -> None:
    # No database is allowed in this test, and the request has nothing at all.
    with translation.override("kk"):
        answer = errors.server_error(HttpRequest())
    assert answer.status_code == 500
    assert 'href="/ru/"' in answer.text


def test_a_form_that_is_too_old_says_that_nothing_was_saved() -> None:
    with translation.override("en"):
        assert "Nothing was saved" in errors.csrf_failure(ask("en")).text


@pytest.mark.django_db
def test_an_error_at_the_desk_keeps_the_desk_around_it(cast: Cast) -> None:
    page = cast.adviser.client.get("/desk/nowhere/")
    assert page.status_code == 404
    assert '<body class="desk">' in page.text
    assert 'href="/desk/"' in page.text


@pytest.mark.django_db
def test_a_stranger_at_a_wrong_desk_address_sees_no_desk(client: Client) -> None:
    page = client.get("/desk/nowhere/")
    assert page.status_code == 404
    assert '<body class="desk">' not in page.text
