"""What the room shows on pages of others: home, the desk's search, the tile map's values."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baqylau.institutions import access, labels, queries
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Hit
from baqylau.kernel.permissions import may_somewhere
from baqylau.territories.labels import full_name
from baqylau.territories.rules import TileValue

ROOMS_AT_HOME = 3
"""Reception rooms on the home page; the page of rooms has them all."""
LEVELS = 4


def search(actor: Actor, query: str) -> Sequence[Hit]:
    """Bodies for the desk's search."""
    if not may_somewhere(actor, access.SEE):
        return ()
    found = queries.listing(queries.Wanted(query=query), clock.today())[: queries.FOUND]
    return [
        Hit(
            label=labels.name(body).text,
            url=reverse("institution_desk", args=[body.code]),
            kind=body.get_kind_display(),
            note=full_name(body.district),
        )
        for body in found
    ]


def tile_values(day: date) -> Mapping[str, TileValue]:
    """How many bodies each district has; deeper colour for more."""
    counts = queries.counts_by_district(day)
    most = max(counts.values(), default=1)
    return {kato: _tile(kato, count, most) for kato, count in counts.items()}


def _tile(kato: str, count: int, most: int) -> TileValue:
    words = ngettext("%(count)s institution", "%(count)s institutions", count)
    return TileValue(
        number=str(count),
        sentence=words % {"count": count},
        url=reverse("district", args=[kato]),
        level=min(LEVELS, 1 + count * LEVELS // (most + 1)),
    )


def home() -> Mapping[str, Mapping[str, object]]:
    """Rooms with hours and phones, then the map; nothing when there is nothing to show."""
    today = clock.today()
    rooms, values = queries.receptions(today), tile_values(today)
    if not rooms and not values:
        return {}
    context = {
        "order": 20,
        "rooms": rooms[:ROOMS_AT_HOME],
        "values": values,
        "caption": _("Institutions that we know, by district"),
    }
    return {"institutions/home.html": context}
