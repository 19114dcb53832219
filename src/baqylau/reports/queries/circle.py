"""Who can open one report, and who could be asked to join."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from baqylau.casework.queries.listing import names
from baqylau.institutions.queries import tied_to
from baqylau.reports.models import Keyholder, Report
from baqylau.reports.queries.listing import FEW, living_officers
from baqylau.reports.queries.standing import standing


@dataclass(frozen=True, slots=True)
class Circle:
    """Names of the officers who can open a report; `living` says how many of their keys live."""

    people: list[str]
    living: int
    others: list[tuple[str, str]]
    """(opaque key, name) of officers who could be given a key and cannot open it."""

    @property
    def is_endangered(self) -> bool:
        """Whether too few can open it."""
        return self.living < FEW


def circle_of(report: Report) -> Circle:
    """The officers around a report; five queries."""
    holders, living = report.holders, living_officers()
    called = names(holders | living)
    people = sorted(called.get(key, key[:8]) for key in holders & living)
    fit = Keyholder.objects.filter(until_on=None, trusted_on__isnull=False, holder__in=living)
    fitting = frozenset(fit.values_list("holder", flat=True)) - standing.gone(list(fit))
    others = [(key, called.get(key, key[:8])) for key in fitting - holders]
    return Circle(people, len(holders & living), sorted(others, key=lambda each: each[1]))


def admissible(
    others: Collection[tuple[str, str]], avoid: Collection[int], day: date
) -> list[tuple[str, str]]:
    """Those of the colleagues whom the reporter has not kept out."""
    away = frozenset(avoid)
    return [each for each in others if not away or not away & tied_to(each[0], day)]
