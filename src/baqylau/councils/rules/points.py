"""A text as numbered points, and points as a text: what is typed is what comes back."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from baqylau.documents.cells import clean
from baqylau.documents.wording import Paragraph

LONGEST: Final = 3_000
"""Signs of a point in one language: it must fit on a light page beside its other language."""
MOST: Final = 300
"""Points of a draft."""
LABEL: Final = 16
"""Signs of a point's number."""
_NUMBER: Final = re.compile(
    r"(?P<dotted>\d{1,3}(?:\.\d{1,3}){0,3})\.\s+"
    r"|(?P<deep>\d{1,3}(?:\.\d{1,3}){1,3})\s+"
    r"|(?P<bracket>(?:\d{1,3}|[^\W\d_])\))\s+"
    r"|(?P<article>\d{1,3}-(?:бап|тармақ|тарау|бөлім)|(?:Статья|Глава|Раздел|Пункт) \d{1,3})"
    r"(?:[.:]\s+|\s+|$)"
)
"""How points are numbered in the acts of the country: 4., 4.1., 4.1, 4), а), 4-бап, Статья 4."""
_GAP: Final = re.compile(r"\n[ \t]*\n\s*")
_STOPS: Final = (". ", "; ", ", ", " ")


@dataclass(frozen=True, slots=True)
class Words:
    """A point in one language: its number as the text has it, "" for none, and what it says."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A point in two languages, each "" where it is missing."""

    label: str
    kk: str
    ru: str


def words_of(typed: str) -> list[Words]:
    """The points of a text in which an empty line stands between points."""
    return [_numbered(piece) for each in _GAP.split(clean(typed)) if (piece := each.strip())]


def _numbered(piece: str) -> Words:
    found = _NUMBER.match(piece)
    if found is None or not piece[found.end() :].strip():
        return Words("", piece)
    label = next(each for each in found.groups() if each)
    return Words(label, piece[found.end() :].strip())


def as_text(points: Iterable[Words]) -> str:
    """Points as they are typed: the number first, an empty line between them."""
    return "\n\n".join(_headed(each.label, each.text) for each in points if each.text)


def _headed(label: str, text: str) -> str:
    if not label:
        return text
    return f"{label} {text}" if label.endswith(")") else f"{label}. {text}"


def from_paragraphs(paragraphs: Sequence[Paragraph]) -> str:
    """The text of a document as it would be typed.

    A numbered paragraph or a heading begins a point, what follows without a number belongs to it.
    Where nothing is numbered every paragraph is a point. What is too long for one goes on in the
    next.
    """
    is_numbered = any(_begins(each) and not each.is_heading for each in paragraphs)
    pieces: list[str] = []
    for each in paragraphs:
        text = _headed(each.label[:LABEL], each.text)
        goes_on = bool(pieces) and (each.is_row or (is_numbered and not _begins(each)))
        for number, part in enumerate(_cut(text)):
            if goes_on and number == 0 and len(pieces[-1]) + 1 + len(part) <= LONGEST:
                pieces[-1] += "\n" + part
            else:
                pieces.append(part)
    return "\n\n".join(pieces)


def _begins(paragraph: Paragraph) -> bool:
    if paragraph.is_row:
        return False
    is_typed = bool(_NUMBER.match(paragraph.text))
    return paragraph.is_heading or bool(paragraph.label) or is_typed


def _cut(text: str) -> Iterator[str]:
    """A text in pieces that are not too long, cut behind a sentence where there is one."""
    # Between empty lines there would be two points already.
    text = _GAP.sub("\n", text)
    while len(text) > LONGEST:
        head = text[:LONGEST]
        ends = (head.rfind(stop) + len(stop) for stop in _STOPS if head.rfind(stop) > LONGEST // 2)
        at = next(ends, LONGEST)
        yield text[:at].strip()
        text = text[at:].strip()
    if text:
        yield text


def paired(kk: Sequence[Words], ru: Sequence[Words]) -> list[Pair]:
    """Points of two languages beside each other.

    As many in both: in their order. Else by their numbers; what has no counterpart stands alone.
    """
    if len(kk) == len(ru) or not kk or not ru:
        size = max(len(kk), len(ru))
        return [_pair(_at(kk, place), _at(ru, place)) for place in range(size)]
    found: list[Pair] = []
    matcher = SequenceMatcher(None, [each.label for each in kk], [each.label for each in ru], False)
    for code, from_kk, to_kk, from_ru, to_ru in matcher.get_opcodes():
        if code == "equal":
            both = zip(kk[from_kk:to_kk], ru[from_ru:to_ru], strict=True)
            found += [_pair(one, other) for one, other in both]
        else:
            found += [_pair(each, None) for each in kk[from_kk:to_kk]]
            found += [_pair(None, each) for each in ru[from_ru:to_ru]]
    return found


def _at(points: Sequence[Words], place: int) -> Words | None:
    return points[place] if place < len(points) else None


def _pair(kk: Words | None, ru: Words | None) -> Pair:
    label = (kk and kk.label) or (ru and ru.label) or ""
    return Pair(label, kk.text if kk else "", ru.text if ru else "")
