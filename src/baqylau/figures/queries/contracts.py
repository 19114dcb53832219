"""A contract as it stands: its periods, its plan, and the facts beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from baqylau.figures.models import Contract, Indicator, Plan, TypedFact
from baqylau.figures.queries import pages, published
from baqylau.figures.queries.closing import closing_of, to_publish
from baqylau.figures.queries.definitions import figures
from baqylau.figures.rules.evaluating import Sums, evaluate
from baqylau.figures.rules.plans import Compared, compare, planned_periods, so_far, within
from baqylau.figures.rules.results import Answer, Exact, Why, Withheld
from baqylau.figures.rules.spans import Chosen, all_of
from baqylau.kernel.errors import DomainError
from baqylau.kernel.figures import Count, Dimension, Figure, Span
from baqylau.kernel.period import Period


class UnknownContractError(DomainError):
    """There is no such contract, or nothing of the kind in it."""

    code = "unknown"
    status = 404


def contracts() -> QuerySet[Contract]:
    """All contracts, the newest first."""
    return Contract.objects.order_by("-first_on", "-pk")


def contract(pk: int) -> Contract:
    """The contract. Raises: UnknownContractError."""
    found = Contract.objects.filter(pk=pk).first()
    if found is None:
        raise UnknownContractError(_("There is no such contract."))
    return found


def indicators_of(of: Contract) -> list[Indicator]:
    """The indicators of a contract in their order."""
    return list(Indicator.objects.filter(contract=of).order_by("order", "code"))


def indicator(of: Contract, pk: int) -> Indicator:
    """One of them. Raises: UnknownContractError."""
    found = Indicator.objects.filter(contract=of, pk=pk).select_related("contract").first()
    if found is None:
        raise UnknownContractError(_("There is no such indicator in this contract."))
    return found


def days_of(of: Contract) -> Period:
    """The days of a contract."""
    return Period(of.first_on, of.until_on)


def periods_of(of: Contract) -> list[Chosen]:
    """The periods that are planned."""
    codes = Plan.objects.filter(indicator__contract=of).values_list("period", flat=True)
    return planned_periods(codes.distinct())


def periods_to_plan(of: Contract) -> list[Chosen]:
    """Every quarter, month and year that lies in the contract."""
    days = within(days_of(of))
    last = days.until.fromordinal(days.until.toordinal() - 1)
    return [
        each
        for span in (Span.QUARTER, Span.MONTH, Span.YEAR)
        for each in reversed(list(all_of(span, days.first, last)))
        if each.period and days.first <= each.period.first and each.period.until <= days.until
    ]


def promisable() -> dict[str, Figure]:
    """Figures that an indicator may be: those that are fixed when their period is closed."""
    return {each.code: each for each in to_publish()}


def published_dimension(of: Figure, code: str) -> Dimension | None:
    """The dimension with the code if the public sees the figure by it."""
    for each in of.dimensions:
        if each.code == code and code in (of.published or ()):
            return each
    return None


def facts_of(of: Indicator) -> QuerySet[TypedFact]:
    """All that was typed in for an indicator, the newest first."""
    return TypedFact.objects.filter(indicator=of).order_by("-period", "-version")


def typed_fact(of: Contract, pk: int) -> TypedFact:
    """One of them, with its file. Raises: UnknownContractError."""
    rows = TypedFact.objects.filter(indicator__contract=of, pk=pk).select_related("file")
    found = rows.first()
    if found is None:
        raise UnknownContractError(_("There is no such document in this contract."))
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in a period: plan, fact, and what they say of each other.

    `answer` is a number that was counted, `typed` one that was typed in; `number` the published
    cell, None while the period is open.
    """

    indicator: Indicator
    figure: Figure | None
    plan: Decimal | None
    answer: Answer | None
    typed: TypedFact | None
    number: published.Number | None
    compared: Compared

    @property
    def is_recomputable(self) -> bool:
        """Whether records lie behind it."""
        return bool(self.indicator.figure)


def lines(of: Contract, asked: pages.Asked) -> list[Line]:
    """Every indicator of a contract in a period, through the eyes of who asks.

    A closed period gives what was published; an open one what is counted now, through the gate.
    """
    rows = indicators_of(of)
    plans = dict(
        Plan.objects.filter(indicator__in=rows, period=asked.chosen.code).values_list(
            "indicator", "amount"
        )
    )
    typed = _typed(rows, asked.chosen)
    numbers = _numbers(rows, asked.chosen)
    known = {each.code: each for each in figures()}
    found = [
        _line(row, known.get(row.figure), plans.get(row.pk), typed.get(row.pk), numbers, asked)
        for row in rows
    ]
    if asked.chosen.is_over(asked.today):
        return found
    return [replace(line, compared=so_far(line.compared)) for line in found]


