"""The numbers that Word counts for paragraphs. Source: ECMA-376, part 1, section 17.9."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from baqylau.documents.wording.opening import events

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS: Final = 9
_MOST: Final = 9_999
_LONGEST: Final = 40
"""Signs of a level's pattern that are looked at."""
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC: Final = "абвгдежзиклмнопрстуфхцчшщэюя"
"""Word leaves out ё, й, ъ, ы, ь."""
_ROMAN: Final = (
    (1_000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list counts: from where, in which signs, and its pattern ("%1.%2.")."""

    start: int = 1
    signs: str = "decimal"
    pattern: str = ""


@dataclass(slots=True)
class Numbering:
    """All lists of a document and how far each has counted.

    `lists` names the pattern of each list, `levels` the levels of each pattern. `anew` are lists
    that begin again at a level, by (list, level).
    """

    lists: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[tuple[str, int], Level] = field(default_factory=dict)
    anew: dict[tuple[str, int], int] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """Count the next paragraph of a list; its number, "" for a bullet."""
        pattern = self.lists.get(number)
        if pattern is None or (own := self.levels.get((pattern, level))) is None:
            return ""
        counts = self._counts.setdefault(pattern, {})
        again = self.anew.pop((number, level), None)
        before = counts.get(level)
        if again is not None or before is None:
            counts[level] = own.start if again is None else again
        else:
            counts[level] = min(before + 1, _MOST)
        for deeper in range(level + 1, LEVELS):
            counts.pop(deeper, None)
        return self._filled(pattern, own, counts)

    def _filled(self, pattern: str, own: Level, counts: Mapping[int, int]) -> str:
        if own.signs in {"bullet", "none"}:
            return ""
        label = own.pattern[:_LONGEST]
        for each in range(LEVELS):
            known = self.levels.get((pattern, each), Level())
            count = counts.get(each, known.start)
            label = label.replace(f"%{each + 1}", in_signs(count, known.signs))
        return label.strip().rstrip(".")


def in_signs(count: int, signs: str) -> str:
    """A count as a list writes it: 4, 04, d, D, iv, IV, г, Г."""
    kind = signs.removeprefix("lower").removeprefix("upper").removeprefix("russian")
    if kind == "decimalZero":
        return f"{count:02}"
    if kind == "Roman":
        text = roman(count)
    elif kind == "Letter":
        text = _lettered(count, _LATIN)
    elif signs.startswith("russian"):
        text = _lettered(count, _CYRILLIC)
    else:
        return str(count)
    return text.upper() if "pper" in signs else text


def roman(count: int) -> str:
    """A count from 1 in small Roman digits; in Arabic ones beyond 3,999."""
    if not 0 < count < 4_000:
        return str(count)
    text = ""
    for value, sign in _ROMAN:
        times, count = divmod(count, value)
        text += sign * times
    return text


def _lettered(count: int, letters: str) -> str:
    """After the last letter Word doubles them: aa, bb."""
    if count < 1:
        return str(count)
    times, place = divmod(count - 1, len(letters))
    return letters[place] * min(times + 1, _LONGEST)


def read_numbering(content: bytes) -> Numbering:
    """The lists of `word/numbering.xml`; none when there is no such part."""
    lists: dict[str, str] = {}
    levels: dict[tuple[str, int], Level] = {}
    anew: dict[tuple[str, int], int] = {}
    for event, element in events(content) if content else ():
        if event == "end" and element.tag == f"{W}abstractNum":
            code = element.get(f"{W}abstractNumId") or ""
            levels |= {(code, _level(each)): _read(each) for each in element.findall(f"{W}lvl")}
        elif event == "end" and element.tag == f"{W}num":
            code = element.get(f"{W}numId") or ""
            lists[code] = value(element, "abstractNumId")
            for each in element.findall(f"{W}lvlOverride"):
                start = value(each, "startOverride")
                if start:
                    anew[(code, _level(each))] = whole(start, 1)
    return Numbering(lists, levels, anew)


def _level(element: Element) -> int:
    return whole(element.get(f"{W}ilvl") or "", 0)


def _read(element: Element) -> Level:
    start, signs = value(element, "start"), value(element, "numFmt")
    return Level(whole(start, 1), signs or "decimal", value(element, "lvlText"))


def value(element: Element | None, name: str) -> str:
    """What an element's child of the name says; "" for nothing."""
    child = None if element is None else element.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val") or ""


def whole(text: str, other: int) -> int:
    """A small whole number; `other` for what is none."""
    return min(int(text), _MOST) if text.isascii() and text.isdigit() and len(text) < 9 else other
