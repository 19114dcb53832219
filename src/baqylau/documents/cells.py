"""Cells as text: cleaning what was typed, spelling what a spreadsheet computed, dates, marks."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from baqylau.documents.shapes import CellError

_SPACES = re.compile(r"[^\S\n]+")
_HTML = re.compile(r"</?[a-z!][^<>]*>|&(?:[a-z]{2,8}|#\d{1,6});", re.IGNORECASE)
_LOST = re.compile(r"[а-яё]\?[а-яё]|(?:^|\s)\?[а-яё]{2}", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,4})([.\-/])(\d{1,2})\2(\d{1,4})(?:[ T]00:00(?::00)?)?")
_RISKY = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
FIRST_YEAR, LAST_YEAR = 1900, 2200


def clean(text: str) -> str:
    """The text as a person meant it: composed letters, plain spaces, no control characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.isprintable():
        text = "".join(map(_plain, text))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def _plain(letter: str) -> str:
    """Nothing for invisible marks, a space for control characters, all else as it is."""
    kind = unicodedata.category(letter)
    if kind == "Cf":
        return ""
    return " " if kind in {"Cc", "Cs", "Zl", "Zp"} and letter != "\n" else letter


def spell(value: object) -> str:
    """What a spreadsheet shows for a stored value: whole numbers bare, dates as 2026-12-31."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return format(value, ".15g")
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return clean(str(value))


def normal_heading(text: str) -> str:
    """A heading for comparing: small letters, single spaces, no marks at the ends."""
    return " ".join(text.casefold().replace("_", " ").split()).strip(" .:*?!")


def holds_html(text: str) -> bool:
    """Whether the text carries HTML tags or entities, which no name does."""
    return ("<" in text or "&" in text) and _HTML.search(text) is not None


def lost_letters(text: str) -> bool:
    """Whether question marks stand where Kazakh letters were before a careless export."""
    return "?" in text and _LOST.search(text) is not None


def read_date(text: str) -> date:
    """A date written 31.12.2026, 2026-12-31, 31/12/2026 or 12/31/2026.

    With slashes the day and the month are told apart only where one of them is above 12.

    Raises: CellError `date_ambiguous` (params `first`, `second`: both readings, ISO), `date`.
    """
    found = _DATE.fullmatch(text.strip())
    if not found:
        raise CellError("date")
    first, mark, middle, last = found[1], found[2], int(found[3]), found[4]
    if len(first) == 4 and mark != ".":
        return _day(int(first), middle, int(last))
    if len(last) != 4 or len(first) > 2:
        raise CellError("date")
    if mark != "/":
        return _day(int(last), middle, int(first))
    return _slashed(int(first), middle, int(last))


def _slashed(first: int, second: int, year: int) -> date:
    if first == second or first > 12:
        return _day(year, second, first)
    if second > 12:
        return _day(year, first, second)
    readings = _day(year, second, first), _day(year, first, second)
    raise CellError("date_ambiguous", first=readings[0].isoformat(), second=readings[1].isoformat())


def _day(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellError("date")
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError("date") from None


def protect(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what could be one.

    Source: OWASP, "CSV Injection".
    """
    return f"'{text}" if _RISKY.match(text) and not _NUMBER.fullmatch(text) else text


def unprotect(text: str) -> str:
    """The text before `protect`."""
    bare = text[1:]
    return bare if text.startswith("'") and protect(bare) == text else text
