"""Which bodies, points and ties there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from baqylau.institutions.models import (
    Institution,
    InstitutionQuerySet,
    Interest,
    PointQuerySet,
    ServicePoint,
    Tie,
)
from baqylau.institutions.rules import search_words
from baqylau.kernel.errors import DomainError
from baqylau.territories.labels import language
from baqylau.territories.models import Territory

FOUND = 10
"""Rows that the desk's search gets."""


class UnknownInstitutionError(DomainError):
    """There is no such body, point or tie."""

    code = "unknown"
    status = 404


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows; empty means all. `state` is open, closed or all."""

    query: str = ""
    kind: str = ""
    district: str = ""
    ownership: str = ""
    state: str = "open"


def listing(wanted: Wanted, day: date) -> InstitutionQuerySet:
    """The bodies that are wanted, in alphabetical order, each with its district."""
    found = Institution.objects.select_related("district")
    if wanted.state == "open":
        found = found.open_on(day)
    elif wanted.state == "closed":
        found = found.exclude(pk__in=Institution.objects.open_on(day).values("pk"))
    exact = {"kind": wanted.kind, "district": wanted.district, "ownership": wanted.ownership}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    return found.matching(search_words(wanted.query)).order_by(f"sort_{language()}", "id")


def institution(code: str) -> Institution:
    """The body with its district and successor. Raises: UnknownInstitutionError."""
    found = Institution.objects.select_related("district", "successor").filter(code=code).first()
    if found is None:
        raise UnknownInstitutionError(_("There is no such institution."))
    return found


def facts_of(code: str, day: date) -> tuple[object, ...]:
    """Every column of the body, of those before and after it, and of its points; three queries.

    Whoever keeps a page about the body asks whether any of it has changed. The day is in it, for
    a point opens and a body ends on a day.
    """
    own = Institution.objects.filter(code=code).values().first()
    if own is None:
        return (day,)
    near = Q(pk=own["successor_id"]) | Q(successor=own["id"])
    points = ServicePoint.objects.filter(institution=own["id"])
    return (
        day,
        own,
        list(Institution.objects.filter(near).order_by("id").values_list()),
        list(points.order_by("id").values_list()),
    )


def point(code: str) -> ServicePoint:
    """The point with its body and district. Raises: UnknownInstitutionError."""
    points = ServicePoint.objects.select_related("institution", "district")
    found = points.filter(code=code).first()
    if found is None:
        raise UnknownInstitutionError(_("There is no such service point."))
    return found


def interest(pk: int) -> Interest:
    """The tie with its body. Raises: UnknownInstitutionError."""
    found = Interest.objects.select_related("institution").filter(pk=pk).first()
    if found is None:
        raise UnknownInstitutionError(_("There is no such tie."))
    return found


def predecessors(of: Institution) -> list[Institution]:
    """The bodies that this one took over from."""
    return list(Institution.objects.filter(successor=of).order_by("until_on", "id"))


def points_of(of: Institution, day: date | None = None) -> PointQuerySet:
    """The body's points, the open ones only when a day is given."""
    points = ServicePoint.objects.filter(institution=of).select_related("district")
    return (points.open_on(day) if day else points).order_by("kind", "id")


def interests_of(of: Institution) -> list[Interest]:
    """Every tie with the body, the present ones first."""
    ties = Interest.objects.filter(Q(institution=of) | Q(other=of))
    return list(ties.select_related("other", "institution").order_by("-until_on", "id"))


def receptions(day: date, district: str = "") -> list[ServicePoint]:
    """The programme's rooms that are open on the day, standing ones before travelling ones."""
    rooms = ServicePoint.objects.open_on(day).receptions()
    if district:
        rooms = rooms.filter(district=district)
    rooms = rooms.select_related("district", "institution")
    return list(rooms.order_by("kind", f"district__sort_{language()}", "id"))


def branches(day: date, district: str) -> list[ServicePoint]:
    """The branches in the district that are open on the day."""
    points = ServicePoint.objects.open_on(day).filter(district=district, kind="branch")
    return list(points.select_related("district", "institution").order_by("institution_id", "id"))


def counts_by_district(day: date) -> Mapping[str, int]:
    """How many bodies exist on the day, by the code of the district."""
    rows = Institution.objects.open_on(day).order_by().values_list("district")
    return dict(rows.annotate(number=Count("id")))


def counts_by_kind(day: date, district: str) -> list[tuple[str, int]]:
    """How many bodies of each kind the district has on the day, most first."""
    rows = Institution.objects.open_on(day).filter(district=district).order_by()
    counted = rows.values_list("kind").annotate(number=Count("id"))
    return sorted(counted, key=lambda row: (-row[1], row[0]))


def tied_to(person: str, day: date) -> frozenset[int]:
    """Ids of the bodies that the person must not judge on the day.

    Those that they are tied to themselves, and those that own or are owned by one of these.
    """
    own = set(
        Interest.objects.open_on(day).filter(person=person).values_list("institution", flat=True)
    )
    if not own:
        return frozenset()
    near = Interest.objects.open_on(day).filter(
        tie__in=(Tie.OWNS, Tie.BELONGS), other__isnull=False
    )
    pairs = near.filter(Q(institution__in=own) | Q(other__in=own))
    return frozenset(own.union(*pairs.values_list("institution", "other")))


def territories_by_name() -> dict[str, Territory]:
    """The districts by code and by each of their names in small letters, for reading tables."""
    found: dict[str, Territory] = {}
    for unit in Territory.objects.exclude(parent=None):
        names = [unit.kato]
        names += [getattr(unit, f"{part}_{code}") for part in ("name", "full") for code in CODES]
        found |= {name.casefold(): unit for name in names}
    return found


CODES = ("kk", "ru", "en")
