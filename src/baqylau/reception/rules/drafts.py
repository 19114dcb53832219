"""What a draft keeps of what was typed."""

import secrets
from collections.abc import Mapping
from typing import Final

from baqylau.casework.taxonomy import ContactKind
from baqylau.reception.taxonomy import Result

AGAIN: Final = ":again"
"""Ends the token of what was typed on after the consultation had been saved."""
FIELD_LIMIT: Final = 4_000
"""Characters of one field that a draft holds: twice a whole answer."""

WORDS: Final = (
    "query",
    "answer",
    "body",
    "earlier",
    "slip",
    "held_on",
    "call_on",
    "name",
    "phone",
)
CHOSEN: Final = ("service", "contact")
PLAIN: Final = (
    "language",
    "channel",
    "room",
    "kind",
    "part",
    "result",
    "district",
    "acted_as",
    "is_sheet",
    "earlier_digits",
    "agreed",
    "agreed_to_call",
    "sex",
    "age",
    "place",
)
NAMES: Final = ("name", "phone", "agreed_to_call", "sex", "age", "place")
"""What is kept of a visitor only once they have agreed."""
NOTHING: Final = ("", "-")


def new_token() -> str:
    """A key for a consultation to come: 96 random bits."""
    return secrets.token_hex(12)


def row_name(token: str) -> str:
    """Under which name a draft is sealed."""
    return f"draft:{token}"


def kept_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """What a draft keeps; empty when nothing was typed or chosen yet.

    No name is kept of somebody who has not agreed, and no story of a demand for money.
    """
    known = (*WORDS, *CHOSEN, *PLAIN)
    found = {name: fields[name][:FIELD_LIMIT] for name in known if fields.get(name)}
    if not fields.get("agreed"):
        found = {name: text for name, text in found.items() if name not in NAMES}
    if fields.get("kind") == ContactKind.CORRUPTION or fields.get("result") == Result.SAFE_CHANNEL:
        found.pop("answer", None)
    says = any(found.get(name, "").strip() not in NOTHING for name in (*WORDS, *CHOSEN))
    return found if says else {}
