"""The invented contract: its promises and plan, its money, its stages, what is typed in."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from baqylau.accountability.models import BudgetLine
from baqylau.accountability.services.money import Budgeted, Staged, spend, write_line, write_stage
from baqylau.accountability.training import words
from baqylau.accountability.training.paper import sheet
from baqylau.accountability.training.people import morning_of
from baqylau.figures.models import Contract, Indicator
from baqylau.figures.queries import contracts as queries
from baqylau.figures.rules.spans import Chosen, first_of
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
from baqylau.kernel.figures import Span

PAID = timedelta(days=9)
"""How long before the end of a quarter its bills are paid."""


def write(actor: Actor, quarters: list[Chosen], today: date) -> Contract:
    """The contract that these quarters, and the one that runs, belong to."""
    first_on = quarters[0].first
    running = Chosen(Span.QUARTER, first_of(Span.QUARTER, today))
    last_on = running.period.until - timedelta(days=1) if running.period else today
    with morning_of(first_on):
        contract = _begin(actor, first_on, last_on)
        _promise(actor, contract, [*quarters, running])
        lines = [
            write_line(actor=actor, contract=contract, said=Budgeted(*each[:3], Decimal(each[3])))
            for each in words.LINES
        ]
    for number, quarter in enumerate(quarters):
        _happen(actor, contract, lines, quarter, number)
    _stages(actor, contract, last_on, today)
    return contract


def _begin(actor: Actor, first_on: date, last_on: date) -> Contract:
    terms = Terms(
        f"ОҚУ-{first_on.year}/1",
        *words.SUBJECT,
        *words.CUSTOMER,
        *words.CONTRACTOR,
        first_on - timedelta(days=10),
        first_on,
        last_on,
    )
    return write_contract(actor=actor, terms=terms)


def _promise(actor: Actor, contract: Contract, quarters: list[Chosen]) -> None:
    """Write the indicators that the installed rooms count, and a plan for each quarter."""
    known, amounts = queries.promisable(), dict[int, Decimal | None]()
    for order, (promise, plan) in enumerate(words.PROMISES, start=1):
        if promise.source in known or promise.source == Promise.TYPED:
            row = write_indicator(
                actor=actor, contract=contract, promise=replace(promise, order=order)
            )
            amounts[row.pk] = Decimal(plan)
    for quarter in dict.fromkeys(quarters):
        write_plan(actor=actor, contract=contract, code=quarter.code, amounts=amounts)


def _happen(
    actor: Actor, contract: Contract, lines: list[BudgetLine], quarter: Chosen, number: int
) -> None:
    """The bills of a quarter, and the meetings that were held in it."""
    if quarter.period is None:
        return
    on, shown = quarter.period.until - PAID, Shown(words.PAPER, sheet(), "application/pdf")
    with morning_of(on):
        for line, (_code, _kk, _ru, _plan, spent) in zip(lines, words.LINES, strict=True):
            amount = Decimal(spent) * (100 + 3 * number) / 100
            spend(actor=actor, line=line, on=on, amount=amount, shown=shown)
        held = Decimal(words.HELD[number % len(words.HELD)])
        for row in Indicator.objects.filter(contract=contract, figure=""):
            type_in(actor=actor, indicator=row, code=quarter.code, amount=held, shown=shown)


def _stages(actor: Actor, contract: Contract, last_on: date, today: date) -> None:
    with morning_of(today):
        for days, *labels in words.STAGES:
            due_on = min(contract.first_on + timedelta(days=days), last_on)
            done_on = due_on - timedelta(days=2)
            is_done = done_on < today
            said = Staged(labels[0], labels[1], due_on, done_on if is_done else None)
            write_stage(actor=actor, contract=contract, said=said)
