"""A contract with promises of every kind, for tests that plan, compare and report."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from baqylau.figures.models import Contract, Indicator
from baqylau.figures.services.contracts import (
    Promise,
    Shown,
    Terms,
    type_in,
    write_contract,
    write_indicator,
    write_plan,
)
from baqylau.kernel.access import Actor

COORDINATOR = Actor("person:c", frozenset({"coordinator"}))
SECOND = Actor("person:d", frozenset({"coordinator"}))
OFFICIAL = Actor("person:o", frozenset({"official"}))
QUARTER = "2026-Q2"
TERMS = Terms(
    number="ӘТ-17",
    subject_kk="Азаматтық бақылау қызметтері",
    subject_ru="Услуги гражданского контроля",
    customer_kk="Жамбыл облысының басқармасы",
    customer_ru="Управление Жамбылской области",
    contractor_kk="Жастар одағы",
    contractor_ru="Союз молодёжи",
    signed_on=date(2026, 3, 20),
    first_on=date(2026, 4, 1),
    last_on=date(2026, 12, 20),
)
OPENED = Promise(
    order=1,
    code="1.1",
    label_kk="Ашылған істер",
    label_ru="Открытые дела",
    unit_kk="іс",
    unit_ru="дело",
    source="casework.opened",
)
SOLVED = replace(OPENED, order=2, code="1.2", source="casework.solved", unit_kk="%", unit_ru="%")
TYPED = replace(OPENED, order=3, code="2.1", source=Promise.TYPED)
PAPER = Shown("№ 5 акт", b"%PDF-1.7 act %%EOF", "application/pdf")


def make_contract(number: str = TERMS.number) -> Contract:
    """A contract with an indicator of each kind: a count, a share, one that is typed in."""
    contract = write_contract(actor=COORDINATOR, terms=replace(TERMS, number=number))
    for promise in (OPENED, SOLVED, TYPED):
        write_indicator(actor=COORDINATOR, contract=contract, promise=promise)
    return contract


def by_code(contract: Contract) -> dict[str, Indicator]:
    """The indicators of a contract by their codes."""
    rows = Indicator.objects.filter(contract=contract).select_related("contract")
    return {row.code: row for row in rows}


def plan(contract: Contract, code: str = QUARTER, **amounts: int | None) -> None:
    """Plan a period: opened, solved, typed."""
    known = by_code(contract)
    codes = {"opened": "1.1", "solved": "1.2", "typed": "2.1"}
    write_plan(
        actor=COORDINATOR,
        contract=contract,
        code=code,
        amounts={
            known[codes[name]].pk: None if amount is None else Decimal(amount)
            for name, amount in amounts.items()
        },
    )


def typed(contract: Contract, amount: int, shown: Shown = PAPER) -> None:
    """Type a fact in for the quarter."""
    indicator = by_code(contract)["2.1"]
    type_in(
        actor=COORDINATOR, indicator=indicator, code=QUARTER, amount=Decimal(amount), shown=shown
    )
