"""The prefixes by which what was answered is found again."""

from typing import Final

from baqylau.text import skeleton, tidy

SHORT: Final = 3
LONG: Final = 5
WORDS: Final = 120
"""Different words of an answer that are kept for the search."""


def _words(text: str, limit: int) -> list[str]:
    found = dict.fromkeys(word for word in skeleton(text).split() if len(word) >= SHORT)
    return list(found)[:limit]


def kept_prefixes(text: str) -> list[str]:
    """What is kept of a text: each word's first three and first five letters, each once."""
    found: dict[str, None] = {}
    for word in _words(text, WORDS):
        found[word[:SHORT]] = None
        found[word[:LONG]] = None
    return list(found)


def asked_prefixes(query: str, limit: int = 6) -> list[str]:
    """What a query asks for, the longest first: of each word the part that was kept.

    Four letters ask for the first three: they find a little more, never less.
    """
    found = dict.fromkeys(
        word[:LONG] if len(word) >= LONG else word[:SHORT] for word in _words(tidy(query), limit)
    )
    return sorted(found, key=len, reverse=True)
