"""Tables read from foreign bytes."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from baqylau.documents.tables import (
    Limits,
    Sheet,
    Table,
    TableError,
    Value,
    read_table,
    write_csv,
    write_xlsx,
)

pytestmark = pytest.mark.once
HEADINGS = ["Атауы", "Ауданы"]
DAY = datetime(2026, 12, 31, tzinfo=UTC).replace(tzinfo=None)
ROWS = [HEADINGS, ["Мектеп «Үміт»", "Қордай"], ["Ғалым емханасы", "Шу"]]


def refusal(data: bytes, limits: Limits | None = None) -> TableError:
    with pytest.raises(TableError) as caught:
        read_table(data, limits or Limits())
    return caught.value


CODES = {
    "",
    *("binary", "broken", "cell_length", "cells", "columns", "empty", "encoding", "encrypted"),
    *("file_size", "not_a_table", "old_excel", "quotes", "rows", "sheets", "unpacked", "unsafe"),
}


def outcome(data: bytes) -> str:
    """The code of the refusal, "" when the table was read."""
    try:
        read_table(data)
    except TableError as error:
        return error.problem.code
    return ""


def codes(table: Table) -> list[str]:
    return [problem.code for problem in table.problems]


def notes(table: Table) -> list[str]:
    return [note.code for note in table.notes]


def text_of(rows: list[list[str]], delimiter: str) -> str:
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    book = Workbook()
    fill(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def one_sheet(*rows: list[object]) -> bytes:
    def fill(book: Workbook) -> None:
        page = book.active
        assert page is not None
        for row in rows:
            page.append(row)

    return workbook(fill)


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("kz1048", "KZ-1048"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_encoding_and_delimiter_is_recognised(
    codec: str, name: str, delimiter: str
) -> None:
    table = read_table(text_of(ROWS, delimiter).encode(codec))
    assert (table.encoding, table.delimiter) == (name, delimiter)
    assert [dict(row.cells) for row in table.rows] == [
        dict(zip(HEADINGS, row, strict=True)) for row in ROWS[1:]
    ]
    assert [row.number for row in table.rows] == [2, 3]


def test_windows_1251_is_read_and_said_so() -> None:
    table = read_table("Название;Район\r\nШкола № 5;Кордайский\r\n".encode("cp1251"))
    assert table.encoding == "Windows-1251"
    assert table.rows[0].cells == {"Название": "Школа № 5", "Район": "Кордайский"}
    assert notes(table) == ["encoding_used"]
    assert table.notes[0].params == {"encoding": "Windows-1251"}


def test_utf_8_needs_no_note() -> None:
    assert not read_table(b"a,b\n1,2\n").notes


def test_letters_lost_in_an_export_are_told_with_their_place() -> None:
    table = read_table("Атауы,Ауданы\nМойын??м мектебі,М?йын\n".encode())
    assert [(n.code, n.row, n.column) for n in table.notes] == [("lost_letters", 2, "Ауданы")]


def test_a_question_is_not_a_lost_letter() -> None:
    assert not read_table("Сұрақ\nҚалай?\n".encode()).notes


def test_a_separator_line_is_not_a_row() -> None:
    table = read_table(b"sep=|\na|b\n1,5|2\n")
    assert table.rows[0].cells == {"a": "1,5", "b": "2"}
    assert table.rows[0].number == 3


def test_quoted_cells_keep_delimiters_and_line_ends() -> None:
    table = read_table(b'name,address\n"Ltd ""A"", B","line 1\nline 2"\n')
    assert table.rows[0].cells == {"name": 'Ltd "A", B', "address": "line 1\nline 2"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (b",,\n,,\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1" + b"\0" * 512, "old_excel"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"<!doctype html><table>", "not_a_table"),
        (b"abc\0def\0", "binary"),
        (b"\xff\xfea\0b", "encoding"),
        (b"\xef\xbb\xbf\xff\xff", "encoding"),
        (bytes(range(128, 256)), "encoding"),
        (b"PK\x03\x04 and nothing else", "broken"),
        (b'a,b\n"never closed,1\n2,3', "quotes"),
    ],
)
def test_what_is_not_a_table_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert refusal(data).problem.code == code


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(file_bytes=10), "file_size"),
        (Limits(rows=1), "rows"),
        (Limits(columns=1), "columns"),
        (Limits(cell=5), "cell_length"),
        (Limits(cells=3), "cells"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_limit_holds_for_both_kinds(kind: str, limits: Limits, code: str) -> None:
    rows: list[list[Value]] = [list(row) for row in ROWS]
    data = write_csv(rows) if kind == "csv" else write_xlsx([Sheet("1", HEADINGS, rows[1:])])
    assert refusal(data, limits).problem.code == code


def test_the_archive_of_a_workbook_is_weighed_before_it_is_opened() -> None:
    data = write_xlsx([Sheet("1", HEADINGS, [])])
    assert refusal(data, Limits(unpacked=1_000)).problem.code == "unpacked"
    assert refusal(data, Limits(parts=3)).problem.code == "unpacked"
    two = write_xlsx([Sheet("1", HEADINGS, []), Sheet("2", HEADINGS, [])])
    assert refusal(two, Limits(sheets=1)).problem.code == "sheets"


def test_a_zip_bomb_is_refused_at_once() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for number in range(3):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 50_000_000)
    start = time.monotonic()
    assert refusal(target.getvalue()).problem.code == "unpacked"
    assert time.monotonic() - start < 1


def test_a_workbook_with_entities_is_refused() -> None:
    source = write_xlsx([Sheet("1", HEADINGS, [["a", "b"]])])
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)
            new.writestr(name, part)
    assert refusal(target.getvalue()).problem.code == "unsafe"


def test_another_office_document_is_not_a_table() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert refusal(target.getvalue()).problem.code == "not_a_table"


def test_a_workbook_gives_shown_texts() -> None:
    table = read_table(
        one_sheet(
            ["Күні", "Саны", "Үлесі", "Коды", "Бос"],
            [DAY, 5.0, 0.1, 311000000, None],
            [],
            [DAY.replace(hour=9, minute=30), True, "  екі   бос орын ", "x", None],
        )
    )
    assert [dict(row.cells) for row in table.rows] == [
        {"Күні": "2026-12-31", "Саны": "5", "Үлесі": "0.1", "Коды": "311000000", "Бос": ""},
        {
            "Күні": "2026-12-31 09:30",
            "Саны": "1",
            "Үлесі": "екі бос орын",
            "Коды": "x",
            "Бос": "",
        },
    ]
    assert [row.number for row in table.rows] == [2, 4]
    assert table.kind == "xlsx"


def test_a_formula_gives_its_stored_value_with_a_note() -> None:
    import xlsxwriter  # noqa: PLC0415 - the only writer here that stores values of formulas

    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("Парақ")
        page.write_row(0, 0, ["a", "b"])
        page.write_formula(1, 0, "=1+1", None, 2)
    table = read_table(target.getvalue())
    assert table.rows[0].cells["a"] == "2"
    assert [(n.code, n.sheet, n.row, n.column) for n in table.notes] == [
        ("formula_value", "Парақ", 2, "a")
    ]
    assert not table.problems


def test_a_formula_without_a_stored_value_is_a_problem() -> None:
    table = read_table(one_sheet(["a", "b"], ["=1+1", "x"]))
    assert [(p.code, p.row, p.column) for p in table.problems] == [("formula_empty", 2, "a")]
    assert table.rows[0].cells == {"a": "", "b": "x"}


def test_an_error_value_is_a_problem() -> None:
    assert codes(read_table(one_sheet(["a"], ["#REF!"]))) == ["cell_error"]


def test_hidden_sheets_are_named_and_not_read() -> None:
    def fill(book: Workbook) -> None:
        book.worksheets[0].append(["a"])
        hidden = book.create_sheet("Жасырын")
        hidden.append(["b"])
        hidden.sheet_state = "hidden"

    table = read_table(workbook(fill))
    assert list(table.headings) == ["Sheet"]
    assert [(n.code, n.sheet) for n in table.notes] == [("hidden_sheet", "Жасырын")]


def test_each_sheet_has_its_own_headings() -> None:
    table = read_table(
        write_xlsx([Sheet("Бір", ["a"], [["1"]]), Sheet("Екі", ["b"], [["2"], ["3"]])])
    )
    assert table.headings == {"Бір": ("a",), "Екі": ("b",)}
    assert [(row.sheet, row.number) for row in table.rows] == [("Бір", 2), ("Екі", 2), ("Екі", 3)]


def test_double_and_missing_headings_are_told_by_their_place() -> None:
    table = read_table("Атауы,,атауы \nx,y,z\n".encode())
    assert [(p.code, p.row, p.column) for p in table.problems] == [("double_heading", 1, "атауы")]
    assert [(p.code, p.row, p.column) for p in table.notes] == [
        ("no_heading", 2, "B"),
        ("no_heading", 2, "C"),
    ]


@pytest.mark.parametrize("text", ["<b>Мектеп</b>", "A &amp; B", "<script>x", "x<br/>y"])
def test_html_in_a_name_is_told(text: str) -> None:
    table = read_table(write_csv([["Атауы"], [text]]))
    assert [(p.code, p.row, p.column) for p in table.problems] == [("html", 2, "Атауы")]


@pytest.mark.parametrize("text", ["a < b", "R&D", "5 <6> 7", "«Ана & бала»"])
def test_signs_that_names_do_carry_are_no_html(text: str) -> None:
    assert not read_table(write_csv([["Атауы"], [text]])).problems


def test_problems_are_cut_off_when_they_are_too_many_to_read() -> None:
    data = b"a\n" + b"<b>\n" * 50
    assert len(read_table(data, Limits(problems=10)).problems) == 10


def test_what_was_written_is_read_back(tmp_path: object) -> None:
    rows: list[list[Value]] = [["=cmd|x", date(2026, 1, 2)], ["'=кавычка", 1.5], ["+7 701", None]]
    expected = [["=cmd|x", "2026-01-02"], ["'=кавычка", "1.5"], ["+7 701", ""]]
    for data in (write_csv([["a", "b"], *rows]), write_xlsx([Sheet("1", ["a", "b"], rows)])):
        assert [list(row.cells.values()) for row in read_table(data).rows] == expected


@given(st.binary(max_size=2_000))
@settings(max_examples=300, deadline=2_000)
def test_arbitrary_bytes_raise_nothing_but_our_own_error(data: bytes) -> None:
    assert outcome(data) in CODES
    assert outcome(b"PK\x03\x04" + data) in CODES


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400),
    st.sampled_from(
        [
            "utf-8",
            "utf-16",
            "cp1251",
            "kz1048",
        ]
    ),
)
@settings(max_examples=300, deadline=2_000)
def test_arbitrary_text_in_any_encoding_raises_nothing_but_our_own_error(
    text: str, codec: str
) -> None:
    assert outcome(text.encode(codec, "ignore")) in CODES


SOURCE = write_xlsx([Sheet("Парақ", HEADINGS, [["a", date(2026, 1, 2)], ["=x", 5]])])


@given(st.lists(st.tuples(st.integers(0, len(SOURCE) - 1), st.integers(0, 255)), max_size=8))
@settings(max_examples=150, deadline=5_000)
def test_a_damaged_workbook_raises_nothing_but_our_own_error(
    damage: list[tuple[int, int]],
) -> None:
    data = bytearray(SOURCE)
    for place, value in damage:
        data[place] = value
    assert outcome(bytes(data)) in CODES


@given(
    st.sampled_from(zipfile.ZipFile(io.BytesIO(SOURCE)).namelist()),
    st.integers(0, 5_000),
    st.binary(max_size=30),
)
@settings(max_examples=150, deadline=5_000)
def test_a_workbook_with_damaged_parts_raises_nothing_but_our_own_error(
    name: str, place: int, piece: bytes
) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SOURCE)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == name:
                at = place % (len(content) + 1)
                content = content[:at] + piece + content[at + len(piece) :]
            new.writestr(part, content)
    assert outcome(target.getvalue()) in CODES
