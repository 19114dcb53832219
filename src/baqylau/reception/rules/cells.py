"""What the journal learns of a consultation, and how two versions of it differ."""

from collections.abc import Mapping

from baqylau.journal.rules import Value

CELLS = (
    "on",
    "language",
    "channel",
    "room",
    "district",
    "kind",
    "service",
    "body",
    "part",
    "result",
    "origin",
    "first",
    "person",
    "acted_as",
    "unlisted",
    "call",
    "case",
)
"""Names in the payload of `reception.recorded`: codes, a day, opaque keys and numbers, flags."""

WAS = "was_"


def corrected(before: Mapping[str, Value], after: Mapping[str, Value]) -> dict[str, Value]:
    """The payload of a correction: all cells as they are now, and as they were."""
    return {**after, **{WAS + name: value for name, value in before.items()}}


def before(payload: Mapping[str, Value]) -> dict[str, Value]:
    """The cells as they were before a correction, from its payload."""
    return {
        name.removeprefix(WAS): value for name, value in payload.items() if name.startswith(WAS)
    }
