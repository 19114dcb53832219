"""Numbers of councils and outreach in an account: as published, the same in all three files."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import Settings

from baqylau.accountability.models import Account
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.services import making, writing
from baqylau.councils.models import Council
from baqylau.figures.models import Cell, Closing
from baqylau.figures.services.contracts import write_contract, write_indicator, write_plan
from baqylau.files import store
from baqylau.kernel import clock
from tests.accountability import reporting
from tests.accountability.reporting import NOW
from tests.casework.making import AKIMAT, POLICE, TARAZ, make_bodies
from tests.cast import Cast
from tests.councils.conftest import council
from tests.councils.promising import accepted, sent
from tests.documents.accounts.making import in_docx, in_pdf, in_xlsx, said
from tests.figures.contracts import COORDINATOR, OPENED, QUARTER, TERMS, by_code
from tests.outreach.reached import hold, make_body

__all__ = ["council", "make_bodies"]
pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
PROMISED = {
    # Code of the indicator: figure, dimension, value, and what was counted.
    "1": ("councils.given", "", "", 3),
    "2": ("councils.given", "body", POLICE, 1),
    "3": ("councils.given", "district", TARAZ, 3),
    "4": ("outreach.events", "", "", 2),
    "5": ("outreach.people", "", "", 1_287),
    "6": ("outreach.reached", "", "", 3),
}
SHARE = ("7", "councils.accepted")


@pytest.fixture
def account(council: Council, tmp_path: Path, settings: Settings) -> Iterator[Account]:
    """A sealed account of a spring with recommendations and events, its documents made."""
    settings.FILES_ROOT = tmp_path / "files"
    sent(body=POLICE)
    sent(body=AKIMAT)
    accepted()
    first, second, third = (make_body(f"№ {number} мектеп") for number in (91, 92, 93))
    hold(first, second, people=1_200)
    hold(third, people=87)
    with clock.frozen(NOW):
        row = writing.open_account(actor=COORDINATOR, contract=contract(), code=QUARTER)
        reporting.write(row)
        row = reporting.sealed(queries.account(row.pk))
        row = queries.account(row.pk)
        making.make(actor=COORDINATOR, account=row, progress=lambda _done, _total: None)
        yield row


def contract() -> Any:  # noqa: ANN401 - a contract, as the service gives it
    """A contract that promises public records, whole and by groups."""
    made = write_contract(actor=COORDINATOR, terms=TERMS)
    promised = {code: each[:3] for code, each in PROMISED.items()} | {SHARE[0]: (SHARE[1], "", "")}
    for order, (code, (figure, dimension, value)) in enumerate(promised.items(), 1):
        promise = replace(OPENED, order=order, code=code, source=figure)
        promise = replace(promise, dimension=dimension, value=value)
        write_indicator(actor=COORDINATOR, contract=made, promise=promise)
    plans: dict[int, Decimal | None] = {row.pk: Decimal(2) for row in by_code(made).values()}
    write_plan(actor=COORDINATOR, contract=made, code=QUARTER, amounts=plans)
    return made


def documents(row: Account, language: str) -> dict[str, bytes]:
    """The content of each document of a language."""
    found = {}
    for each in queries.documents_of(row):
        if each.language == language:
            with store.read(each.file_id) as file:
                found[each.form] = file.read()
    return found


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_public_numbers_are_read_back_from_pdf_docx_and_xlsx_as_they_were_published(
    account: Account, language: str
) -> None:
    made = documents(account, language)
    paper, word = said(in_pdf(made["pdf"])), "".join(map(said, in_docx(made["docx"])))
    sheet = list(in_xlsx(made["xlsx"]).values())[1]
    rows = {str(row[0]): row for row in sheet}
    closing = Closing.objects.get()
    for code, (figure, dimension, value, counted) in PROMISED.items():
        cell = Cell.objects.get(closing=closing, figure=figure, dimension=dimension, value=value)
        assert cell.answer == {"kind": "exact", "number": counted}, figure
        assert rows[code][4] == counted
        line = f"2{counted}{rows[code][5] * 100:.1f}%––".replace(".", ",")
        # On paper a code spans both rows of its indicator, and is drawn after the first.
        assert f"{said(getattr(OPENED, f'label_{language}'))}{line}{code}" in paper
        assert line in word, code


def test_a_share_of_public_records_has_its_n_and_interval_in_all_three(account: Account) -> None:
    code, figure = SHARE
    cell = Cell.objects.get(closing=Closing.objects.get(), figure=figure, dimension="")
    assert (cell.answer["part"], cell.answer["n"]) == (1, 1)
    made = documents(account, "kk")
    rows = {str(row[0]): row for row in list(in_xlsx(made["xlsx"]).values())[1]}
    assert rows[code][4:9] == (1, None, 1, round(cell.answer["low"], 3), 1)
    line = f"100,0%–1{cell.answer['low'] * 100:.1f}–100,0%".replace(".", ",")
    assert line in said(in_pdf(made["pdf"]))
    assert line in "".join(map(said, in_docx(made["docx"])))


def test_events_and_recommendations_are_listed_and_add_up_to_their_numbers(
    account: Account,
) -> None:
    annexes = {each["code"]: each["rows"]["kk"] for each in account.content["annexes"]}
    assert len(annexes["councils.recommendations"]) == PROMISED["1"][3]
    assert len(annexes["outreach.events"]) == PROMISED["4"][3]
    assert sum(row[-1] for row in annexes["outreach.events"]) == PROMISED["5"][3]
    book = in_xlsx(documents(account, "kk")["xlsx"])
    sizes = sorted(len(rows) for name, rows in book.items() if name[-1:] and "осымша" in name)
    assert sizes == sorted(len(rows) for rows in annexes.values() if rows)


def test_the_official_sees_the_same_public_numbers_on_the_page(
    account: Account, cast: Cast
) -> None:
    with clock.frozen(NOW):
        page = cast.coordinator.client.get(reverse("account", args=[account.pk])).content.decode()
    assert "1 287" in page.replace("\xa0", " ").replace("\u202f", " ")
