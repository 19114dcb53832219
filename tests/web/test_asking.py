"""The one page of small forms at the desk."""

from typing import Any

import pytest
from django import forms
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from baqylau.kernel.errors import DomainError
from baqylau.web.asking import Asking, ask


class Small(forms.Form):
    """A word and a file."""

    word = forms.CharField(label="Word", max_length=5)
    paper = forms.FileField(label="Paper", required=False)


def asked(said: dict[str, Any] | None, work: Any = lambda: None, **more: Any) -> HttpResponse:  # noqa: ANN401 - what the page calls
    """The answer to opening the page (None) or to sending it."""
    request: HttpRequest = RequestFactory().get("/desk/small/")
    if said is not None:
        request = RequestFactory().post("/desk/small/", said)
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]  # as the middleware does
    form = Small(request.POST or None, request.FILES or None)
    way = (("Desk", "/desk/"), ("Things", "/desk/things/"))
    with override("en"):
        return ask(request, form, Asking("A small thing", way, work, "Done.", **more))


def test_the_page_shows_the_way_here_and_leads_back() -> None:
    text = asked(None).content.decode()
    assert text.index('href="/desk/"') < text.index('href="/desk/things/"')
    assert "<h1>A small thing</h1>" in text
    assert '<a href="/desk/things/">Cancel</a>' in text
    assert 'enctype="multipart/form-data"' in text


def test_work_that_is_done_leads_to_the_last_place_of_the_way() -> None:
    done = []
    answer = asked({"word": "сөз"}, lambda: done.append(1))
    assert (answer.status_code, answer["Location"], done) == (302, "/desk/things/", [1])


def test_work_may_lead_on_to_what_it_made() -> None:
    answer = asked({"word": "сөз"}, lambda: 7, onward=lambda made: f"/desk/things/{made}/")
    assert answer["Location"] == "/desk/things/7/"


def test_a_refusal_stands_beside_its_field_and_what_was_typed_is_there() -> None:
    def refuse() -> None:
        raise DomainError("Not that word.", field="word")

    answer = asked({"word": "сөз"}, refuse)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Not that word." in text
    assert 'value="сөз"' in text


@pytest.mark.parametrize(("word", "is_asked"), [("too long", True), ("сөз", False)])
def test_a_good_file_beside_a_wrong_word_is_asked_for_again(word: str, is_asked: bool) -> None:
    paper = SimpleUploadedFile("a.txt", b"x")
    text = asked({"word": word, "paper": paper}).content.decode()
    assert ("Choose the file once more" in text) is is_asked
