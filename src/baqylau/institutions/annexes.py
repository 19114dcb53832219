"""What this room tells in an account to the commissioner: where people were received."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baqylau.institutions.labels import name
from baqylau.institutions.models import ServicePoint
from baqylau.kernel.modules import Annex
from baqylau.kernel.period import Period
from baqylau.territories.labels import full_name


def rooms(period: Period) -> Iterator[tuple[str, str, date | None]]:
    """The reception rooms that were open on some day of the period: name, district, since when."""
    begun = Q(first_on=None) | Q(first_on__lt=period.until)
    not_ended = Q(until_on=None) | Q(until_on__gt=period.first)
    rows = ServicePoint.objects.receptions().filter(begun, not_ended)
    for row in rows.select_related("district").order_by("district_id", "pk"):
        yield str(name(row)), full_name(row.district), row.first_on


ROOMS = Annex(
    "institutions.rooms",
    _("Reception rooms that were open"),
    (_("Reception room"), _("District"), _("Open since")),
    rooms,
    order=30,
)
