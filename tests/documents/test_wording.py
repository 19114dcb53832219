"""The words of foreign texts: numbers, tables, pictures; and whatever else calls itself a DOCX."""

import io
import zipfile
from collections.abc import Sequence

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.documents.wording import LeftOut, Wording, WordingError, read_wording
from baqylau.documents.wording import opening as opened
from baqylau.documents.wording.numbering import in_signs, roman

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
</w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="10"/></w:lvlOverride></w:num>
</w:numbering>"""
STYLES = f"""<w:styles {W}>
<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Base"><w:name w:val="Base"/><w:pPr>
<w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>
</w:style><w:style w:styleId="Point"><w:name w:val="Point"/><w:basedOn w:val="Base"/></w:style>
</w:styles>"""


def paragraph(text: str, inside: str = "") -> str:
    look = f"<w:pPr>{inside}</w:pPr>" if inside else ""
    return f"<w:p>{look}<w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(text: str, level: int = 0, number: int = 5) -> str:
    inside = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, inside)


def packed(*body: str, **parts: str) -> bytes:
    """A DOCX with this body; other parts by their name below `word/`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in {"numbering": NUMBERING, "styles": STYLES, **parts}.items():
            archive.writestr(f"word/{name}.xml", content)
        text = f"<w:document {W} {M}><w:body>{''.join(body)}</w:body></w:document>"
        archive.writestr("word/document.xml", text)
    return target.getvalue()


def read(*body: str) -> list[tuple[str, str]]:
    """Numbers and texts of what is read."""
    return [(each.label, each.text) for each in read_wording(packed(*body)).paragraphs]


def refused(data: bytes) -> str:
    with pytest.raises(WordingError) as error:
        read_wording(data)
    return error.value.code


def test_numbers_are_counted_as_the_text_program_counts_them() -> None:
    assert read(
        listed("бір"), listed("бір бір", 1), listed("бір екі", 1), listed("екі"), listed("қайта", 1)
    ) == [("1", "бір"), ("1.1", "бір бір"), ("1.2", "бір екі"), ("2", "екі"), ("2.1", "қайта")]


def test_a_list_that_begins_anew_begins_where_it_says() -> None:
    assert read(listed("а"), listed("ә", number=6), listed("б", number=6)) == [
        ("1", "а"),
        ("10", "ә"),
        ("11", "б"),
    ]


def test_a_style_counts_its_paragraphs_and_those_of_styles_that_rest_on_it() -> None:
    assert read(paragraph("бір", '<w:pStyle w:val="Point"/>'), listed("екі")) == [
        ("1", "бір"),
        ("2", "екі"),
    ]


def test_a_bullet_has_a_dash_and_a_list_switched_off_has_nothing() -> None:
    assert read(listed("а", 2), listed("б", number=0)) == [("", "– а"), ("", "б")]


def test_headings_are_told() -> None:
    found = read_wording(packed(paragraph("1-тарау", '<w:pStyle w:val="1"/>'), paragraph("мәтін")))
    assert [each.is_heading for each in found.paragraphs] == [True, False]


