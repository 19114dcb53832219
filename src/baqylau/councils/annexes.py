"""What the module tells in an account to the commissioner: documents and what became of them."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from baqylau.councils.queries.recommendations import public
from baqylau.councils.taxonomy import State
from baqylau.institutions.labels import name
from baqylau.kernel.modules import Annex
from baqylau.kernel.period import Period

Cell = str | int | date | None


def recommendations(period: Period) -> Iterator[tuple[Cell, ...]]:
    """The recommendations of the period: number, body, when sent, where it stands, answered."""
    rows = public().filter(written_on__gte=period.first, written_on__lt=period.until)
    for row in rows.select_related("institution").order_by("written_on", "pk"):
        state = State(row.state).label
        yield row.number, str(name(row.institution)), row.sent_on, str(state), row.answered_on


RECOMMENDATIONS = Annex(
    "councils.recommendations",
    _("Recommendations sent to bodies"),
    (_("Number"), _("Body"), _("Sent"), _("Where it stands"), _("Answered")),
    recommendations,
    order=50,
)
ANNEXES = (RECOMMENDATIONS,)
