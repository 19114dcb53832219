"""How a link is computed: plain, so that anybody can check the chain with a few lines of code."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime

from baqylau.kernel.errors import DomainError

GENESIS = "0" * 64
"""The digest before the first entry."""

PAYLOAD_LIMIT = 4_000
"""Bytes of canonical JSON in one payload."""

LENGTHS: Mapping[str, int] = {"action": 64, "actor": 64, "subject": 96}
"""Characters that the columns of an entry hold."""

Scalar = str | int | bool | None
Value = Scalar | date | list[Scalar]

_encode = json.JSONEncoder(ensure_ascii=False).encode


def canonical(payload: Mapping[str, Value]) -> str:
    """The payload as JSON with sorted keys and no spaces; dates in ISO form.

    Raises: DomainError when it is longer than PAYLOAD_LIMIT or holds anything but codes, numbers,
    dates and flat lists of them.
    """
    for key, value in payload.items():
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, str | int | date | None):
                raise DomainError(f"{key} cannot be journalled: {type(one).__name__}")
    text = json.dumps(
        dict(payload), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_iso
    )
    if len(_bytes(text)) > PAYLOAD_LIMIT:
        raise DomainError("a journal payload is too long", code="payload_too_long")
    return text


def _iso(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise DomainError("a journal entry holds half a character") from error


def check_words(**words: str) -> None:
    """Refuse words that a column does not hold, or that would not come back as they were.

    Raises: DomainError.
    """
    for name, text in words.items():
        if len(text) > LENGTHS[name] or not text.isprintable():
            raise DomainError(f"{name} cannot be journalled: too long, or not printable")
        _bytes(text)
    if not words.get("action"):
        raise DomainError("a journal entry needs an action")


def link(
    previous: str, number: int, at: str, action: str, actor: str, subject: str, payload: str
) -> str:
    """The digest of an entry: SHA-256 (hex) over a JSON list of its parts."""
    parts = [previous, number, at, action, actor, subject, payload]
    return hashlib.sha256(_encode(parts).encode()).hexdigest()
