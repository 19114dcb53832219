"""An account is approved by two, sealed once, and accepted or returned; its numbers are fixed."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import LazySettings

from baqylau.accountability.models import Account, State
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.queries import papers
from baqylau.accountability.queries.content import content_of
from baqylau.accountability.services import making, sealing, writing
from baqylau.accountability.services.money import Budgeted, write_line
from baqylau.documents.accounts import shapes
from baqylau.figures.models import Cell
from baqylau.figures.services import catch_up, correct
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError, RefusalsError
from tests.accountability import reporting
from tests.accountability.reporting import LAWYER, NOW
from tests.figures.contracts import COORDINATOR, OFFICIAL, QUARTER, SECOND
from tests.figures.making import cases

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, settings: LazySettings) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def account(house: None) -> Iterator[Account]:
    """An account of a quarter with forty cases, which is over and not closed."""
    with clock.frozen(NOW):
        cases(40)
        row = reporting.make_account()
        catch_up()
        yield row


def told(row: Account, code: str = "kk") -> dict[str, shapes.Indicator]:
    content = content_of(row, COORDINATOR, clock.today())
    shown = papers.account_of(row, content, code, clock.today())
    return {each.code: each for each in shown.indicators}


def fact(row: Account) -> int:
    number = told(row)["1.1"].fact
    assert number
    return int(number.value)


def test_an_account_of_an_open_period_is_previewed_and_neither_approved_nor_sealed(
    account: Account,
) -> None:
    assert fact(account) == 40
    seen = reporting.seen(account)
    steps: list[Callable[[], object]] = [
        lambda: sealing.approve(actor=COORDINATOR, account=account, seen=seen),
        lambda: sealing.seal(actor=COORDINATOR, account=account),
    ]
    for step in steps:
        with pytest.raises(sealing.OpenPeriodError) as refused:
            step()
        assert "2026" in refused.value.message


def test_two_people_approve_and_never_the_same(account: Account) -> None:
    reporting.close_quarter()
    row = sealing.approve(actor=COORDINATOR, account=account, seen=reporting.seen(account))
    assert row.state == State.APPROVED_ONCE
    with pytest.raises(sealing.StateError):
        sealing.approve(actor=COORDINATOR, account=account, seen=reporting.seen(account))
    with pytest.raises(sealing.StateError):
        sealing.seal(actor=COORDINATOR, account=account)
    row = sealing.approve(actor=LAWYER, account=account, seen=reporting.seen(account, LAWYER))
    assert row.state == State.APPROVED
    with pytest.raises(sealing.StateError):
        sealing.approve(actor=SECOND, account=account, seen=reporting.seen(account))


def test_a_change_after_an_approval_takes_it_back(account: Account) -> None:
    reporting.close_quarter()
    reporting.approved(account)
    reporting.write(account, "Тағы бір сөйлем.")
    row = queries.account(account.pk)
    assert (row.state, queries.approvals_of(row)) == (State.DRAFT, [])


def test_a_spending_after_an_approval_keeps_it_from_being_sealed(account: Account) -> None:
    reporting.close_quarter()
    row = reporting.approved(account)
    write_line(
        actor=COORDINATOR,
        contract=row.contract,
        said=Budgeted("02", "Байланыс", "Связь", Decimal(5)),
    )
    with pytest.raises(ConflictError):
        sealing.seal(actor=COORDINATOR, account=row)
    sealing.reopen(actor=COORDINATOR, account=row)
    assert queries.account(row.pk).state == State.DRAFT


def test_what_somebody_did_not_see_is_not_approved(account: Account) -> None:
    reporting.close_quarter()
    with pytest.raises(ConflictError):
        sealing.approve(actor=COORDINATOR, account=account, seen="0" * 64)


def test_empty_sections_are_named_all_at_once(account: Account) -> None:
    reporting.close_quarter()
    texts = {("summary", "ru"): "", ("work", "kk"): " ", ("next", "kk"): "Жалғастырамыз."}
    writing.write(actor=COORDINATOR, account=account, texts=texts, seen=account.edition)
    with pytest.raises(RefusalsError) as refused:
        sealing.approve(actor=COORDINATOR, account=account, seen=reporting.seen(account))
    assert len(refused.value.refusals) == 3


def test_a_sealed_account_stays_what_it_was_and_its_signature_says_so(account: Account) -> None:
    row = reporting.sealed(account)
    assert papers.is_intact(queries.account(row.pk))
    assert Entry.objects.get(number=row.number).digest == row.head
    cases(10)
    opened = Cell.objects.get(figure="casework.opened", dimension="", window="own")
    correct(actor=COORDINATOR, cell=opened, reasons={"kk": "Он іс кеш жазылған."})
    again = queries.account(row.pk)
    assert fact(again) == 40
    with pytest.raises(writing.SealedError):
        reporting.write(again)
    Account.objects.filter(pk=row.pk).update(content={**row.content, "period": "2026-Q1"})
    assert not papers.is_intact(queries.account(row.pk))


def test_a_correction_before_the_seal_stands_beside_the_old_number(account: Account) -> None:
    reporting.close_quarter()
    cases(10)
    opened = Cell.objects.get(figure="casework.opened", dimension="", window="own")
    correct(actor=COORDINATOR, cell=opened, reasons={"kk": "Он іс кеш жазылған."})
    content = content_of(account, COORDINATOR, clock.today())
    shown = papers.account_of(account, content, "ru", clock.today())
    (made,) = shown.corrections
    assert made.old
    assert made.new
    assert (int(made.old.value), int(made.new.value)) == (40, 50)
    assert made.why == "Он іс кеш жазылған."
    assert fact(account) == 50


def test_an_account_that_is_sent_is_accepted_or_returned_and_a_new_version_goes_on(
    account: Account,
) -> None:
    with pytest.raises(sealing.StateError):
        sealing.send(actor=COORDINATOR, account=account)
    row = reporting.sent(account)
    assert [each.pk for each in queries.sent()] == [row.pk]
    with pytest.raises(DomainError) as refused:
        sealing.answer(actor=OFFICIAL, account=row, accepted=False, remarks=" ")
    assert refused.value.field == "remarks"
    sealing.answer(actor=OFFICIAL, account=row, accepted=False, remarks="2.1 актісін қосыңыз.")
    with pytest.raises(sealing.StateError):
        sealing.answer(actor=OFFICIAL, account=row, accepted=True)
    made = writing.continue_account(actor=COORDINATOR, account=row)
    assert (made.version, made.state) == (2, State.DRAFT)
    assert queries.narratives_of(made) == queries.narratives_of(row)
    assert queries.account(row.pk).remarks
    with pytest.raises(DomainError):
        writing.continue_account(actor=COORDINATOR, account=row)
    second = reporting.approved(made)
    sealing.seal(actor=COORDINATOR, account=second)
    second = queries.account(second.pk)
    making.make(actor=COORDINATOR, account=second, progress=lambda _done, _total: None)
    sealing.send(actor=COORDINATOR, account=second)
    assert sealing.answer(actor=OFFICIAL, account=second, accepted=True).state == State.ACCEPTED


def test_an_account_is_sent_with_its_documents(account: Account) -> None:
    row = queries.account(reporting.sealed(account).pk)
    with pytest.raises(sealing.StateError):
        sealing.send(actor=COORDINATOR, account=row)
    steps: list[tuple[int, int]] = []
    made = making.make(
        actor=COORDINATOR, account=row, progress=lambda done, total: steps.append((done, total))
    )
    assert (made, steps[0], steps[-1]) == (6, (0, 6), (6, 6))
    assert making.make(actor=COORDINATOR, account=row, progress=lambda _d, _t: None) == 0
    kinds = [(each.language, each.form) for each in queries.documents_of(row)]
    assert kinds == [(code, form) for code in ("kk", "ru") for form in ("pdf", "docx", "xlsx")]


def test_a_draft_that_changed_is_made_anew(account: Account) -> None:
    making.make(actor=COORDINATOR, account=account, progress=lambda _d, _t: None)
    reporting.write(account, "Жаңа сөйлем.")
    again = queries.account(account.pk)
    content = content_of(again, COORDINATOR, clock.today())
    assert papers.current_documents(again, content) == []
    assert len(papers.missing(again, content)) == 6


def test_the_frozen_content_is_plain_json_without_whom(account: Account) -> None:
    row = reporting.sealed(account)
    text = json.dumps(row.content)
    assert "person:" not in text
    assert row.content["closing"]["digest"]
    assert row.content["contract"]["number"] == "ӘТ-17"


def test_a_period_has_one_account(account: Account) -> None:
    with pytest.raises(DomainError) as refused:
        writing.open_account(actor=COORDINATOR, contract=account.contract, code=QUARTER)
    assert refused.value.code == "taken"
    with pytest.raises(DomainError) as refused:
        writing.open_account(actor=COORDINATOR, contract=account.contract, code="2027-Q1")
    assert refused.value.code == "outside"


def test_somebody_who_saw_an_older_edition_overwrites_nothing(account: Account) -> None:
    seen = account.edition
    reporting.write(account, "Бірінші.")
    with pytest.raises(ConflictError):
        writing.write(
            actor=COORDINATOR, account=account, texts={("summary", "kk"): "Екінші."}, seen=seen
        )


@pytest.mark.parametrize("role", ["official", "adviser", "administrator", "editor"])
def test_only_those_who_are_meant_write_approve_seal_and_answer(
    account: Account, role: str
) -> None:
    other = Actor("person:x", frozenset({role}))
    steps: list[Callable[[], object]] = [
        lambda: writing.open_account(actor=other, contract=account.contract, code="2026-Q3"),
        lambda: writing.write(actor=other, account=account, texts={}, seen=1),
        lambda: sealing.approve(actor=other, account=account, seen=""),
        lambda: sealing.seal(actor=other, account=account),
        lambda: sealing.send(actor=other, account=account),
        lambda: making.make(actor=other, account=account, progress=lambda _d, _t: None),
        lambda: sealing.answer(actor=COORDINATOR, account=account, accepted=True),
    ]
    for step in steps:
        with pytest.raises(NotAllowedError):
            step()
