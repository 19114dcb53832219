"""A letter on paper: a tagged PDF and a DOCX, the same bytes for the same letter.

Whatever the letter says is text: neither writer reads signs in it as markup.
"""

import io
import json
import re
import zipfile
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from typing import Final
from xml.sax.saxutils import escape

SIGNS: Final = 40_000
"""Signs of a whole letter: about fifteen printed pages."""
_PRINTABLE: Final = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x24F),  # Latin, with the Kazakh alphabet of 2021
    (0x391, 0x3A1),
    (0x3A3, 0x3C9),
    (0x400, 0x4FF),  # Cyrillic, with the letters of Kazakh
    (0x1E00, 0x1EFF),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x2030, 0x2033),
    (0x2039, 0x203A),
    (0x20A0, 0x20BF),  # currencies, the tenge among them
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2248, 0x2248),
    (0x2260, 0x2260),
    (0x2264, 0x2265),
)
"""Signs that the letter's own fonts draw; a test prints each of them."""
_STRANGE: Final = re.compile(
    "[^\n" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in _PRINTABLE) + "]"
)
_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_TAGS: Final = {"kk": "kk-KZ", "ru": "ru-RU"}


class LetterError(ValueError):
    """This letter cannot be printed."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter line by line; an empty line is a gap.

    `head` stands to the right (to whom, from whom), `heading` in the middle ("" for none), `body`
    below. `title` is the name of the document, `language` kk or ru, `day` the day of the letter.
    """

    title: str
    language: str
    day: date
    head: tuple[str, ...]
    heading: str
    body: tuple[str, ...]


def strange_signs(text: str) -> tuple[str, ...]:
    """The signs of a text that a letter cannot show, each once, line ends left aside."""
    return tuple(dict.fromkeys(_STRANGE.findall(text)))


def _check(letter: Letter) -> None:
    lines = (letter.title, letter.heading, *letter.head, *letter.body)
    if any(strange_signs(line) or "\n" in line for line in lines):
        raise LetterError("a letter with a sign that cannot be printed")
    if sum(map(len, lines)) > SIGNS:
        raise LetterError("a letter that is too long")
    if letter.language not in _TAGS:
        raise LetterError("letters are in kk or ru")


def write_pdf(letter: Letter) -> bytes:
    """The letter as a PDF, tagged (PDF/UA-1), with its fonts inside.

    Raises: LetterError.
    """
    import typst  # noqa: PLC0415 - heavy, and few processes need it

    _check(letter)
    data = {**asdict(letter), "day": [letter.day.year, letter.day.month, letter.day.day]}
    source = files("baqylau.documents").joinpath("letter.typ").read_bytes()
    made = typst.compile(
        source,
        format="pdf",
        sys_inputs={"letter": json.dumps(data)},
        pdf_standards="ua-1",
        ignore_system_fonts=True,  # the same fonts, so the same bytes, on every machine
    )
    if not isinstance(made, bytes):
        raise LetterError("the letter was not made")
    return made


def write_docx(letter: Letter) -> bytes:
    """The letter as a DOCX that office programs open and people change.

    Raises: LetterError.
    """
    _check(letter)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in _parts(letter).items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, _PROLOGUE + content)
    return target.getvalue()


_PROLOGUE: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _paragraph(line: str, style: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r>' if line else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _document(letter: Letter) -> str:
    lines = [
        *((line, "Head") for line in letter.head),
        *(((letter.heading, "Heading1"),) if letter.heading else ()),
        *((line, "Normal") for line in letter.body),
    ]
    return (
        f'<w:document xmlns:w="{_WORD}"><w:body>'
        + "".join(_paragraph(line, style) for line, style in lines)
        + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" '
        'w:bottom="1134" w:left="1701" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>'
        "</w:body></w:document>"
    )


def _styles(language: str) -> str:
    def style(code: str, name: str, paragraph: str, run: str = "", default: str = "") -> str:
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{code}"><w:name w:val="{name}"/>'
            f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )

    font = " ".join(f'w:{kind}="Times New Roman"' for kind in ("ascii", "hAnsi", "cs"))
    return (
        f'<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {font}/>'
        f'<w:sz w:val="24"/><w:lang w:val="{_TAGS[language]}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="60"/></w:pPr></w:pPrDefault></w:docDefaults>'
        + style("Normal", "Normal", "", default=' w:default="1"')
        + style("Head", "Head of a letter", '<w:ind w:left="4536"/>')
        + style(
            "Heading1",
            "heading 1",
            '<w:keepNext/><w:spacing w:before="240" w:after="240"/><w:jc w:val="center"/>'
            '<w:outlineLvl w:val="0"/>',
            "<w:b/>",
        )
        + "</w:styles>"
    )


def _parts(letter: Letter) -> dict[str, str]:
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
        "word/document.xml": _document(letter),
        "word/styles.xml": _styles(letter.language),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(letter.title)}</dc:title>"
            f"<dc:language>{_TAGS[letter.language]}</dc:language></cp:coreProperties>"
        ),
    }
