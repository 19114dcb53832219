"""Who may hold keys, and whether there are enough of them for reports to be taken in."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from baqylau.institutions.queries import tied_to
from baqylau.reports.models import Keyholder, RecoveryKey

OFFICERS_NEEDED = 2
CUSTODIANS_NEEDED = 1
AWAY = timedelta(days=14)
"""After so many days without unlocking, colleagues are warned about an officer."""

Office = Keyholder.Office


@dataclass(frozen=True, slots=True)
class Readiness:
    """Who is there: living keys by office, the recovery key; the form is open when all are."""

    officers: list[Keyholder]
    custodians: list[Keyholder]
    recovery: RecoveryKey | None
    away: list[Keyholder] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether a report may be taken in."""
        return (
            len(self.officers) >= OFFICERS_NEEDED
            and len(self.custodians) >= CUSTODIANS_NEEDED
            and self.recovery is not None
        )


def readiness(today: date) -> Readiness:
    """The living keys."""
    living = list(Keyholder.objects.filter(until_on=None).order_by("public"))
    officers = [row for row in living if row.office == Office.OFFICER]
    return Readiness(
        officers=officers,
        custodians=[row for row in living if row.office == Office.CUSTODIAN],
        recovery=RecoveryKey.objects.filter(is_living=True).first(),
        away=[row for row in officers if row.seen_on < today - AWAY],
    )


def without_ties(holders: list[Keyholder], bodies: Collection[int], day: date) -> list[Keyholder]:
    """Those of the holders who are tied to none of the bodies (ids of institutions)."""
    avoided = frozenset(bodies)
    if not avoided:
        return holders
    return [row for row in holders if not avoided & tied_to(row.holder, day)]


def own_key(holder: str) -> Keyholder | None:
    """The living key of a person."""
    return Keyholder.objects.filter(holder=holder, until_on=None).first()
