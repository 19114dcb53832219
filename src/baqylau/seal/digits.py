"""Secrets that people copy by hand: digits in fours, the last two of which find a typing mistake.

The check is ISO 7064, MOD 97-10: the whole number leaves 1 when divided by 97. It finds every wrong
digit and every pair of neighbours that changed places; of other mistakes 96 in 97.
"""

import secrets
import unicodedata

from baqylau.seal.errors import SealError

GROUP, CHECK = 4, 2
LONGEST = 300
"""Characters that are looked at; a receipt with a space after each digit has 55."""

_GAPS = frozenset(".,_·/:|")
_GAP_KINDS = frozenset({"Zs", "Zl", "Zp", "Pd", "Cf", "Cc"})
"""Kinds of characters that may stand between digits: spaces, dashes, invisible ones, line ends."""


def draw(count: int) -> str:
    """Random digits, each as likely as the others."""
    return "".join(secrets.choice("0123456789") for _ in range(count))


def with_check(body: str) -> str:
    """The digits followed by their two check digits. Source: ISO 7064, MOD 97-10."""
    return f"{body}{98 - int(body) * 100 % 97:02}"


def is_whole(number: str) -> bool:
    """Whether the last two digits fit the others."""
    return int(number) % 97 == 1


def grouped(number: str) -> str:
    """The digits in fours, as they are printed."""
    return " ".join(number[at : at + GROUP] for at in range(0, len(number), GROUP))


def read(text: str, count: int) -> str:
    """The digits in what a person typed: any digits of any script, any gaps between them.

    Letters are refused, not guessed: an O for a 0 may hide a second mistake. Raises: SealError.
    """
    found = []
    for character in text[:LONGEST]:
        digit = unicodedata.decimal(character, None)
        if digit is not None:
            found.append(str(digit))
        elif unicodedata.category(character)[0] == "L":
            raise SealError("digits_letter", letter=character)
        elif character not in _GAPS and unicodedata.category(character) not in _GAP_KINDS:
            raise SealError("digits_strange", sign=character)
    if len(found) != count or len(text) > LONGEST:
        raise SealError("digits_count", expected=count, found=len(found))
    return "".join(found)


def read_checked(text: str, count: int) -> str:
    """As `read`, and the check digits must fit. Raises: SealError."""
    number = read(text, count)
    if not is_whole(number):
        raise SealError("digits_check")
    return number


def is_last_group(typed: str, number: str) -> bool:
    """Whether somebody has typed the last group, which shows that they have written it down."""
    try:
        return read(typed, GROUP) == number[-GROUP:]
    except SealError:
        return False
