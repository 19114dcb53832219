"""What those see at the desk who may not open the records: what is owed, and what was published.

Nothing is gated anew for them. Sums that still move would be one more table of the same groups, of
which the engine that chose the published ones knows nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from baqylau.figures.models import Cell, Closing
from baqylau.figures.queries import published
from baqylau.figures.queries.closing import closing_of
from baqylau.figures.queries.published import Number
from baqylau.figures.rules.evaluating import Sums, evaluate
from baqylau.figures.rules.results import Answer, Why, Withheld
from baqylau.figures.rules.spans import Chosen
from baqylau.kernel.figures import Count, Days, Dimension, Figure, Live, Share, Span

Fixed = Mapping[str, Answer]
"""By figure, the wholes that a closed period has published."""


def fixed(figures: Iterable[Figure], chosen: Chosen) -> Fixed:
    """The published wholes of these figures; none while the period is open."""
    wanted = [figure.code for figure in figures if not isinstance(figure.kind, Live)]
    closing = closing_of(chosen) if wanted else None
    if closing is None:
        return {}
    return {each.cell.figure: each.answer for each in published.wholes_of([closing], wanted)}


def fixed_over_time(figure: Figure, periods: Sequence[Chosen]) -> Mapping[date, Answer]:
    """A figure's published wholes of those of the periods (of one kind) that are closed."""
    days = [each.first for each in periods]
    rows = Closing.objects.filter(span=periods[0].span.value, first_on__in=days)
    found = published.wholes_of(list(rows), [figure.code])
    return {each.cell.closing.first_on: each.answer for each in found}


def whole(figure: Figure, sums: Sums, known: Answer | None) -> Answer:
    """A whole: as it was published, else what is owed: counts as they are, no estimates."""
    if known is not None:
        return known
    if isinstance(figure.kind, Share | Days):
        is_public = figure.published is not None
        return Withheld(Why.CLOSED_QUARTERS if is_public else Why.OPENERS)
    return evaluate(figure, sums)


def table(figure: Figure, chosen: Chosen, by: Dimension) -> Sequence[Number] | Why:
    """The published table of a closed quarter, the largest first; else why there is none."""
    if not isinstance(figure.kind, Count | Share) or by.code not in (figure.published or ()):
        return Why.OPENERS
    closing = closing_of(chosen) if chosen.span is Span.QUARTER else None
    if closing is None:
        return Why.CLOSED_QUARTERS
    found = published.table(closing, figure.code, by.code)
    if not found and isinstance(figure.kind, Share):
        # Published over four quarters only.
        return Why.OPENERS
    first = found[0] if found else None
    if first and first.cell.value == Cell.TOGETHER and isinstance(first.answer, Withheld):
        return first.answer.why
    return found
