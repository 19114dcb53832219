"""One account, three files: the same numbers and the same words, and nothing of it is code."""

import dataclasses
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.documents.accounts import spelling
from baqylau.documents.accounts.book import write_xlsx
from baqylau.documents.accounts.paper import write_pdf
from baqylau.documents.accounts.shapes import Account, Annex, Indicator, Kind, Line, Number, Section
from baqylau.documents.accounts.word import write_docx
from baqylau.documents.cells import clean
from tests.documents.accounts.making import (
    ANNEX,
    INDICATORS,
    LINES,
    account,
    bare,
    in_docx,
    in_pdf,
    in_xlsx,
    money,
    said,
    share,
)
from tests.documents.test_letters import ALL_SIGNS, MARKUP

pytestmark = pytest.mark.once
Writer = Callable[[Account], bytes]
EVERY_WRITER = pytest.mark.parametrize("write", [write_pdf, write_docx, write_xlsx])


def spelled(value: Decimal | float, kind: Kind) -> str:
    """A number as it should be read on paper, spelled apart from the code under test."""
    exact = Decimal(str(value)) * (100 if kind is Kind.SHARE else 1)
    digits = {Kind.COUNT: 0, Kind.SHARE: 1, Kind.MEASURE: 1, Kind.MONEY: 2}[kind]
    whole, _, rest = str(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)).partition(".")
    grouped = f"{int(whole.lstrip('-')):,}".replace(",", "")
    sign = "−" if whole.startswith("-") else ""
    return sign + grouped + (f",{rest}" if rest else "") + ("%" if kind is Kind.SHARE else "")


def numbers_of(indicator: Indicator) -> list[Number | None]:
    estimate = indicator.estimate
    ends = [estimate.n, estimate.low, estimate.high] if estimate else [None] * 3
    return [indicator.plan, indicator.fact, indicator.done, *ends]


def test_every_number_of_an_indicator_is_the_same_in_all_three() -> None:
    whole = account()
    paper, word = said(in_pdf(write_pdf(whole))), "".join(map(said, in_docx(write_docx(whole))))
    rows = in_xlsx(write_xlsx(whole))["Indicators"]
    assert len(rows) == len(INDICATORS)
    for indicator, row in zip(INDICATORS, rows, strict=True):
        shown = []
        for number, cell in zip(numbers_of(indicator), row[3:9], strict=True):
            assert (number is None) == (cell is None)
            if number is not None:
                assert Decimal(str(cell)) == number.value
                shown.append(spelled(cell, number.kind))
            else:
                shown.append("–")
        ends = "–" if shown[4] == "–" else f"{shown[4].rstrip('%')}–{shown[5]}"
        line = "".join((*shown[:4], ends))
        assert line in paper, indicator.code
        assert line in word, indicator.code


def test_every_amount_and_every_total_is_the_same_in_all_three() -> None:
    whole = account()
    paper, word = said(in_pdf(write_pdf(whole))), "".join(map(said, in_docx(write_docx(whole))))
    rows = in_xlsx(write_xlsx(whole))["Spending, ₸"]
    plans, spent = (sum(getattr(line, name).value for line in LINES) for name in ("plan", "spent"))
    assert [Decimal(str(cell)) for cell in rows[-1][2:5]] == [plans, spent, plans - spent]
    for row in rows:
        line = "".join(spelled(cell, Kind.MONEY) for cell in row[2:5])
        line += spelled(row[5], Kind.SHARE)
        assert line in paper
        assert line in word


