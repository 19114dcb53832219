"""How people can be reached: what a telephone or an address looks like that anybody can use."""

import re
from urllib.parse import urlsplit

ADDRESS_MOST = 60
"""Characters of an address that somebody copies from a screen by hand."""

PHONE = re.compile(r"\+?[0-9][0-9 ()\-]{1,22}")


def is_phone(text: str) -> bool:
    """Whether it can be dialled: 3 to 15 digits, with a plus, spaces, brackets or hyphens."""
    digits = sum(sign.isdigit() for sign in text)
    return bool(PHONE.fullmatch(text)) and 3 <= digits <= 15


def is_address(text: str) -> bool:
    """Whether it is a short https address that can be copied by hand."""
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and "." in host.strip(".")
        and not parts.username
        and len(text) <= ADDRESS_MOST
        and text.isprintable()
        and " " not in text
    )


def is_channel(text: str) -> bool:
    """Whether people can reach it: a telephone or an https address."""
    return is_phone(text) or is_address(text)
