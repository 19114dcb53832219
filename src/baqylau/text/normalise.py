"""Cleaning of text that people paste: composed, without invisible signs, within a limit."""

import unicodedata
from typing import Final

MAX_QUERY: Final = 200
"""Characters of a query that are read; the rest of a pasted page says nothing new."""

MAX_TEXT: Final = 20_000
"""Characters of one field that are read."""

_SPACES: Final = frozenset("\t\n\v\f\r\x07\x85\u2028\u2029")
_SIGNS: Final = {
    **dict.fromkeys(map(ord, "’‘ʼʻ‛´`"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    ord("…"): "...",
}
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Cn"})


def tidy(text: str, limit: int = MAX_TEXT, *, as_typed: bool = False) -> str:
    """Return the text as one clean line: NFC, no invisible signs, single spaces, at most `limit`.

    Word's private bullets become spaces; zero-width, right-to-left and soft-hyphen marks vanish.
    Quotes, dashes and apostrophes become the plain ones, for comparing, unless they stay
    `as_typed`: what people read again keeps its «».
    """
    composed = unicodedata.normalize("NFC", text[: limit * 2])
    visible = composed if as_typed else composed.translate(_SIGNS)
    if not visible.isprintable():
        visible = unicodedata.normalize("NFC", "".join(map(_visible, visible)))
    line = " ".join(visible.split())
    return line[:limit].rstrip()


def normalise(text: str, limit: int = MAX_TEXT) -> str:
    """Return the tidy text without the difference of capitals, for comparing what people typed."""
    folded = tidy(text, limit)
    for _ in range(3):
        folded = unicodedata.normalize("NFC", folded.casefold())
    return " ".join(folded.split())[:limit].rstrip()


def _visible(sign: str) -> str:
    """Return the sign, a space for anything that separates, or nothing for the invisible."""
    if sign.isalnum():
        return sign
    if sign in _SPACES:
        return " "
    category = unicodedata.category(sign)
    if category in _INVISIBLE:
        return ""
    return " " if category in {"Co", "Zs"} else sign
