"""What a comment may be, and what makes a person look at it more closely."""

import re
from hashlib import blake2b
from typing import Final

from baqylau.text.personal import personal

LONGEST: Final = 5_000
"""Signs of a comment."""
LINKS: Final = 2
"""Links that a comment may have without a mark."""
_LINK: Final = re.compile(
    r"https?://\S+|www\.\S+|(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.(?:kz|ru|com|org|net|info|me|қаз|рф)\b",
    re.IGNORECASE,
)
_KEY: Final = re.compile(r"[0-9a-f]{32}")


def links(text: str) -> int:
    """How many addresses of the web a text has."""
    return len(_LINK.findall(text))


def mark_of(text: str) -> str:
    """Why a person should look twice: "personal", "links", or ""."""
    if personal(text):
        return "personal"
    return "links" if links(text) > LINKS else ""


def is_key(text: str) -> bool:
    """Whether this is a key as forms are drawn with."""
    return bool(_KEY.fullmatch(text))


def key_of(drawn: str, *parts: object) -> str:
    """The key of one thing that was sent with a form: the same again gives the same."""
    said = "\0".join((drawn, *(str(part) for part in parts)))
    return blake2b(said.encode(errors="replace"), digest_size=32).hexdigest()
