"""A DOCX read from its first paragraph to its last."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from baqylau.documents.cells import clean
from baqylau.documents.wording.numbering import LEVELS, Numbering, W, read_numbering, value, whole
from baqylau.documents.wording.opening import DOCUMENT, events, opened, part
from baqylau.documents.wording.shapes import (
    PARAGRAPHS,
    SIGNS,
    LeftOut,
    Paragraph,
    Wording,
    WordingError,
)
from baqylau.documents.wording.styles import Style, read_styles

_SKIPPED: Final = {
    f"{W}drawing": LeftOut.PICTURES,
    f"{W}pict": LeftOut.PICTURES,
    f"{W}object": LeftOut.PICTURES,
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent": (
        LeftOut.PICTURES
    ),
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath": LeftOut.FORMULAS,
    f"{W}del": LeftOut.CHANGES,
    f"{W}moveFrom": LeftOut.CHANGES,
}
"""What is left out with all that is inside. A picture's own text box goes with it."""
_NOTED: Final = {
    f"{W}footnoteReference": LeftOut.NOTES,
    f"{W}endnoteReference": LeftOut.NOTES,
}
_SAID: Final = {
    f"{W}tab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_LOOKS: Final = frozenset((f"{W}pPr", f"{W}rPr"))
_PARAGRAPH, _TABLE, _ROW, _CELL = f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc"
_BETWEEN: Final = " | "
"""Between the cells of a row."""
BULLET: Final = "– "


def read_wording(data: bytes) -> Wording:
    """The words of a DOCX.

    Raises: WordingError, and nothing else, whatever the bytes.
    """
    with opened(data) as packed:
        reader = _Reader(
            read_numbering(part(packed, "word/numbering.xml")),
            read_styles(part(packed, "word/styles.xml")),
        )
        found = list(reader.read(part(packed, DOCUMENT)))
    if not found:
        raise WordingError("empty")
    return Wording(tuple(found), frozenset(reader.besides))


@dataclass(slots=True)
class _Reader:
    """Where the reading stands: how deep in tables, how deep in what is left out."""

    numbering: Numbering
    styles: Mapping[str, Style]
    besides: set[LeftOut] = field(default_factory=set)
    tables: int = 0
    skipped: int = 0
    signs: int = 0
    count: int = 0

    def read(self, content: bytes) -> Iterator[Paragraph]:
        """Paragraphs and rows with words. Raises: WordingError."""
        for event, element in events(content):
            if event == "start":
                self._enter(str(element.tag))
                continue
            for each in self._leave(element):
                self._count(each)
                yield each

    def _enter(self, tag: str) -> None:
        if tag in _SKIPPED:
            self.besides.add(_SKIPPED[tag])
            self.skipped += 1
        elif tag in _NOTED:
            self.besides.add(_NOTED[tag])
        elif tag == _TABLE and not self.skipped:
            self.tables += 1
            self.besides.add(LeftOut.TABLES)

    def _leave(self, element: Element) -> Iterator[Paragraph]:
        tag = element.tag
        if tag in _SKIPPED:
            self.skipped -= 1
        elif self.skipped:
            return
        elif tag == _TABLE:
            self.tables -= 1
        elif tag == _ROW and self.tables == 1:
            yield from _row(element)
            element.clear()
        elif tag == _PARAGRAPH and not self.tables:
            yield from self._paragraph(element)
            element.clear()

    def _count(self, paragraph: Paragraph) -> None:
        self.count += 1
        self.signs += len(paragraph.text)
        if self.count > PARAGRAPHS or self.signs > SIGNS:
            raise WordingError("large")

    def _paragraph(self, element: Element) -> Iterator[Paragraph]:
        text = clean(_text(element))
        if not text:
            return
        own = element.find(f"{W}pPr")
        style = self.styles.get(value(own, "pStyle"), Style())
        listed = None if own is None else own.find(f"{W}numPr")
        number = value(listed, "numId") or style.list
        level = min(whole(value(listed, "ilvl") or style.level, 0), LEVELS - 1)
        label = clean(self.numbering.label(number, level)) if number else ""
        is_bullet = bool(number) and number != "0" and not label
        yield Paragraph(BULLET + text if is_bullet else text, label, style.is_heading)


def _row(element: Element) -> Iterator[Paragraph]:
    cells = [clean(_text(cell).replace("\n", " ")) for cell in _cells(element)]
    if any(cells):
        yield Paragraph(_BETWEEN.join(cells).strip(), is_row=True)


def _cells(row: Element) -> Iterator[Element]:
    """The cells of a row; a table within a cell belongs to the cell."""
    left = [row]
    while left:
        each = left.pop()
        if each.tag == _CELL:
            yield each
        else:
            left.extend(reversed(each))


def _text(element: Element) -> str:
    """All that is written inside, in its order; paragraphs within it a space apart."""
    said: list[str] = []
    left = [element]
    while left:
        each = left.pop()
        tag = str(each.tag)
        if tag in _SKIPPED or tag in _LOOKS:
            continue
        if tag == f"{W}t":
            said.append(each.text or "")
        elif tag in _SAID:
            said.append(_SAID[tag])
        elif tag == _PARAGRAPH and each is not element:
            said.append(" ")
        left.extend(reversed(each))
    return "".join(said)
