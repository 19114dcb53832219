"""The offices that have numbers of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from baqylau.accountability.queries.periods import Closed
from baqylau.figures.queries import published
from baqylau.institutions import queries as institutions
from baqylau.institutions.models import Institution, InstitutionQuerySet, Kind
from baqylau.kernel import clock
from baqylau.territories.labels import full_name
from baqylau.territories.queries import districts

LIMIT = 200
"""Characters of a query that are read."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty means all."""

    query: str = ""
    kind: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class Offices:
    """The rows, and what may be chosen: each choice with its name and whether it is chosen."""

    rows: InstitutionQuerySet
    kinds: Sequence[tuple[str, str, bool]]
    districts: Sequence[tuple[str, str, bool]]


def offices(closed: Closed, wanted: Wanted) -> Offices:
    """The offices of a closed quarter in alphabetical order, whether or not they still exist."""
    codes = published.values("body", closed.closing)
    there = Institution.objects.filter(code__in=codes).order_by()
    kinds = set(there.values_list("kind", flat=True))
    places = set(there.values_list("district", flat=True))
    asked = institutions.Wanted(
        query=wanted.query,
        kind=wanted.kind if wanted.kind in kinds else "",
        district=wanted.district if wanted.district in places else "",
        state="all",
    )
    return Offices(
        institutions.listing(asked, clock.today()).filter(code__in=codes),
        [
            (each.value, str(each.label), each.value == asked.kind)
            for each in Kind
            if each.value in kinds
        ],
        [
            (unit.kato, full_name(unit), unit.kato == asked.district)
            for unit in districts()
            if unit.kato in places
        ],
    )
