"""A contract promises; every fault of it is said at once; facts stand beside the plan."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from baqylau.figures.models import Contract, Indicator, Plan, TypedFact
from baqylau.figures.queries import contracts as queries
from baqylau.figures.queries.pages import Asked
from baqylau.figures.rules.plans import Compared, Verdict
from baqylau.figures.rules.results import Estimate, Exact, Withheld
from baqylau.figures.rules.spans import choose
from baqylau.figures.services import catch_up, close
from baqylau.figures.services.contracts import (
    Promise,
    Shown,
    type_in,
    write_contract,
    write_indicator,
)
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import NotAllowedError, RefusalsError
from tests.casework.making import open_one
from tests.figures import contracts as making
from tests.figures.contracts import COORDINATOR, OFFICIAL, OPENED, QUARTER, TERMS, TYPED
from tests.figures.making import AFTER, cases

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: LazySettings) -> None:
    settings.FILES_ROOT = tmp_path


def refusals(error: RefusalsError) -> list[tuple[str, str]]:
    return [(each.code, each.field) for each in error.refusals]


def asked(actor: Actor = COORDINATOR, code: str = QUARTER) -> Asked:
    chosen = choose(code)
    assert chosen
    return Asked(actor, chosen, clock.today())


def line(contract: Contract, code: str, actor: Actor = COORDINATOR) -> queries.Line:
    catch_up()
    return next(
        each for each in queries.lines(contract, asked(actor)) if each.indicator.code == code
    )


def test_all_that_is_wrong_with_a_contract_is_said_at_once(house: None) -> None:
    terms = replace(TERMS, number=" ", customer_ru="", last_on=date(2026, 3, 1))
    with pytest.raises(RefusalsError) as refused:
        write_contract(actor=COORDINATOR, terms=terms)
    assert refusals(refused.value) == [
        ("empty", "number"),
        ("empty", "customer_ru"),
        ("turned", "last_on"),
    ]
    assert not Contract.objects.exists()
    assert not Entry.objects.filter(action="figures.contract_written").exists()


def test_a_number_is_given_to_one_contract(house: None) -> None:
    making.make_contract()
    with pytest.raises(RefusalsError) as refused:
        making.make_contract()
    assert refusals(refused.value) == [("taken", "number")]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"source": ""}, ("source", "source")),
        ({"source": "casework.nothing"}, ("figure", "source")),
        ({"source": "casework.overdue"}, ("figure", "source")),
        ({"dimension": "room", "value": "x"}, ("dimension", "dimension")),
        ({"dimension": "body", "value": "ffffffff"}, ("value", "value")),
        ({"dimension": "body", "value": ""}, ("value", "value")),
        ({"source": "typed", "dimension": "body"}, ("cut", "dimension")),
        ({"code": ""}, ("empty", "code")),
    ],
)
def test_an_indicator_without_a_source_that_there_is_gets_one_sentence(
    house: None, changes: dict[str, Any], fault: tuple[str, str]
) -> None:
    contract = write_contract(actor=COORDINATOR, terms=TERMS)
    with pytest.raises(RefusalsError) as refused:
        write_indicator(actor=COORDINATOR, contract=contract, promise=replace(OPENED, **changes))
    assert refusals(refused.value) == [fault]
    assert not Indicator.objects.exists()


def test_a_part_that_the_public_sees_may_be_promised(house: None) -> None:
    contract = write_contract(actor=COORDINATOR, terms=TERMS)
    promise = replace(OPENED, dimension="body", value="0000000a")
    row = write_indicator(actor=COORDINATOR, contract=contract, promise=promise)
    open_one()
    making_plan = making.by_code(contract)[row.code]
    assert making_plan.value == "0000000a"
    found = queries.lines(contract, asked(code="2026-Q3"))
    catch_up()
    found = queries.lines(contract, asked(code="2026-Q3"))
    assert found[0].answer == Exact(1)
    assert isinstance(queries.lines(contract, asked(OFFICIAL, "2026-Q3"))[0].answer, Withheld)


@pytest.mark.parametrize(
    ("code", "codes"),
    [
        ("2026-05", ["overlap"]),
        ("2026", ["outside", "overlap"]),
        ("2026-Q1", ["outside"]),
        ("2027-01", ["outside"]),
        ("all", ["period"]),
        ("soon", ["period"]),
    ],
)
def test_a_period_that_overlaps_or_lies_outside_is_refused(
    house: None, code: str, codes: list[str]
) -> None:
    contract = making.make_contract()
    making.plan(contract, opened=40)
    with pytest.raises(RefusalsError) as refused:
        making.plan(contract, code, opened=1)
    assert [each for each, _field in refusals(refused.value)] == codes
    assert Plan.objects.count() == 1


def test_the_months_in_which_a_contract_begins_and_ends_are_its_own(house: None) -> None:
    contract = making.make_contract()
    making.plan(contract, "2026-12", opened=5)
    codes = [each.code for each in queries.periods_to_plan(contract)]
    assert codes[:3] == ["2026-Q2", "2026-Q3", "2026-Q4"]
    assert "2026" not in codes
    with pytest.raises(RefusalsError) as refused:
        write_contract(
            actor=COORDINATOR,
            terms=replace(TERMS, last_on=date(2026, 11, 30)),
            contract=contract,
        )
    assert refusals(refused.value) == [("outside", "last_on")]


def test_amounts_that_cannot_be_are_refused_together(house: None) -> None:
    contract = making.make_contract()
    with pytest.raises(RefusalsError) as refused:
        making.plan(contract, "2026-Q1", opened=-1, solved=140)
    assert [code for code, _field in refusals(refused.value)] == ["outside", "amount", "share"]
    making.plan(contract, opened=40, typed=2)
    making.plan(contract, opened=None)
    assert [str(each.amount) for each in Plan.objects.all()] == ["2.00"]


def test_what_is_typed_in_needs_its_document_and_keeps_its_versions(house: None) -> None:
    contract = making.make_contract()
    with pytest.raises(RefusalsError) as refused:
        making.typed(contract, -3, Shown(" ", b"", ""))
    assert [code for code, _field in refusals(refused.value)] == ["amount", "document", "file"]
    making.typed(contract, 3)
    making.typed(contract, 4)
    assert [(each.version, each.amount) for each in TypedFact.objects.order_by("version")] == [
        (1, Decimal(3)),
        (2, Decimal(4)),
    ]
    making.plan(contract, typed=8)
    found = line(contract, "2.1")
    assert found.typed
    assert (found.typed.amount, found.compared.done) == (Decimal(4), Decimal("0.5"))
    assert not found.is_recomputable
    with pytest.raises(RefusalsError) as refused:
        write_indicator(
            actor=COORDINATOR,
            contract=contract,
            promise=replace(TYPED, source="casework.opened"),
            indicator=making.by_code(contract)["2.1"],
        )
    assert refusals(refused.value) == [("typed", "source")]


def test_nothing_is_typed_in_for_what_is_counted(house: None) -> None:
    contract = making.make_contract()
    with pytest.raises(RefusalsError) as refused:
        type_in(
            actor=COORDINATOR,
            indicator=making.by_code(contract)["1.1"],
            code=QUARTER,
            amount=Decimal(1),
            shown=making.PAPER,
        )
    assert refusals(refused.value) == [("counted", "")]


def test_a_closed_period_gives_the_published_number_and_an_open_one_what_is_counted(
    house: None,
) -> None:
    with clock.frozen(AFTER):
        contract = making.make_contract()
        making.plan(contract, opened=60, solved=40)
        cases(40)
        found = line(contract, "1.1")
        assert (found.answer, found.number) == (Exact(40), None)
        chosen = choose(QUARTER)
        assert chosen
        close(actor=COORDINATOR, chosen=chosen)
        cases(5)
        found = line(contract, "1.1")
        assert found.number
        assert found.answer == Exact(40)
        assert found.compared.verdict is Verdict.MISSED
        share = line(contract, "1.2", OFFICIAL)
        assert isinstance(share.answer, Estimate)
        assert share.compared == Compared(Verdict.REACHED)


def test_a_period_that_runs_has_missed_nothing_yet(house: None) -> None:
    last_day = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
    with clock.frozen(last_day):
        contract = making.make_contract()
        making.plan(contract, opened=60, solved=40)
        cases(40)
        running = line(contract, "1.1")
        assert running.answer == Exact(40)
        assert running.compared == Compared(Verdict.NONE, Decimal(40) / 60)
    with clock.frozen(AFTER):
        assert line(contract, "1.1").compared.verdict is Verdict.MISSED


def test_a_contract_adds_up_counts_and_nothing_that_cannot_be_added(house: None) -> None:
    with clock.frozen(AFTER):
        contract = making.make_contract()
        making.plan(contract, opened=30, solved=40, typed=4)
        making.plan(contract, "2026-Q3", opened=10, solved=40)
        making.typed(contract, 6)
        cases(20)
        catch_up()
        rows = [queries.lines(contract, asked(code=code)) for code in (QUARTER, "2026-Q3")]
        opened, solved, typed = queries.totals(contract, rows)
    assert (opened.plan, opened.fact) == (Decimal(40), Decimal(20))
    assert (solved.plan, solved.fact) == (None, None)
    assert (typed.plan, typed.fact) == (Decimal(4), Decimal(6))
    assert typed.compared.verdict is Verdict.REACHED


@pytest.mark.parametrize("role", ["adviser", "official", "administrator"])
def test_only_a_coordinator_writes_a_contract(house: None, role: str) -> None:
    with pytest.raises(NotAllowedError):
        write_contract(actor=Actor("person:x", frozenset({role})), terms=TERMS)


def test_an_indicator_is_the_contracts_own(house: None) -> None:
    first, second = making.make_contract("1"), making.make_contract("2")
    with pytest.raises(queries.UnknownContractError):
        queries.indicator(first, making.by_code(second)["1.1"].pk)
    assert Promise.TYPED not in queries.promisable()
