"""Minutes on paper: headings, lines and tables as a tagged PDF and a DOCX, always the same bytes.

Whatever the minutes say is text: neither writer reads signs in it as markup.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Final
from xml.sax.saxutils import escape

from baqylau.documents.letters import strange_signs

SIGNS: Final = 200_000
"""Signs of whole minutes: about seventy printed pages."""
CELLS: Final = 5_000
"""Cells of all tables together."""
_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_TAGS: Final = {"kk": "kk-KZ", "ru": "ru-RU"}


class MinutesError(ValueError):
    """These minutes cannot be printed."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: `columns` are its headings; every row has as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part under a heading of its own: lines, then a table if there is one."""

    heading: str
    lines: tuple[str, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class Minutes:
    """What is printed. `head` stands under the title; `foot` holds the lines for signatures."""

    title: str
    language: str
    day: date
    head: tuple[str, ...]
    parts: tuple[Part, ...]
    foot: tuple[str, ...] = ()


def _texts(told: Minutes) -> Iterator[str]:
    yield from (told.title, *told.head, *told.foot)
    for part in told.parts:
        yield from (part.heading, *part.lines)
        if part.grid is not None:
            yield from part.grid.columns
            for row in part.grid.rows:
                yield from row


def printable(text: str) -> str:
    """The text on one line, with a question mark for every sign that minutes cannot show."""
    plain = " ".join(text.split())
    for sign in strange_signs(plain):
        plain = plain.replace(sign, "?")
    return plain


def _check(told: Minutes) -> None:
    texts = list(_texts(told))
    if any(strange_signs(text) or "\n" in text for text in texts):
        raise MinutesError("minutes with a sign that cannot be printed")
    grids = [part.grid for part in told.parts if part.grid is not None]
    if any(len(row) != len(grid.columns) for grid in grids for row in grid.rows):
        raise MinutesError("a row that does not fit its table")
    if sum(map(len, texts)) > SIGNS or sum(len(g.rows) * len(g.columns) for g in grids) > CELLS:
        raise MinutesError("minutes that are too long")
    if told.language not in _TAGS:
        raise MinutesError("minutes are in kk or ru")


def write_pdf(told: Minutes) -> bytes:
    """The minutes as a PDF, tagged (PDF/UA-1), with its fonts inside. Raises: MinutesError."""
    import typst  # noqa: PLC0415 - heavy, and few processes need it

    _check(told)
    data = {
        "title": told.title,
        "language": told.language,
        "day": [told.day.year, told.day.month, told.day.day],
        "head": told.head,
        "foot": told.foot,
        "parts": [
            {
                "heading": part.heading,
                "lines": part.lines,
                "columns": part.grid.columns if part.grid else (),
                "rows": part.grid.rows if part.grid else (),
            }
            for part in told.parts
        ],
    }
    made = typst.compile(
        files("baqylau.documents").joinpath("minutes.typ").read_bytes(),
        format="pdf",
        sys_inputs={"minutes": json.dumps(data)},
        pdf_standards="ua-1",
        ignore_system_fonts=True,  # the same fonts, so the same bytes, on every machine
    )
    if not isinstance(made, bytes):
        raise MinutesError("the minutes were not made")
    return made


def write_docx(told: Minutes) -> bytes:
    """The minutes as a DOCX that office programs open. Raises: MinutesError."""
    _check(told)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _parts(told).items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, _PROLOGUE + content)
    return target.getvalue()


_PROLOGUE: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_WIDTH: Final = 9_355
"""Twentieths of a point between the margins."""


def _paragraph(line: str, style: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r>' if line else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _row(cells: Iterable[str], width: int, *, is_heading: bool = False) -> str:
    style = "TableHead" if is_heading else "TableCell"
    repeated = "<w:trPr><w:tblHeader/></w:trPr>" if is_heading else ""
    return (
        f"<w:tr>{repeated}"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{_paragraph(cell, style)}</w:tc>"
            for cell in cells
        )
        + "</w:tr>"
    )


def _table(grid: Grid) -> str:
    width = _WIDTH // len(grid.columns)
    edge = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{edge}'
        "</w:tblBorders></w:tblPr><w:tblGrid>"
        + f'<w:gridCol w:w="{width}"/>' * len(grid.columns)
        + "</w:tblGrid>"
        + _row(grid.columns, width, is_heading=True)
        + "".join(_row(row, width) for row in grid.rows)
        + "</w:tbl>"
        + _paragraph("", "Normal")
    )


def _body(told: Minutes) -> Iterator[str]:
    yield _paragraph(told.title, "Heading1")
    yield from (_paragraph(line, "Normal") for line in told.head)
    for part in told.parts:
        yield _paragraph(part.heading, "Heading2")
        yield from (_paragraph(line, "Normal") for line in part.lines)
        if part.grid is not None and part.grid.rows:
            yield _table(part.grid)
    yield from (_paragraph(line, "Normal") for line in ("", *told.foot))


def _styles(language: str) -> str:
    def style(code: str, name: str, paragraph: str, run: str = "", default: str = "") -> str:
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{code}"><w:name w:val="{name}"/>'
            f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )

    def heading(level: int, before: int, place: str) -> str:
        outline = f'<w:outlineLvl w:val="{level - 1}"/>'
        spacing = f'<w:keepNext/><w:spacing w:before="{before}" w:after="120"/>{place}'
        return style(f"Heading{level}", f"heading {level}", spacing + outline, "<w:b/>")

    font = " ".join(f'w:{kind}="Times New Roman"' for kind in ("ascii", "hAnsi", "cs"))
    return (
        f'<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {font}/>'
        f'<w:sz w:val="24"/><w:lang w:val="{_TAGS[language]}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="60"/></w:pPr></w:pPrDefault></w:docDefaults>'
        + style("Normal", "Normal", "", default=' w:default="1"')
        + heading(1, 0, '<w:jc w:val="center"/>')
        + heading(2, 240, "")
        + style("TableHead", "Head of a table", '<w:spacing w:after="0"/>', "<w:b/>")
        + style("TableCell", "Cell of a table", '<w:spacing w:after="0"/>')
        + "</w:styles>"
    )


def _parts(told: Minutes) -> dict[str, str]:
    relation = "<Relationship Id='r{}' Type='{}' Target='{}'/>"
    relations = f'<Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>'
    override = '<Override PartName="{}" ContentType="{}"/>'
    core = f"{_PACKAGE}/metadata/core-properties"
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            + override.format("/word/document.xml", f"{_TYPE}.document.main+xml")
            + override.format("/word/styles.xml", f"{_TYPE}.styles+xml")
            + override.format(
                "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"
            )
            + "</Types>"
        ),
        "_rels/.rels": relations.format(
            relation.format(1, f"{_OFFICE}/relationships/officeDocument", "word/document.xml")
            + relation.format(
                2, f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"
            )
        ),
        "word/_rels/document.xml.rels": relations.format(
            relation.format(1, f"{_OFFICE}/relationships/styles", "styles.xml")
        ),
        "word/document.xml": (
            f'<w:document xmlns:w="{_WORD}"><w:body>'
            + "".join(_body(told))
            + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" '
            'w:bottom="1134" w:left="1701" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>'
            "</w:body></w:document>"
        ),
        "word/styles.xml": _styles(told.language),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(told.title)}</dc:title>"
            f"<dc:language>{_TAGS[told.language]}</dc:language></cp:coreProperties>"
        ),
    }