def test_annexes_corrections_and_the_verified_share_are_the_same_in_all_three() -> None:
    whole = account()
    paper, word = said(in_pdf(write_pdf(whole))), "".join(map(said, in_docx(write_docx(whole))))
    sheets = in_xlsx(write_xlsx(whole))
    annex = sheets["Annex 1. Кездесулер"]
    assert [row[0].date() for row in annex] == [row[0] for row in ANNEX.rows]
    assert [row[2] for row in annex] == [87, 133]
    assert [row[1:3] for row in sheets["Corrections"]] == [(4390, 4387)]
    overview = dict(row for row in sheets["Overview"] if row[0])
    assert overview["Verified"] == 0.914
    assert overview["N"] == 256
    assert overview["кеңес берілді"] == 5012
    for line in ("14.07.2026Асаауылы87", "02.08.2026Төлебиауылы133", "4 3904 387", "91,4%", "256"):
        assert said(line) in paper
        assert said(line) in word
    for text in ("87,4–94,3%", "48211", "12.10.2026", "9f2c" * 16, "0a1b" * 16, "№17", "Тымаз."):
        assert text in paper
        assert text in word


def test_numbers_percents_and_days_are_values_with_formats() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(account())))
    page = book["Indicators"]
    kinds = [(page[place].data_type, page[place].number_format) for place in ("D2", "E3", "D7")]
    assert kinds == [("n", "#,##0"), ("n", "0.0%"), ("n", "#,##0.0")]
    assert book["Spending, ₸"]["D2"].number_format == "#,##0.00"
    assert book["Annex 1. Кездесулер"]["A2"].is_date
    assert all(cell.data_type != "f" for sheet in book for row in sheet.rows for cell in row)


def test_each_definition_stands_beside_its_indicator() -> None:
    rows = in_xlsx(write_xlsx(account()))["Definitions"]
    assert rows[0][0] == "1.1"
    assert rows[0][2:5] == ("Кезең ішінде берілген кеңестер.", "келгендер", "кеңес")
    assert rows[1][5] == "Уилсон аралығы."


def test_a_plan_of_zero_has_no_percentage() -> None:
    assert Indicator("1", "a", "b", Number(0), Number(3)).done is None
    assert Indicator("1", "a", "b", None, Number(3)).done is None
    assert Indicator("1", "a", "b", Number(4), Number(3)).done == share("0.75")
    assert Line("1", "a", money("0"), money("5")).left == money("-5")


@EVERY_WRITER
def test_an_account_is_the_same_bytes_each_time(write: Writer) -> None:
    assert write(account()) == write(account())


@EVERY_WRITER
def test_an_account_with_nothing_in_it_can_be_written(write: Writer) -> None:
    assert len(write(bare(account()))) > 2_000


def test_empty_parts_are_left_out_and_a_draft_says_so() -> None:
    empty = bare(account())
    whole = dataclasses.replace(
        empty,
        sections=(Section("Бос бөлім", " \n \n"),),
        annexes=(Annex("Бос қосымша", ("a",), ()),),
    )
    for text in (in_pdf(write_pdf(whole)), "\n".join(in_docx(write_docx(whole)))):
        assert "Бос" not in text
        assert not re.search(r"Indicators|Spending|Corrections|Verified|Annex|Seal|Pictures", text)
        assert "Draft" in text
    assert list(in_xlsx(write_xlsx(whole))) == ["Overview"]
    assert "Draft" not in in_pdf(write_pdf(account()))


def test_what_is_no_real_account_says_so_on_every_page_and_in_all_three() -> None:
    mark = "Оқу жазбасы: бәрі ойдан шығарылған"
    whole = account(mark=mark)
    pages = pypdf.PdfReader(io.BytesIO(write_pdf(whole))).pages
    assert len(pages) > 1
    assert all(mark in page.extract_text() for page in pages)
    made = write_docx(whole)
    assert mark in in_docx(made)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        heads = [archive.read(name).decode() for name in archive.namelist() if "header" in name]
    assert any(mark in head for head in heads)
    assert (mark, None) in in_xlsx(write_xlsx(whole))["Overview"]
    draft = in_pdf(write_pdf(dataclasses.replace(whole, seal=None)))
    assert f"Draft · {mark}" in draft


