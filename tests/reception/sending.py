"""What an adviser sends from the screen of a consultation."""

from typing import TYPE_CHECKING, Any

from django.test import Client

from tests.reception.making import TARAZ

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

NEW = "/desk/reception/new/"
FORM = {
    "language": "kk",
    "channel": "walk_in",
    "room": TARAZ,
    "service": "",
    "part": "answer",
    "kind": "information",
    "result": "advised",
}


def token_of(client: Client) -> str:
    """The token of a fresh screen."""
    return str(client.get(NEW).headers["Location"].partition("draft=")[2])


def send(client: Client, do: str = "save", **typed: Any) -> "Answer":  # noqa: ANN401 - of many kinds
    """Press a button of the screen, with a token of its own unless `key` is given."""
    key = typed.pop("key", None) or token_of(client)
    return client.post(f"{NEW}?draft={key}", {**FORM, "key": key, "do": do, **typed})
