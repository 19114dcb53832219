"""What a browser sends as a passkey's answer may be anything."""

import pytest
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db
STATED = '{"id": "AA", "rawId": "AA", "type": "public-key", "response": %s}'
ANSWERS = [
    "{}",
    "[]",
    '{"id": 1}',
    '{"id": "\\ud800"}',
    '{"rawId": null, "response": []}',
    STATED % "{}",
    STATED % '{"clientDataJSON": "AA"}',
    STATED % '{"clientDataJSON": 7, "authenticatorData": 7, "signature": 7}',
    STATED % '{"clientDataJSON": "\\ud800", "authenticatorData": "AA", "signature": "AA"}',
    STATED % '{"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}',
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_is_no_answer_of_a_passkey_opens_nothing_and_breaks_nothing(
    cast: Cast, answer: str
) -> None:
    stranger = Client()
    stranger.get("/desk/sign-in/passkey/")
    assert stranger.post("/desk/sign-in/passkey/", {"credential": answer}).status_code < 500
    assert stranger.get("/desk/").status_code == 302
    desk = cast.adviser.client
    desk.get("/desk/")
    desk.post("/desk/lock/")
    assert desk.post("/desk/lock/reopen/", {"credential": answer}).status_code < 500
    assert desk.get("/desk/").status_code == 302