def test_russian_is_the_other_language() -> None:
    russian = account(language="ru", title="Отчёт по социальному заказу")
    assert "Отчёт" in in_pdf(write_pdf(russian))
    with pytest.raises(ValueError, match="not in en"):
        account(language="en")


def placed(line: str) -> Account:
    """An account that says a line in a narrative, a label, a cell, a caption and a correction."""
    whole = account(annexes=(Annex("Кесте", ("a",), ((line,),)),))
    correction = dataclasses.replace(whole.corrections[0], why=line)
    return dataclasses.replace(
        whole,
        title=line,
        indicators=(dataclasses.replace(INDICATORS[0], label=line, note=line),),
        sections=(Section("Мәтін", f"{line}\nсоңы"),),
        corrections=(correction,),
        pictures=(dataclasses.replace(whole.pictures[0], caption=line, alt=line),),
    )


def cells(made: bytes) -> list[Any]:
    return [cell for rows in in_xlsx(made).values() for row in rows for cell in row]


@pytest.mark.parametrize(
    "line",
    [*MARKUP, "=1+1", "@SUM(A1)", "{_{ title }_}", "{{ words.plan }}", "{%p for a in b %}", "]]>"],
)
def test_markup_stays_what_was_typed(line: str) -> None:
    whole = placed(line)
    paper, word = said(in_pdf(write_pdf(whole))), in_docx(write_docx(whole))
    assert paper.count(said(line)) >= 6
    assert [text.strip() for text in word].count(line.strip()) >= 5
    assert cells(write_xlsx(whole)).count(line) >= 4


@settings(max_examples=20, deadline=None)
@given(
    line=st.text(
        st.sampled_from("#$@\\*_`<>{}[]()\"'/=-+~^&%;:!?,. №«»әғқңөұүһіЖaz09")
        | st.sampled_from(ALL_SIGNS),
        min_size=1,
        max_size=80,
    )
)
def test_whatever_is_typed_stays_as_it_is(line: str) -> None:
    line = " ".join(line.split()) or "a"
    whole = placed(line)
    in_pdf(write_pdf(whole))
    assert [text.strip() for text in in_docx(write_docx(whole))].count(line) >= 5
    assert cells(write_xlsx(whole)).count(clean(line)) >= 4


@settings(max_examples=15, deadline=None)
@given(
    line=st.text(
        st.sampled_from("#$@\\*_`<>{}[]()\"'/=-+~^&%;:!?,. №«»әғқңөұүһіЖaz09"),
        min_size=1,
        max_size=60,
    )
)
def test_signs_of_markup_in_any_order_are_read_back_from_paper(line: str) -> None:
    whole = dataclasses.replace(bare(account()), sections=(Section("Мәтін", f"{line}\nсоңы"),))
    assert said(f"Мәтін{line}соңы") in said(in_pdf(write_pdf(whole)))


@given(
    value=st.decimals(-(10**11), 10**11, places=5, allow_nan=False),
    kind=st.sampled_from(list(Kind)),
)
def test_a_number_is_rounded_once_for_all(value: Decimal, kind: Kind) -> None:
    number = Number(value, kind)
    assert Number(number.value, kind) == number
    assert said(spelling.spelled(number)) == spelled(number.value, kind)


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity"), 10**12, -(10**12)])
def test_a_number_that_no_spreadsheet_keeps_is_none(value: Decimal | int) -> None:
    with pytest.raises(ValueError, match="no number"):
        Number(value)


def test_sums_that_no_spreadsheet_keeps_are_refused_when_the_account_is_made() -> None:
    most = money("999999999999")
    with pytest.raises(ValueError, match="no number"):
        Line("1", "a", money("-1"), most)
    with pytest.raises(ValueError, match="no number"):
        account(lines=(Line("1", "a", most, most),) * 2)
    assert Indicator("1", "a", "b", money("0.01"), most).done is None


def test_rows_fit_their_columns() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Annex("a", ("b", "c"), ((date(2026, 1, 1),),))
