"""Offices that a reporter may mean: of thousands, those whose name begins with what was typed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from baqylau.institutions.labels import Said, name
from baqylau.institutions.models import Institution
from baqylau.institutions.queries import Wanted, listing
from baqylau.institutions.rules import search_words
from baqylau.kernel import clock
from baqylau.territories.labels import full_name
from baqylau.territories.models import Territory
from baqylau.territories.queries import districts

FOUND = 12
"""Offices that are shown for one search."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office of the register: code, name, district."""

    code: str
    name: Said
    district: str


def found(query: str, district: str = "") -> list[Office]:
    """Offices by their name, those of the district first; a few of many."""
    words = query.strip()
    if not search_words(words):
        return []
    today = clock.today()
    near = list(listing(Wanted(words, district=district), today)[:FOUND]) if district else []
    known = {row.pk for row in near}
    rest = listing(Wanted(words), today).exclude(pk__in=known)[: FOUND - len(near)]
    return [_office(row) for row in [*near, *rest]]


def offices(codes: Collection[str]) -> list[Office]:
    """The offices with these codes, in alphabetical order; unknown codes are left out."""
    if not codes:
        return []
    rows = Institution.objects.select_related("district").filter(code__in=codes)
    return [_office(row) for row in rows.order_by("sort_kk", "id")]


def ids(codes: Collection[str]) -> frozenset[int]:
    """The ids of the offices with these codes."""
    return frozenset(Institution.objects.filter(code__in=codes).values_list("pk", flat=True))


def district_choices() -> Sequence[tuple[str, str]]:
    """Code and full name of the districts of today."""
    return [(unit.kato, full_name(unit)) for unit in districts()]


def district_name(kato: str) -> str:
    """The district's full name; "" for an unknown code."""
    unit = Territory.objects.filter(kato=kato).first()
    return full_name(unit) if unit else ""


def _office(row: Institution) -> Office:
    return Office(row.code, name(row), full_name(row.district))
