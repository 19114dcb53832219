"""Offices that a reporter may mean: of thousands, those whose name begins with what was typed."""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from baqylau.institutions.labels import Said, name
from baqylau.institutions.models import Institution
from baqylau.institutions.queries import Wanted, listing
from baqylau.institutions.rules import search_words
from baqylau.kernel import clock
from baqylau.territories.labels import full_name, language
from baqylau.territories.models import Territory
from baqylau.territories.queries import districts

Choices = Sequence[tuple[str, str]]

FOUND = 12
"""Offices that are shown for one search."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office of the register: code, name, district."""

    code: str
    name: Said
    district: str


STEM = 5
"""Letters of a word that are looked for when nothing begins with all of it: endings differ."""


def found(query: str, district: str = "") -> list[Office]:
    """Offices by their name, those of the district first; a few of many."""
    words = search_words(query)
    if not words:
        return []
    stems = [word[:STEM] for word in words]
    rows = _beginning(query.strip(), district)
    return rows or (_beginning(" ".join(stems), district) if stems != words else [])


def _beginning(words: str, district: str) -> list[Office]:
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
    """The ids of the offices with these codes; what was not chosen is not looked up."""
    known = [code for code in codes if code]
    if not known:
        return frozenset()
    return frozenset(Institution.objects.filter(code__in=known).values_list("pk", flat=True))


class Shelf:
    """The districts' names as every page of the form shows them, by day and language.

    Trusted for `trusted` seconds; safe with threads, which may read twice.
    """

    def __init__(self) -> None:
        self.trusted = 1.0
        self._kept: dict[tuple[date, str], tuple[float, Choices]] = {}

    def choices(self) -> Choices:
        """Code and full name of the districts of today, in alphabetical order."""
        asked_at, here = time.monotonic(), (clock.today(), language())
        read_at, found = self._kept.get(here, (float("-inf"), ()))
        if asked_at - read_at >= self.trusted:
            found = tuple((unit.kato, full_name(unit)) for unit in districts(here[0]))
            # Of other days nothing is kept.
            others = {key: kept for key, kept in self._kept.items() if key[0] == here[0]}
            self._kept = {**others, here: (asked_at, found)}
        return found


shelf = Shelf()
"""The one shelf of the process."""


def district_choices() -> Choices:
    """Code and full name of the districts of today."""
    return shelf.choices()


def district_name(kato: str) -> str:
    """The district's full name; "" for an unknown code."""
    unit = Territory.objects.filter(kato=kato).first()
    return full_name(unit) if unit else ""


def _office(row: Institution) -> Office:
    return Office(row.code, name(row), full_name(row.district))
