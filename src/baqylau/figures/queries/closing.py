"""What the closing of a period would publish."""

from collections.abc import Iterator
from datetime import date

from baqylau.figures.models import Cell, Closing, Window
from baqylau.figures.queries import sums as reading
from baqylau.figures.queries.definitions import figures
from baqylau.figures.rules.answers import as_plain
from baqylau.figures.rules.evaluating import LIVE, Sums, evaluate, measures_of
from baqylau.figures.rules.gate import gate
from baqylau.figures.rules.results import Answer, Rounded, Why, Withheld
from baqylau.figures.rules.sealing import Published
from baqylau.figures.rules.spans import Chosen
from baqylau.kernel.figures import Count, Days, Dimension, Figure, Live, Span

OWN = Window.OWN.value


def closing_of(chosen: Chosen) -> Closing | None:
    """How the period was closed; None while it is open."""
    rows = Closing.objects.filter(span=chosen.span.value, first_on=chosen.first)
    return rows.first()


def to_publish() -> list[Figure]:
    """The figures that the public sees."""
    return [each for each in figures() if each.published is not None]


def cells(chosen: Chosen, today: date) -> list[Published]:
    """Every cell that closing the period would publish; tables for quarters only."""
    found = []
    for figure in to_publish():
        found.append(Published(figure.code, OWN, "", "", as_plain(whole(figure, chosen, today))))
        if chosen.span is Span.QUARTER:
            found += _tables(figure, chosen)
    return found


def whole(figure: Figure, chosen: Chosen, today: date) -> Answer:
    """A figure's whole as it is owed: exact, counted now."""
    if isinstance(figure.kind, Live):
        found = {LIVE: figure.kind.count(today, "").get("", 0)}
        return evaluate(figure, Sums(found))
    found = reading.by_value(measures_of(figure), chosen).get("", {})
    is_sized = isinstance(figure.kind, Days)
    by_size = reading.sizes(measures_of(figure)[0], chosen).get("", {}) if is_sized else {}
    return whole_of(figure, Sums(found, by_size))


def whole_of(figure: Figure, sums: Sums) -> Answer:
    """A figure's whole from its sums, as it is published."""
    return evaluate(figure, sums)


def _tables(figure: Figure, chosen: Chosen) -> Iterator[Published]:
    if not isinstance(figure.kind, Count):
        return
    for by in figure.dimensions:
        if by.code in (figure.published or ()):
            yield from _table(figure, chosen, by)


def _table(figure: Figure, chosen: Chosen, by: Dimension) -> Iterator[Published]:
    """The table by a dimension through the gate."""
    measure = measures_of(figure)[0]
    rows = reading.by_value([measure], chosen, by.code)
    counts = dict.fromkeys(by.values() if by.values else (), 0)
    counts |= {value: found[measure] for value, found in rows.items()}
    gated = gate(counts)
    for value, number in gated.shown.items():
        yield Published(figure.code, OWN, by.code, value, as_plain(Rounded(number)))
    if gated.hidden:
        is_refused = not gated.shown
        why = Why.NARROW if is_refused else Why.SMALL
        answer = Withheld(why) if gated.together is None else Rounded(gated.together)
        yield Published(
            figure.code, OWN, by.code, Cell.TOGETHER, as_plain(answer), len(gated.hidden)
        )
