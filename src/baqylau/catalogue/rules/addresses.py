"""Permanent addresses: made once from a name, never changed afterwards."""

import re
from collections.abc import Collection
from typing import Final

from baqylau.text import skeleton

SLUG_LIMIT: Final = 60
CODE: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,23}")
SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SMALL: Final = frozenset({"a", "an", "the", "of", "and", "or", "for", "to", "in", "on", "at"})


def slug_of(name: str, taken: Collection[str]) -> str:
    """An address of letters a-z, digits and hyphens that nobody has yet.

    English names keep their words; others are spelled by their skeleton.
    """
    plain = name.lower().replace("'", "") if name.isascii() else skeleton(name)
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in _SMALL]
    base = _cut(words) or "page"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _cut(words: list[str]) -> str:
    """The first words that fit."""
    line = ""
    for word in words:
        longer = f"{line}-{word}" if line else word
        if len(longer) > SLUG_LIMIT:
            break
        line = longer
    return line or "".join(words)[:SLUG_LIMIT]