def cells(*texts: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{paragraph(text)}</w:tc>' for text in texts)}</w:tr>"


def test_a_table_becomes_lines_and_a_table_within_stands_in_its_cell() -> None:
    inner = f"<w:tbl>{cells('ішкі', 'тағы')}</w:tbl>"
    row = f"<w:tr><w:tc>{paragraph('сыртқы')}{inner}</w:tc><w:tc>{paragraph('соңы')}</w:tc></w:tr>"
    found = read_wording(packed(f"<w:tbl>{cells('Күні', 'Ісі')}{row}</w:tbl>"))
    assert [each.text for each in found.paragraphs] == ["Күні | Ісі", "сыртқы ішкі тағы | соңы"]
    assert all(each.is_row for each in found.paragraphs)
    assert found.besides == {LeftOut.TABLES}


def test_pictures_notes_formulas_and_struck_words_are_left_out_and_told() -> None:
    drawing = f"<w:r><w:drawing>{paragraph('суреттегі жазу')}</w:drawing></w:r>"
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    formula = "<m:oMath><w:r><w:t>x</w:t></w:r></m:oMath>"
    struck = "<w:del><w:r><w:t>ескі</w:t></w:r></w:del><w:ins><w:r><w:t>жаңа</w:t></w:r></w:ins>"
    found = read_wording(packed(f"<w:p>{drawing}{note}{formula}{struck}</w:p>"))
    assert [each.text for each in found.paragraphs] == ["жаңа"]
    assert found.besides == set(LeftOut) - {LeftOut.TABLES}


def test_breaks_tabs_and_invisible_signs_become_plain() -> None:
    body = "<w:p><w:r><w:t>а</w:t><w:tab/><w:t>б\u200b</w:t><w:br/><w:t> в</w:t></w:r></w:p>"
    assert read(body) == [("", "а б\nв")]


def test_a_file_that_a_text_program_made_is_read() -> None:
    made = Document()
    made.add_heading("Ереже жобасы", 1)
    for text in ("Жарық түні бойы жанады.", "Алаң қоршалады."):
        made.add_paragraph(text, style="List Number")
    made.add_table(1, 2).rows[0].cells[1].text = "ұяшық"
    target = io.BytesIO()
    made.save(target)
    found = read_wording(target.getvalue()).paragraphs
    assert [(each.label, each.text) for each in found] == [
        ("", "Ереже жобасы"),
        ("1", "Жарық түні бойы жанады."),
        ("2", "Алаң қоршалады."),
        ("", "| ұяшық"),
    ]
    assert found[0].is_heading


@pytest.mark.parametrize(
    ("count", "signs", "text"),
    [
        (4, "lowerLetter", "d"),
        (28, "upperLetter", "BB"),
        (14, "upperRoman", "XIV"),
        (4, "lowerRoman", "iv"),
        (4, "russianLower", "г"),
        (2, "russianUpper", "Б"),
        (4, "decimalZero", "04"),
        (4, "ordinalText", "4"),
        (0, "lowerLetter", "0"),
    ],
)
def test_counts_are_written_as_lists_write_them(count: int, signs: str, text: str) -> None:
    assert in_signs(count, signs) == text


@given(st.integers(1, 3_999))
def test_roman_digits_add_up(count: int) -> None:
    worth = {"m": 1_000, "d": 500, "c": 100, "l": 50, "x": 10, "v": 5, "i": 1}
    digits = [worth[sign] for sign in roman(count)]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    assert sum(-one if one < after else one for one, after in pairs) == count


# ── Bad input ───────────────────────────────────────────────────────────────────────────────────


def test_what_is_no_docx_is_refused() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert {refused(b""), refused(b"%PDF-1.7"), refused(other.getvalue())} == {"kind"}


def test_a_text_without_words_says_so() -> None:
    assert refused(packed("<w:p/>")) == "empty"


def test_entities_and_cut_markup_are_refused() -> None:
    declared = packed(styles=f'<!DOCTYPE a [<!ENTITY b "c">]><w:styles {W}>&b;</w:styles>')
    assert refused(declared) == "kind"
    assert refused(packed("<w:p><w:r>")) == "kind"


def test_a_bomb_costs_no_more_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "PART_BYTES", 100_000)
    bomb = packed(paragraph("а" * 2_000_000))
    assert len(bomb) < 20_000
    assert refused(bomb) == "large"


@pytest.mark.parametrize("name", ["FILE_BYTES", "PARTS", "ELEMENTS", "DEPTH"])
def test_every_limit_holds(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    data = packed(listed("бір"), listed("екі"))
    read_wording(data)
    monkeypatch.setattr(opened, name, 3)
    assert refused(data) == "large"


def test_elements_within_one_another_end_somewhere() -> None:
    deep = "<w:sdt>" * 5_000 + "</w:sdt>" * 5_000
    assert refused(packed(deep)) == "large"


def test_more_paragraphs_than_a_text_has_are_refused() -> None:
    assert refused(packed(*(paragraph("а") for _each in range(5_001)))) == "large"


WHOLE = packed(listed("бір"), f"<w:tbl>{cells('а', 'б')}</w:tbl>", paragraph("соңы"))


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=20))
def test_a_spoiled_file_is_read_or_refused_and_nothing_else(
    changes: Sequence[tuple[int, int]],
) -> None:
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place] = value
    _read_or_refuse(bytes(data))


@given(st.binary(max_size=300), st.integers(0, len(WHOLE)))
def test_bytes_of_any_kind_are_read_or_refused(noise: bytes, at: int) -> None:
    _read_or_refuse(noise)
    _read_or_refuse(WHOLE[:at] + noise)


TAGS = ("w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:drawing", "w:del", "w:pPr", "w:numPr")
TREES = st.recursive(
    st.sampled_from(("сөз", "", " 3. ")),
    lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=30,
)


@given(TREES)
def test_markup_in_any_order_is_read_or_refused(tree: str) -> None:
    found = _read_or_refuse(packed(tree))
    assert found is None or all(each.text == each.text.strip() for each in found.paragraphs)


def _read_or_refuse(data: bytes) -> Wording | None:
    try:
        found = read_wording(data)
    except WordingError:
        return None
    assert found.paragraphs
    return found
