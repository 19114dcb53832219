"""What the page, the files and the chart of one published number are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from baqylau.accountability.queries.periods import Closed, NotClosedError, closed
from baqylau.accountability.queries.tables import PublishedTable, tables
from baqylau.figures.queries import published
from baqylau.figures.queries.closing import to_publish
from baqylau.figures.queries.definitions import UnknownFigureError
from baqylau.figures.queries.pages import Row
from baqylau.figures.queries.published import Number
from baqylau.figures.rules.results import Answer
from baqylau.figures.rules.spans import Chosen
from baqylau.kernel.figures import Figure

POINTS = 12
"""Closed periods of a chart."""


@dataclass(frozen=True, slots=True)
class Page:
    """A figure in a closed period: all that was published, and the same whole in periods before.

    `corrected` are the whole and the parts that were corrected.
    """

    figure: Figure
    closed: Closed
    whole: Number
    tables: Sequence[PublishedTable]
    past: Sequence[Number]
    corrected: Sequence[Number]

    @property
    def points(self) -> list[tuple[Chosen, Row]]:
        """The wholes of the periods up to this one, as charts take them."""
        return [
            (chosen, Row(chosen.code, "", each.answer))
            for each in self.past
            for chosen in (published.chosen_of(each.cell.closing),)
        ]

    @property
    def before(self) -> Answer | None:
        """The number of the period right before, None where it was not closed."""
        period = self.closed.chosen.period
        for chosen, row in self.points[-2:-1]:
            if chosen.period and period and chosen.period.until == period.first:
                return row.answer
        return None

    def table(self, code: str) -> PublishedTable:
        """The table with the code. Raises: UnknownTableError."""
        for each in self.tables:
            if each.code == code:
                return each
        raise UnknownTableError(_("This number was not published by such groups."))


class UnknownTableError(UnknownFigureError):
    """The number was not published by these groups."""


def public_figure(code: str) -> Figure:
    """A figure that the public sees. Raises: UnknownFigureError."""
    for each in to_publish():
        if each.code == code:
            return each
    raise UnknownFigureError(_("No number is called so. All of them are on the page of our work."))


def page(code: str, period: str) -> Page:
    """A figure in a closed period.

    Raises: UnknownFigureError, UnknownPeriodError, NotClosedError.
    """
    figure, when = public_figure(code), closed(period)
    found = published.of_figure(when.closing, figure.code)
    wholes = [each for each in found if not each.cell.dimension and each.cell.window == "own"]
    if not wholes:
        raise NotClosedError(
            _("This number was not counted yet when the period was closed: %(period)s.")
            % {"period": when.name}
        )
    past = published.history(figure.code, when.closing, POINTS)
    corrected = [each for each in found if each.corrections]
    return Page(figure, when, wholes[0], tables(figure, found), past, corrected)
