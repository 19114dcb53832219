"""What is counted of events besides whom they reached."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.access import Actor
from baqylau.kernel.figures import Dimension, Figure, Live, Slice
from baqylau.kernel.permissions import may
from baqylau.outreach.access import CHECK
from baqylau.outreach.models import DoubtKind
from baqylau.outreach.queries.doubts import open_by_kind


def count_doubts(_today: date, dimension: str) -> Mapping[str, int]:
    """Doubts that wait for somebody who looks."""
    counts = open_by_kind()
    return counts if dimension == KIND.code else {"": sum(counts.values())}


def _names(codes: Sequence[str]) -> Mapping[str, object]:
    return {code: DoubtKind(code).label for code in codes if code in DoubtKind.values}


def _list(actor: Actor, asked: Slice) -> str | None:
    return reverse("doubts_desk") if not asked.dimension and may(actor, CHECK) else None


KIND = Dimension("doubt", _("Why"), _names, lambda: tuple(DoubtKind.values))

FIGURES = (
    Figure(
        code="outreach.doubts",
        label=_("Events that somebody should look at"),
        sentence=_(
            "Doubts about events that wait for a person: the same picture twice, one speaker at "
            "two places, round headcounts, more people than an institution has, late reports. A "
            "doubt is a question, not a finding. Asked from the list of doubts at this moment."
        ),
        population=_("Doubts that wait"),
        unit=_("doubts"),
        kind=Live(count_doubts),
        action=CHECK,
        dimensions=(KIND,),
        records=_list,
        order=62,
    ),
)
