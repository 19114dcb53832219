"""Forms of the public site: known by a signed moment and by where they come from."""

from datetime import timedelta

import pytest
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.web.strangers import FIELD, LIFE, LIMIT, guard, is_ours, token

HERE = "http://testserver"
send = RequestFactory().post


def test_a_form_is_known_for_its_own_purpose_only() -> None:
    drawn = {FIELD: token("a.form")}
    assert is_ours(drawn, "a.form")
    assert not is_ours(drawn, "another.form")
    assert not is_ours({}, "a.form")


def test_a_form_lives_for_hours_and_not_for_days() -> None:
    now = clock.now()
    with clock.frozen(now):
        drawn = {FIELD: token("a.form")}
    with clock.frozen(now + timedelta(seconds=LIFE - 1)):
        assert is_ours(drawn, "a.form")
    with clock.frozen(now + timedelta(seconds=LIFE + 2)):
        assert not is_ours(drawn, "a.form")
    with clock.frozen(now - timedelta(minutes=1)):
        assert not is_ours(drawn, "a.form")


@given(st.text(max_size=60))
def test_no_other_text_is_a_token(text: str) -> None:
    assert not is_ours({FIELD: text}, "a.form")


def test_another_installation_s_token_is_not_ours() -> None:
    with override_settings(SECRET_KEY="of another house"):
        drawn = {FIELD: token("a.form")}
    assert not is_ours(drawn, "a.form")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": HERE},
        {"sec-fetch-site": "same-origin"},
        {"referer": f"{HERE}/status/"},
    ],
)
def test_what_our_own_page_sends_is_taken(headers: dict[str, str]) -> None:
    guard(send("/status/", {"a": "b"}, headers=headers))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver.example"},
        {"origin": "http://elsewhere", "referer": f"{HERE}/", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-site"},
        {"referer": "http://elsewhere/?http://testserver/"},
        {"referer": "http://["},
    ],
)
def test_what_comes_from_elsewhere_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(DomainError) as refused:
        guard(send("/status/", {"a": "b"}, headers=headers))
    assert refused.value.status == 403


def test_a_large_form_is_refused_unread() -> None:
    request = send("/status/", {"a": "x" * LIMIT}, headers={"origin": HERE})
    with pytest.raises(DomainError) as refused:
        guard(request)
    assert refused.value.status == 413
    assert not hasattr(request, "_post"), "the form was read"
