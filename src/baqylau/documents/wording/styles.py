"""Styles of paragraphs: which are headings, which are counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from baqylau.documents.wording.numbering import W, value
from baqylau.documents.wording.opening import events

_HEADINGS: Final = ("heading", "title", "subtitle")
_BODY: Final = "9"
"""The outline's level of plain text. Source: ECMA-376, part 1, 17.3.1.20."""
_CHAIN: Final = 12
"""Styles that may rest on one another."""


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of a paragraph; `list` and `level` are "" where it says nothing."""

    base: str = ""
    is_heading: bool = False
    list: str = ""
    level: str = ""


def read_styles(content: bytes) -> Mapping[str, Style]:
    """The styles of `word/styles.xml` with what they take over from their bases."""
    found: dict[str, Style] = {}
    for event, element in events(content) if content else ():
        if event == "end" and element.tag == f"{W}style":
            own = element.find(f"{W}pPr")
            listed = None if own is None else own.find(f"{W}numPr")
            outline = value(own, "outlineLvl")
            found[element.get(f"{W}styleId") or ""] = Style(
                base=value(element, "basedOn"),
                is_heading=value(element, "name").lower().startswith(_HEADINGS)
                or outline not in {"", _BODY},
                list=value(listed, "numId"),
                level=value(listed, "ilvl"),
            )
    return {code: _whole(code, found) for code in found}


def _whole(code: str, known: Mapping[str, Style]) -> Style:
    own = known[code]
    is_heading, listed, level, base = own.is_heading, own.list, own.level, own.base
    for _step in range(_CHAIN):
        below = known.get(base)
        if below is None:
            break
        is_heading = is_heading or below.is_heading
        listed, level, base = listed or below.list, level or below.level, below.base
    return Style("", is_heading, listed, level)