Place = tuple[str, str, str]
"""A figure, a dimension, a value."""


def _numbers(rows: Sequence[Indicator], chosen: Chosen) -> dict[Place, published.Number] | None:
    """The published numbers of these indicators and their wholes; None while the period is open."""
    closing = closing_of(chosen)
    if closing is None:
        return None
    wanted = {row.figure for row in rows if row.figure}
    places = {(row.figure, row.dimension, row.value) for row in rows}
    places |= {(row.figure, "", "") for row in rows}
    found = {
        (each.cell.figure, each.cell.dimension, each.cell.value): each
        for each in published.of_figures(closing, wanted)
    }
    return {place: number for place, number in found.items() if place in places}


def _typed(rows: Sequence[Indicator], chosen: Chosen) -> dict[int, TypedFact]:
    found = TypedFact.objects.filter(indicator__in=rows, period=chosen.code)
    return {fact.indicator_id: fact for fact in found.order_by("version")}


def _line(
    row: Indicator,
    figure: Figure | None,
    plan: Decimal | None,
    typed: TypedFact | None,
    numbers: dict[Place, published.Number] | None,
    asked: pages.Asked,
) -> Line:
    if not row.figure:
        amount = typed.amount if typed else None
        return Line(row, None, plan, None, typed, None, compare(plan, amount))
    if figure is None:
        # Its room has been taken out: what was published stands, nothing else is known.
        number = (numbers or {}).get((row.figure, row.dimension, row.value))
        answer: Answer = number.answer if number else Withheld(Why.NOTHING)
        return Line(row, None, plan, answer, None, number, compare(plan, answer))
    number = None
    if numbers is None:
        answer = counted_now(row, figure, asked)
    else:
        number = numbers.get((row.figure, row.dimension, row.value))
        answer = number.answer if number else _missing(row, figure, numbers, asked.chosen)
    return Line(row, figure, plan, answer, None, number, compare(plan, answer))


def _missing(
    row: Indicator, figure: Figure, numbers: dict[Place, published.Number], chosen: Chosen
) -> Answer:
    """What stands for a number that a closed period does not have.

    Parts are published for quarters, small ones never; of public records all, except for nothing.
    """
    if not row.dimension:
        return Withheld(Why.NOTHING)
    if figure.has_public_records:
        was_counted = (row.figure, "", "") in numbers
        return evaluate(figure, Sums()) if was_counted else Withheld(Why.NOTHING)
    return Withheld(Why.SMALL if chosen.span is Span.QUARTER else Why.CLOSED_QUARTERS)


def counted_now(row: Indicator, figure: Figure, asked: pages.Asked) -> Answer:
    """What is counted up to now in a period that is open.

    A part is shown to those who may open its records only: through two gates, this one and that of
    the closing, somebody could see more than through one.
    """
    if not row.dimension:
        return pages.whole(figure, asked).answer
    if not asked.is_open(figure):
        return Withheld(Why.CLOSED_QUARTERS)
    table = pages.table(figure, asked, row.dimension, is_all=True)
    found = {each.value: each.answer for each in table.rows}
    return found.get(row.value, evaluate(figure, Sums()))


@dataclass(frozen=True, slots=True)
class Total:
    """All planned periods of a contract together; `fact` is None where numbers cannot be added."""

    indicator: Indicator
    plan: Decimal | None
    fact: Decimal | None
    compared: Compared


def totals(of: Contract, by_period: Sequence[Sequence[Line]]) -> list[Total]:
    """Plan and fact over all periods: of exact counts and of what is typed in, nothing else."""
    return [_total(row, by_period) for row in indicators_of(of)]


def _total(row: Indicator, by_period: Sequence[Sequence[Line]]) -> Total:
    own = [line for lines_ in by_period for line in lines_ if line.indicator.pk == row.pk]
    adds = all(
        isinstance(line.answer, Exact) or (line.answer is None and line.figure is None)
        for line in own
    )
    is_count = not own or own[0].figure is None or isinstance(own[0].figure.kind, Count)
    if not own or not adds or not is_count:
        return Total(row, None, None, compare(None, None))
    plan = sum((line.plan for line in own if line.plan is not None), Decimal())
    fact = sum((_amount(line) for line in own), Decimal())
    return Total(row, plan, fact, compare(plan, fact))


def _amount(line: Line) -> Decimal:
    if line.typed:
        return line.typed.amount
    return Decimal(line.answer.number) if isinstance(line.answer, Exact) else Decimal()
