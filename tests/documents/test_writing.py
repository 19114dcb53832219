"""Tables written for people's spreadsheets."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from baqylau.documents.tables import Sheet, TableError, Value, read_table, write_csv, write_xlsx
from baqylau.documents.writing import Formed

pytestmark = pytest.mark.once


def test_a_workbook_holds_texts_numbers_and_dates_but_no_formula() -> None:
    rows: list[list[Value]] = [
        ["=HYPERLINK(1)", 5, Decimal("1.50"), date(2026, 1, 2), True, "http://x"]
    ]
    data = write_xlsx([Sheet("Парақ", list("abcdef"), rows)])
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    assert [cell.data_type for cell in page[2]] == ["s", "n", "n", "d", "s", "s"]
    assert [cell.value for cell in page[2]][:3] == ["=HYPERLINK(1)", 5, 1.5]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert not [name for name in archive.namelist() if "sheet1.xml.rels" in name]


def test_a_number_may_bring_its_format_and_a_text_its_wrapping() -> None:
    row: list[Value] = [Formed(Decimal("0.467"), "0.0%"), Formed("=1+1"), Formed("")]
    data = write_xlsx([Sheet("1", list("abc"), [row])], title="Есеп")
    book = load_workbook(io.BytesIO(data))
    share, text, empty = book.worksheets[0][2]
    assert (share.value, share.number_format) == (0.467, "0.0%")
    assert (text.value, text.data_type, text.alignment.wrap_text) == ("=1+1", "s", True)
    assert empty.value is None
    assert book.properties.title == "Есеп"


def test_the_same_table_gives_the_same_bytes() -> None:
    sheet = Sheet("1", ["a"], [["b"]])
    assert write_xlsx([sheet]) == write_xlsx([sheet])


def test_sheet_names_are_made_acceptable_and_distinct() -> None:
    names = ["Аудан: [1]/2", "", "а" * 40, "А" * 40, "'x'"]
    data = write_xlsx([Sheet(name, ["a"], [["1"]]) for name in names])
    written = load_workbook(io.BytesIO(data)).sheetnames
    assert len({name.casefold() for name in written}) == 5
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in written)


def test_a_text_that_no_cell_holds_is_refused() -> None:
    with pytest.raises(TableError):
        write_xlsx([Sheet("1", ["a"], [["x" * 40_000]])])


def test_csv_begins_with_a_mark_for_spreadsheets() -> None:
    assert write_csv([["ә"]]) == b"\xef\xbb\xbf" + "ә\r\n".encode()


@given(st.lists(st.text(max_size=40), min_size=1, max_size=4))
@settings(deadline=2_000)
def test_no_csv_cell_begins_like_a_formula(cells: list[str]) -> None:
    data = write_csv([["a", "b", "c", "d"], cells]).decode("utf-8-sig")
    bare = data.replace('"', "")
    assert not re.search(r"(?:^|,)[=+@]", bare.split("\r\n", 1)[1].split("\r\n")[0])


@given(st.lists(st.text(alphabet="аә=+@-'\",;\t\n <&5", min_size=1, max_size=12), min_size=2))
@settings(deadline=2_000)
def test_both_kinds_give_the_cleaned_text_back(cells: list[str]) -> None:
    from baqylau.documents.cells import clean  # noqa: PLC0415 - the meaning of "the same text"

    expected = [clean(cell) for cell in cells]
    row = [f"x{cell}" if not clean(cell) else clean(cell) for cell in cells]
    expected = [clean(cell) for cell in row]
    headings = [f"h{number}" for number in range(len(row))]
    for data in (write_csv([headings, row]), write_xlsx([Sheet("1", headings, [row])])):
        if len(row) <= 100:
            assert list(read_table(data).rows[0].cells.values()) == expected
