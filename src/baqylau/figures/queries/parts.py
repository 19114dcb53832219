"""A figure by the values of a dimension, as its records are: exact, for those who may see that."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from baqylau.figures.models import Window
from baqylau.figures.queries import sums as reading
from baqylau.figures.rules.answers import as_plain
from baqylau.figures.rules.evaluating import LIVE, Sums, evaluate, measures_of
from baqylau.figures.rules.results import Answer
from baqylau.figures.rules.sealing import Published
from baqylau.figures.rules.spans import Chosen
from baqylau.kernel.figures import Days, Dimension, Figure, Live


def sums_by(figure: Figure, chosen: Chosen, by: Dimension, today: date) -> reading.ByValue:
    """The sums by value, with a row for what is not stated and, in a closed list, for nothing."""
    if isinstance(figure.kind, Live):
        live = figure.kind.count(today, by.code)
        found = {value: {LIVE: number} for value, number in live.items()}
    else:
        found = reading.by_value(measures_of(figure), chosen, by.code)
    for value in by.values() if by.values else ():
        found.setdefault(value, {})
    return found


def sizes_by(
    figure: Figure, chosen: Chosen, by: Dimension, values: Sequence[str]
) -> Mapping[str, Mapping[int, int]]:
    """The histograms of the values; none for what has no sizes."""
    if not isinstance(figure.kind, Days):
        return {}
    return reading.sizes(figure.kind.measure, chosen, by.code, values)


def answers_by(figure: Figure, chosen: Chosen, by: Dimension, today: date) -> dict[str, Answer]:
    """The exact answer for each value."""
    cells = sums_by(figure, chosen, by, today)
    by_size = sizes_by(figure, chosen, by, sorted(cells))
    return {
        value: evaluate(figure, Sums(found, by_size.get(value, {})))
        for value, found in cells.items()
    }


def exact_tables(figures: Sequence[Figure], chosen: Chosen, today: date) -> Iterator[Published]:
    """The tables of figures whose records are public: every value as it is, nothing hidden."""
    for figure in figures:
        for by in figure.dimensions if figure.has_public_records else ():
            if by.code not in (figure.published or ()):
                continue
            for value, answer in sorted(answers_by(figure, chosen, by, today).items()):
                place = figure.code, Window.OWN.value, by.code, value
                yield Published(*place, as_plain(answer))
