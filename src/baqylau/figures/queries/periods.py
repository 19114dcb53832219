"""Periods: which run, which are over, which are closed, and which have to be closed before."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from baqylau.figures.models import Closing, Tally
from baqylau.figures.models.closings import CLOSED_SPANS
from baqylau.figures.queries.moving import moved
from baqylau.figures.queries.preparing import published_measures
from baqylau.figures.queries.published import corrections
from baqylau.figures.rules.spans import Chosen, all_of
from baqylau.kernel.figures import Span


@dataclass(frozen=True, slots=True)
class Standing:
    """A period and where it is; `moved` are the numbers that the records lead elsewhere now."""

    chosen: Chosen
    is_over: bool
    has_data: bool
    closing: Closing | None = None
    corrections: int = 0
    moved: int = 0

    @property
    def is_waiting(self) -> bool:
        """Whether it is over, holds something, and is not closed."""
        return self.is_over and self.has_data and self.closing is None


def with_data(span: Span) -> set[date]:
    """The first days of the periods in which something was counted that the public sees."""
    rows = Tally.objects.filter(
        measure__in=published_measures(), dimension="", span=span.value, value=""
    )
    return set(rows.values_list("first_on", flat=True))


def _closed(span: Span) -> dict[date, Closing]:
    return {each.first_on: each for each in Closing.objects.filter(span=span.value)}


def standings(today: date) -> dict[Span, list[Standing]]:
    """Every period from the first record to today, and each that is closed; the newest first."""
    closed = {span: _closed(span) for span in CLOSED_SPANS}
    every = [each for found in closed.values() for each in found.values()]
    corrected = Counter(corrections().values_list("cell__closing_id", flat=True))
    elsewhere = Counter(each.number.cell.closing_id for each in moved(every))
    return {
        span: _standings(span, today, closed[span], corrected, elsewhere) for span in CLOSED_SPANS
    }


def _standings(
    span: Span,
    today: date,
    closed: Mapping[date, Closing],
    corrected: Mapping[int, int],
    elsewhere: Mapping[int, int],
) -> list[Standing]:
    data = with_data(span)
    first = min(data | closed.keys(), default=today)
    last = max((*closed, today))
    found = []
    for chosen in all_of(span, first, last):
        closing = closed.get(chosen.first)
        key = closing.pk if closing else 0
        found.append(
            Standing(
                chosen,
                chosen.is_over(today),
                chosen.first in data,
                closing,
                corrected.get(key, 0),
                elsewhere.get(key, 0),
            )
        )
    return found


def open_quarters(until: date) -> list[Chosen]:
    """The quarters that end by the day, hold something and are not closed, the oldest first."""
    left = with_data(Span.QUARTER) - _closed(Span.QUARTER).keys()
    found = [Chosen(Span.QUARTER, first) for first in sorted(left)]
    return [each for each in found if each.is_over(until)]


def in_the_way(chosen: Chosen) -> Chosen | None:
    """The quarter that has to be closed before this period; None when there is none.

    A quarter comes after every earlier one, because its tables tell of four quarters together; a
    year after its own, because together with the others it tells what is in the one left open.
    """
    if chosen.period is None or chosen.span not in {Span.QUARTER, Span.YEAR}:
        return None
    before = open_quarters(chosen.period.until if chosen.span is Span.YEAR else chosen.first)
    inside = [each for each in before if chosen.span is Span.QUARTER or each.first >= chosen.first]
    return inside[0] if inside else None


def latest(standing: Mapping[Span, Sequence[Standing]]) -> Standing | None:
    """The oldest quarter that waits to be closed."""
    waiting = [each for each in standing.get(Span.QUARTER, ()) if each.is_waiting]
    return waiting[-1] if waiting else None
