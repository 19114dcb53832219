"""Numbers of documents and recommendations: as they are said, and as somebody types them."""

import hashlib
import re

LIMIT = 40
NUMBER = re.compile(r"[0-9A-Za-zА-Яа-яӘәІіҢңҒғҮүҰұҚқӨөҺһЁё][\w.\-]{0,31}")
"""A number that may stand in an address: letters, digits, points, hyphens."""
OURS = re.compile(r"20\d\d-\d{1,6}\.\d{1,4}", re.ASCII)
"""The numbers that the programme gives itself."""
_TYPED = re.compile(r"[№#\s]*([\w.\-]{1,32})\s*")


def document_number(year: int, serial: int) -> str:
    """The number of a document: 2026-12."""
    return f"{year}-{serial}"


def recommendation_number(document: str, order: int) -> str:
    """The number of a recommendation within its document: 2026-12.3."""
    return f"{document}.{order}"


def read_number(text: str) -> str:
    """The number that somebody typed, "" for what cannot be one."""
    found = _TYPED.fullmatch(text.strip()[:LIMIT])
    return found[1] if found and any(map(str.isdigit, found[1])) else ""


def is_number(text: str) -> bool:
    """Whether an old number may be taken in as it is."""
    return bool(NUMBER.fullmatch(text)) and any(map(str.isdigit, text))


def digest(*texts: str) -> str:
    """What the journal keeps of public words: enough to see that they were changed."""
    joined = "\0".join(texts)
    return hashlib.sha256(joined.encode()).hexdigest()[:32] if any(texts) else ""
