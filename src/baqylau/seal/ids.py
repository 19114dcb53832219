"""Opaque names in our formats: short, plain, without a line end that could forge another line."""

import re

from baqylau.seal.errors import SealError

_ID = re.compile(r"[A-Za-z0-9-]{1,36}")
_CODE = re.compile(r"[a-z_]{1,16}")


def checked_id(text: str) -> str:
    """An opaque key of up to 36 letters, digits and dashes (a UUID fits). Raises: SealError."""
    if not _ID.fullmatch(text):
        raise SealError("bad_id")
    return text


def checked_code(text: str) -> str:
    """A code of up to 16 small letters and underscores. Raises: SealError."""
    if not _CODE.fullmatch(text):
        raise SealError("bad_id")
    return text
