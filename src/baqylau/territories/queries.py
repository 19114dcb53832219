"""Which units there are."""

from datetime import date

from django.utils.translation import gettext as _

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.territories.labels import language
from baqylau.territories.models import Level, Territory


class UnknownTerritoryError(DomainError):
    """There is no such unit."""

    code = "unknown"
    status = 404


def districts(day: date | None = None) -> list[Territory]:
    """The districts and cities that exist on the day (today), in alphabetical order."""
    found = Territory.objects.on(day or clock.today())
    levels = (Level.DISTRICT, Level.CITY)
    return list(found.filter(level__in=levels).order_by(f"sort_{language()}", "kato"))


def oblasts(day: date | None = None) -> list[Territory]:
    """The oblasts that exist on the day (today): where nobody said which district."""
    found = Territory.objects.on(day or clock.today()).filter(level=Level.OBLAST)
    return list(found.order_by(f"sort_{language()}", "kato"))


def district(kato: str) -> Territory:
    """The unit with the code, whether or not it still exists. Raises: UnknownTerritoryError."""
    found = Territory.objects.filter(kato=kato).first()
    if found is None:
        raise UnknownTerritoryError(_("There is no such district."))
    return found


def tiles(day: date | None = None) -> list[Territory]:
    """The units of the tile map that exist on the day, row by row from the north-west."""
    return list(Territory.objects.on(day or clock.today()).tiles().order_by("row", "column"))
