"""Write the template of the report as DOCX: `python -m tools.account_template`.

Organisations start from this file and change it in Word; a test holds it against this script.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from tools.account_styles import LINKED, SPACES, WIDTH, styles

TARGET: Final = (
    Path(__file__).resolve().parent.parent / "src/baqylau/documents/accounts/account.docx"
)
_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_PROLOGUE: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEADER: Final = "{{ title }}, {{ period_label }}{% if draft %}, {{ draft }}{% endif %}"


def paragraph(text: str, style: str = "Normal") -> str:
    """A paragraph of one run."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def lines(*texts: str | tuple[str, str]) -> str:
    """Paragraphs, each a text or a text and its style."""
    return "".join(paragraph(each) if isinstance(each, str) else paragraph(*each) for each in texts)


def given(condition: str, *content: str) -> str:
    """Paragraphs and tables that are there only where something is."""
    return paragraph(f"{{%p if {condition} %}}") + "".join(content) + paragraph("{%p endif %}")


def each(name: str, of: str, *content: str) -> str:
    """Paragraphs and tables again and again, for each of a list."""
    loop = paragraph(f"{{%p for {name} in {of} %}}")
    return loop + "".join(content) + paragraph("{%p endfor %}")


def cell(width: int, content: str) -> str:
    """A cell of a table; `width` in twentieths of a point, 0 for what its content needs."""
    kind = "dxa" if width else "auto"
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="{kind}"/></w:tcPr>{content}</w:tc>'


