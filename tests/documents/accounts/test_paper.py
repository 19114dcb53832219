"""The account on paper: tagged, in its language, nothing beside the page and nothing lost."""

import dataclasses
import io
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.documents.accounts import columns, limits
from baqylau.documents.accounts.paper import write_pdf
from baqylau.documents.accounts.shapes import Account, Annex, Number, Section
from tests.documents.accounts.making import INDICATORS, WORDS, account, bare, in_pdf, money, said

pytestmark = pytest.mark.once
A4 = 595.3, 841.9


def read(whole: Account) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(write_pdf(whole)))


def tags(reader: pypdf.PdfReader) -> list[tuple[str, dict[str, Any]]]:
    """The tags of a PDF with what they say of themselves, in their order."""
    root: Any = reader.trailer["/Root"]
    found: list[tuple[str, dict[str, Any]]] = []
    waiting = [root["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, dict):
            if "/S" in node:
                found.append((str(node["/S"]), node))
            children = node.get("/K", [])
            children = children if isinstance(children, list) else [children]
            waiting += [child for child in reversed(children) if not isinstance(child, int)]
    return found


def test_the_pdf_is_tagged_and_names_its_language_title_and_author() -> None:
    reader = read(account())
    root: Any = reader.trailer["/Root"]
    russian: Any = read(account(language="ru")).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert (str(root["/Lang"]), str(russian["/Lang"])) == ("kk-KZ", "ru-KZ")
    assert reader.metadata is not None
    assert reader.metadata.title == account().title
    assert reader.metadata.author == account().organisation
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == account().day
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()


def test_pictures_say_what_is_seen_and_tables_have_heads() -> None:
    found = tags(read(account()))
    figures = [node for name, node in found if name == "/Figure"]
    assert [str(node["/Alt"]) for node in figures] == [account().pictures[0].alt]
    names = [name for name, _node in found]
    assert names.count("/Table") == 4
    assert names.count("/TH") == 7 + 6 + 6 + 3
    assert names.count("/H1") >= 9


def test_headings_are_bookmarks() -> None:
    titles = [str(entry.title) for entry in read(account()).outline if not isinstance(entry, list)]
    assert titles[:3] == ["Indicators", "Spending, ₸", "Не істелді"]
    assert titles[-1] == "Seal"


def test_pages_are_counted_and_heads_of_tables_stand_on_each() -> None:
    rows = tuple((f"Мектеп {number}", number) for number in range(120))
    pages = read(account(annexes=(Annex("Кездесулер", ("Орны", "Саны"), rows),))).pages
    texts = [page.extract_text() for page in pages]
    assert "1 /" not in texts[0]
    assert all(f"{number} / {len(texts)}" in text for number, text in enumerate(texts[1:], 2))
    holding = [text for text in texts if "Мектеп" in text]
    assert len(holding) >= 3
    assert all("Орны" in text for text in holding)


def test_an_indicator_that_was_typed_in_is_marked_with_its_document() -> None:
    text = said(in_pdf(write_pdf(account())))
    assert text.count(said(WORDS.not_recomputable)) == 1
    assert f"{said(WORDS.not_recomputable)}Шолу,№17" in text


def beside(reader: pypdf.PdfReader) -> list[str]:
    """What is drawn beside the paper, or into its margins."""
    found: list[str] = []

    def look(text: str, frame: list[float], place: list[float], *_rest: object) -> None:
        x = place[4] * frame[0] + place[5] * frame[2] + frame[4]
        y = place[4] * frame[1] + place[5] * frame[3] + frame[5]
        if text.strip() and not (40 <= x <= A4[0] - 40 and 30 <= y <= A4[1] - 30):
            found.append(text)

    for page in reader.pages:
        page.extract_text(visitor_text=look)
    return found


def test_rows_longer_than_a_page_go_on_and_shorter_ones_stay_on_theirs() -> None:
    big = Number(987_654_321_098)
    for length in (700, 1_100, limits.TEXT):
        longest = dataclasses.replace(
            INDICATORS[1],
            label="ұзақ" * (limits.LABEL // 4),
            sentence="ұзақсөз " * (length // 8),
            note="ж" * length,
            document="д" * limits.LABEL,
            plan=big,
            fact=big,
        )
        whole = account(indicators=(longest,) * 3)
        made = write_pdf(whole)
        assert not beside(pypdf.PdfReader(io.BytesIO(made)))
        assert said(in_pdf(made)).count("ж" * 20) >= 3 * (length // 20) - 60


def test_the_largest_amounts_fit_their_table() -> None:
    line = dataclasses.replace(
        account().lines[0], label="ы" * limits.LABEL, plan=money("333333333332.65")
    )
    assert not beside(read(account(lines=(line,) * 3)))


def test_eight_columns_of_long_words_stand_beside_each_other() -> None:
    row = tuple("хабарламалардың" for _ in range(limits.COLUMNS))
    whole = account(annexes=(Annex("Сегіз", row, (row,) * 3),))
    assert said("".join(row)) in said(in_pdf(write_pdf(whole)))


@given(
    table=st.integers(1, limits.COLUMNS).flatmap(
        lambda count: st.lists(
            st.lists(st.text("аә ғ1.w", max_size=70), min_size=count, max_size=count),
            min_size=2,
            max_size=4,
        )
    )
)
def test_columns_fill_the_paper_and_no_more(table: list[list[str]]) -> None:
    heads, *rows = table
    found = columns.set_out(heads, list(zip(*rows, strict=True)))
    assert sum(column.width for column in found) == pytest.approx(169.2, abs=0.5)
    assert all(column.width > 3.2 and column.run >= 1 for column in found)


@settings(max_examples=15, deadline=None)
@given(cells=st.lists(st.text("аәғш 1.w", min_size=1, max_size=70), min_size=4, max_size=4))
def test_all_of_every_cell_is_printed(cells: list[str]) -> None:
    cells = [cell.strip() or "а" for cell in cells]
    annex = Annex("Кесте", ("1", "2", "3", "4"), (tuple(cells),))
    text = said(in_pdf(write_pdf(account(annexes=(annex,), sections=(), notes=()))))
    for cell in cells:
        assert set(said(cell)) <= set(text)
    assert all(said(cell[:6]) in text for cell in cells if len(said(cell)) < 7)


def test_long_words_of_a_narrative_break_and_nothing_is_lost() -> None:
    word = "ұзақсөз" * 285
    whole = dataclasses.replace(bare(account()), sections=(Section("Мәтін", word),))
    text = said(in_pdf(write_pdf(whole)))
    assert word in text
