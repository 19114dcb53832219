"""Published numbers that the records lead elsewhere now: listed, never changed by themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from baqylau.figures.models import Closing
from baqylau.figures.queries import sums as reading
from baqylau.figures.queries.closing import to_publish, whole_of
from baqylau.figures.queries.published import Number, parts_in, wholes_of
from baqylau.figures.rules.answers import as_plain
from baqylau.figures.rules.evaluating import LIVE, Sums, evaluate, measures_of
from baqylau.figures.rules.results import Answer
from baqylau.kernel.figures import Days, Figure, Live, Span

ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moved:
    """A published whole or part, and what the records lead to now."""

    number: Number
    now: Answer


def moved(closings: Sequence[Closing]) -> list[Moved]:
    """The wholes of these periods that would be others today; a few questions, however many.

    Of figures whose records are public the parts too, but for medians, of which only the whole is.
    A number that was asked at its moment is what it was, and a figure that is no longer installed
    cannot be counted: neither is listed.
    """
    known = {each.code: each for each in to_publish() if not isinstance(each.kind, Live)}
    found = wholes_of(closings, known)
    read = {
        span: _sums(span, [each.first_on for each in closings if each.span == span.value], known)
        for span in Span
    }
    return [*_compared(found, read, known), *_parts(closings, known)]


Read = Mapping[date, Mapping[str, Sums]]
"""By the first day of a period, then by figure."""


def _compared(
    found: Sequence[Number], read: Mapping[Span, Read], known: Mapping[str, Figure]
) -> Iterator[Moved]:
    for number in found:
        cell = number.cell
        sums = read[Span(cell.closing.span)][cell.closing.first_on][cell.figure]
        now = whole_of(known[cell.figure], sums)
        if as_plain(now) != as_plain(number.answer):
            yield Moved(number, now)


def _parts(closings: Sequence[Closing], known: Mapping[str, Figure]) -> Iterator[Moved]:
    public = {
        code: each
        for code, each in known.items()
        if each.has_public_records and not isinstance(each.kind, Days)
    }
    measures = {measure for figure in public.values() for measure in measures_of(figure)}
    read: dict[Span, Mapping[tuple[date, str, str], Mapping[str, int]]] = {}
    for span in {Span(each.span) for each in closings}:
        days = [each.first_on for each in closings if each.span == span.value]
        read[span] = reading.parts_over_time(measures, span, min(days), max(days) + ONE)
    for number in parts_in(closings, public):
        cell = number.cell
        place = cell.closing.first_on, cell.dimension, cell.value
        now = evaluate(public[cell.figure], Sums(read[Span(cell.closing.span)].get(place, {})))
        if as_plain(now) != as_plain(number.answer):
            yield Moved(number, now)


def _sums(span: Span, days: Sequence[date], known: Mapping[str, Figure]) -> Read:
    """The sums of each figure for the periods that begin on the days."""
    if not days:
        return {}
    window = (span, min(days), max(days) + ONE)
    measures = {measure for figure in known.values() for measure in measures_of(figure)} - {LIVE}
    counted = reading.over_time(measures, *window)
    sized = {
        code: reading.sizes_over_time(figure.kind.measure, *window)
        for code, figure in known.items()
        if isinstance(figure.kind, Days)
    }
    return {
        day: {code: Sums(counted.get(day, {}), sized.get(code, {}).get(day, {})) for code in known}
        for day in days
    }