def row(cells: Iterable[str], *, is_head: bool = False) -> str:
    """A row that stays on one page; a head stands again on the next one."""
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def table(widths: Sequence[int], rows: Iterable[str]) -> str:
    """A table with hair lines between its rows."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Listing"/>'
        f'<w:tblW w:w="5000" w:type="pct"/><w:tblLook w:firstRow="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>" + paragraph("", "Small")
    )


def listing(loop: str, columns: Sequence[tuple[int, str, str]], more: Iterable[str] = ()) -> str:
    """A table with a row for each of a list; `columns`: width, field of the head, content."""
    widths = [width for width, _head, _content in columns]
    mark = [cell(width, paragraph("")) for width in widths[1:]]
    head = [cell(width, paragraph(f"{{{{ {name} }}}}", "Head")) for width, name, _ in columns]
    return table(
        widths,
        [
            row(head, is_head=True),
            row([cell(widths[0], paragraph(f"{{%tr for {loop} %}}")), *mark]),
            row(cell(width, content) for width, _name, content in columns),
            row([cell(widths[0], paragraph("{%tr endfor %}")), *mark]),
            *more,
        ],
    )


def _cover() -> str:
    facts = (
        ("words.contract", "{{ contract }}, {{ contract_day }}"),
        ("words.commissioner", "{{ commissioner }}"),
        ("words.period", "{{ period }}"),
        ("words.made", "{{ day }}"),
    )
    widths = 2_600, WIDTH - 2_600
    return (
        lines(
            ("{{ organisation }}", "Organisation"),
            ("{{ title }}", "Title"),
            ("{{ period_label }}", "Subtitle"),
        )
        + given("draft", paragraph("{{ draft }}", "Mark"))
        + table(
            widths,
            [
                row(
                    [
                        cell(widths[0], paragraph(f"{{{{ {name} }}}}", "Small")),
                        cell(widths[1], paragraph(text)),
                    ]
                )
                for name, text in facts
            ],
        )
        + each(
            "headline",
            "headlines",
            lines(("{{ headline.number }}", "Figure"), "{{ headline.label }}"),
            given("headline.note", paragraph("{{ headline.note }}", "Small")),
        )
        + given(
            "approvals",
            paragraph("{{ words.approved }}", "Small"),
            each("one", "approvals", paragraph("{{ one.role }}, {{ one.name }}, {{ one.day }}")),
        )
    )


def _number(name: str) -> str:
    return paragraph(f"{{{{ {name} }}}}", "Number")


def _indicators() -> str:
    small = "".join(
        given(f"one.{name}", paragraph(f"{{{{ one.{name} }}}}", style))
        for name, style in (
            ("mark", "Mark"),
            ("counted", "Small"),
            ("note", "Small"),
            ("document", "Small"),
        )
    )
    return given(
        "indicators",
        paragraph("{{ words.indicators }}", "Heading1"),
        listing(
            "one in indicators",
            (
                (620, "words.code", paragraph("{{ one.code }}", "Cell")),
                (3_692, "words.indicator", paragraph("{{ one.label }}", "Cell") + small),
                (950, "words.plan", _number("one.plan")),
                (950, "words.fact", _number("one.fact")),
                (950, "words.done", _number("one.done")),
                (800, "words.n", _number("one.n")),
                (1_450, "words.interval", _number("one.interval")),
            ),
        ),
    )


def _spending() -> str:
    names = "plan", "spent", "left", "done"
    widths = 620, 3_392, 1_450, 1_450, 1_450, 1_050
    label = paragraph("{{ one.label }}", "Cell") + given(
        "one.note", paragraph("{{ one.note }}", "Small")
    )
    contents = [paragraph("{{ one.code }}", "Cell"), label]
    contents += [_number(f"one.{name}") for name in names]
    heads = [f"words.{name}" for name in ("code", "line", *names)]
    total = [
        cell(widths[0], paragraph("")),
        cell(widths[1], paragraph("{{ total.label }}", "Head")),
    ]
    total += [
        cell(width, _number(f"total.{name}")) for width, name in zip(widths[2:], names, strict=True)
    ]
    return given(
        "lines",
        paragraph("{{ words.spending }}, {{ currency }}", "Heading1"),
        listing("one in lines", list(zip(widths, heads, contents, strict=True)), [row(total)]),
    )


def _told(lists: str, style: str) -> str:
    return each(
        "section",
        lists,
        paragraph("{{ section.heading }}", style),
        each("text", "section.paragraphs", paragraph("{{ text }}")),
    )


def _pictures() -> str:
    return given(
        "pictures",
        paragraph("{{ words.pictures }}", "Heading1"),
        each(
            "picture",
            "pictures",
            paragraph("{{ picture.image }}", "Picture"),
            paragraph("{{ words.picture }} {{ picture.number }}. {{ picture.caption }}", "Small"),
        ),
    )


def _corrections() -> str:
    columns = (
        (2_200, "words.what", paragraph("{{ one.what }}", "Cell")),
        (1_000, "words.old", _number("one.old")),
        (1_000, "words.new", _number("one.new")),
        (1_600, "words.who", paragraph("{{ one.who }}", "Cell")),
        (2_412, "words.why", paragraph("{{ one.why }}", "Cell")),
        (1_200, "words.day", paragraph("{{ one.day }}", "Cell")),
    )
    return given(
        "corrections",
        paragraph("{{ words.corrections }}", "Heading1"),
        listing("one in corrections", columns),
    )


def _verified() -> str:
    return given(
        "verified.share",
        paragraph("{{ words.verified }}", "Heading1"),
        paragraph("{{ verified.share }}", "Figure"),
        paragraph(
            "{{ words.n }}: {{ verified.n }} · {{ words.interval }}: {{ verified.interval }}",
            "Small",
        ),
        paragraph("{{ verified.sentence }}"),
    )


def _annexes() -> str:
    third = WIDTH // 3

    def across(loop: str, shown: str, style: str) -> list[str]:
        parts = (f"{{%tc for {loop} %}}", shown, "{%tc endfor %}")
        return [cell(0, paragraph(text, style)) for text in parts]

    def mark(text: str) -> str:
        return row([cell(0, paragraph(text)), *[cell(0, paragraph(""))] * 2])

    return each(
        "annex",
        "annexes",
        paragraph("{{ words.annex }} {{ annex.number }}. {{ annex.heading }}", "Heading1"),
        table(
            [third] * 3,
            [
                row(across("column in annex.columns", "{{ column }}", "Head"), is_head=True),
                mark("{%tr for row in annex.rows %}"),
                row(across("cell in row.cells", "{{ cell }}", "Cell")),
                mark("{%tr endfor %}"),
            ],
        ),
    )


def _seal() -> str:
    return given(
        "seal.digest",
        paragraph("{{ words.seal }}", "Heading1"),
        lines(
            ("{{ words.digest }}", "Small"),
            ("{{ seal.digest }}", "Code"),
            ("{{ words.head }}", "Small"),
            "{{ seal.head_number }}, {{ seal.head_day }}",
            ("{{ words.head_digest }}", "Small"),
            ("{{ seal.head_digest }}", "Code"),
        ),
        given("seal.steps", paragraph("{{ words.how_to_check }}", "Heading2")),
        each("step", "seal.steps", paragraph("{{ loop.index }}. {{ step }}")),
    )


def document() -> str:
    """The text of the template."""
    notes = given("notes", paragraph("{{ words.notes }}", "Heading1"), _told("notes", "Heading2"))
    return (
        f"<w:document {SPACES}><w:body>{_cover()}{_indicators()}{_spending()}"
        f"{_told('sections', 'Heading1')}{_pictures()}{_corrections()}{_verified()}{_annexes()}"
        f'{notes}{_seal()}<w:sectPr><w:headerReference w:type="default" r:id="r2"/>'
        '<w:footerReference w:type="default" r:id="r3"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1474" w:right="1134" w:bottom="1361" w:left="1360" w:header="680" '
        'w:footer="680" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>'
    )


def _edge(kind: str, text: str) -> str:
    return f"<w:{kind} {SPACES}>{text}</w:{kind}>"


def _page_number() -> str:
    def counted(field: str) -> str:
        return f'<w:fldSimple w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    slash = '<w:r><w:t xml:space="preserve"> / </w:t></w:r>'
    return (
        '<w:p><w:pPr><w:pStyle w:val="Edge"/></w:pPr><w:r><w:t xml:space="preserve">'
        f"{{{{ organisation }}}}</w:t></w:r><w:r><w:tab/></w:r>{counted('PAGE')}{slash}"
        f"{counted('NUMPAGES')}</w:p>"
    )


def _relations(*found: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(found, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def parts() -> dict[str, str]:
    """The files inside the template."""
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "header": "header",
        "footer": "footer",
    }
    core = f"{_PACKAGE}/metadata/core-properties"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'{overrides}<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
        ),
        "_rels/.rels": _relations(
            (f"{LINKED}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/_rels/document.xml.rels": _relations(
            (f"{LINKED}/styles", "styles.xml"),
            (f"{LINKED}/header", "header.xml"),
            (f"{LINKED}/footer", "footer.xml"),
        ),
        "word/document.xml": document(),
        "word/styles.xml": styles(),
        "word/header.xml": _edge("hdr", paragraph(HEADER, "Edge")),
        "word/footer.xml": _edge("ftr", _page_number()),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{core}"/>',
    }


def made() -> bytes:
    """The template, the same bytes every time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, content in parts().items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_STORED
            packed.writestr(entry, _PROLOGUE + content)
    return target.getvalue()


if __name__ == "__main__":
    TARGET.write_bytes(made())
