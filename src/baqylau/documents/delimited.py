"""CSV and TSV: which letters, which delimiter, then rows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from baqylau.documents.shapes import Limits, Problem, TableError

DELIMITERS = ("\t", ";", ",", "|")
LOOK = 65_536
"""Characters from which the delimiter is guessed."""
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_KAZAKH = frozenset("әғқңөұүһӘҒҚҢӨҰҮҺ")
_CYRILLIC = re.compile(r"[А-яЁёІі]")


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding.

    UTF-8, UTF-16, and the two Windows tables of Cyrillic: KZ-1048 where it gives Kazakh letters,
    Windows-1251 otherwise.

    Raises: TableError `binary`, `encoding`.
    """
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data, codec, name), name
    if codec := _bare_utf16(data):
        return _strictly(data, codec, "UTF-16"), "UTF-16"
    if b"\0" in data:
        raise TableError(Problem("binary"))
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _windows(data)


def _strictly(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        params = {"encoding": name, "position": error.start}
        raise TableError(Problem("encoding", params=params)) from None


def _bare_utf16(data: bytes) -> str:
    """The codec of UTF-16 without a mark: line ends and ASCII signs leave zeros on one side."""
    look = data[:4096]
    if len(look) < 4 or len(data) % 2:
        return ""
    low, high = look[0::2].count(0), look[1::2].count(0)
    if bool(low) == bool(high):
        return ""
    codec = "utf-16-le" if high else "utf-16-be"
    text = look.decode(codec, "replace")
    usual = sum(letter < "\u0530" or "\u2000" <= letter < "\u2200" for letter in text)
    return codec if usual * 10 >= len(text) * 9 else ""


def _windows(data: bytes) -> tuple[str, str]:
    kazakh = data.decode("kz1048", "replace")
    high = sum(byte > 127 for byte in data)
    letters = len(_CYRILLIC.findall(kazakh)) + sum(letter in _KAZAKH for letter in kazakh)
    if letters * 10 < high * 7 or "\ufffd" in kazakh:
        raise TableError(Problem("encoding", params={"encoding": "UTF-8", "position": 0}))
    if any(letter in _KAZAKH for letter in kazakh):
        return kazakh, "KZ-1048"
    return data.decode("cp1251", "replace"), "Windows-1251"


def delimiter_of(text: str) -> str:
    """The mark that parts the first lines most evenly; a comma where there is only one column."""
    look = text[:LOOK]
    lines = _unquoted(look).splitlines()[:20]
    lines = [line for line in lines if line.strip()]
    if not lines:
        return ","
    counts = {mark: Counter(line.count(mark) for line in lines) for mark in DELIMITERS}
    in_heading = {mark: lines[0].count(mark) for mark in DELIMITERS}
    best = max(
        DELIMITERS,
        key=lambda mark: (in_heading[mark] > 0, counts[mark][in_heading[mark]], in_heading[mark]),
    )
    return best if in_heading[best] else ","


def _unquoted(text: str) -> str:
    """The text without what stands in quotes, where marks are only marks."""
    return re.sub(r'"[^"]*"', "", text)


def records(text: str, delimiter: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers as a spreadsheet would show them.

    Raises: TableError `quotes` (a quote is not closed), `cell_length`.
    """
    start = 0
    if text.startswith("sep=") and "\n" in text[:8]:
        text, start = text.split("\n", 1)[1], 1
    csv.field_size_limit(max(limits.cell * 4, 131_072))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = start
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            code = "cell_length" if "field limit" in str(error) else "quotes"
            params = {"limit": limits.cell} if code == "cell_length" else {}
            raise TableError(Problem(code, row=number, params=params)) from None


def separator_line(text: str) -> str:
    """The delimiter that a first line `sep=;` names, as Excel writes it; "" without one."""
    found = re.match(r"sep=(.)\r?\n", text)
    return found[1] if found and found[1] not in '"\r\n' else ""
