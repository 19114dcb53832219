"""Who may hold keys, and whether there are enough of them for reports to be taken in."""

import time
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from baqylau.institutions.queries import tied_to
from baqylau.reports.models import Keyholder, RecoveryKey
from baqylau.reports.queries.standing import standing
from baqylau.staff.changes import changes

OFFICERS_NEEDED = 2
CUSTODIANS_NEEDED = 1
AWAY = timedelta(days=14)
"""After so many days without unlocking, colleagues are warned about an officer."""

REMEMBERED = 2.0

Office = Keyholder.Office


@dataclass(frozen=True, slots=True)
class Readiness:
    """Who is there: living keys by office, the recovery key; the form is open when all are.

    Of the keys those alone that colleagues have compared, and whose holder's account and role live:
    `waiting` are living keys that nobody has compared, or somebody doubts.
    """

    officers: list[Keyholder]
    custodians: list[Keyholder]
    recovery: RecoveryKey | None
    away: list[Keyholder] = field(default_factory=list)
    waiting: list[Keyholder] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether a report may be taken in."""
        return (
            len(self.officers) >= OFFICERS_NEEDED
            and len(self.custodians) >= CUSTODIANS_NEEDED
            and self.recovery is not None
        )


def readiness(today: date) -> Readiness:
    """The living keys to which a report is sealed now."""
    there = list(Keyholder.objects.filter(until_on=None).order_by("public"))
    gone = standing.gone(there)
    living = [row for row in there if row.trusted_on is not None and row.holder not in gone]
    officers = [row for row in living if row.office == Office.OFFICER]
    return Readiness(
        officers=officers,
        custodians=[row for row in living if row.office == Office.CUSTODIAN],
        recovery=RecoveryKey.objects.filter(is_living=True).first(),
        away=[row for row in officers if row.seen_on < today - AWAY],
        waiting=[row for row in there if row.trusted_on is None],
    )


class _Memory:
    """The last open readiness of this process: when it was read, for which day, and what it was.

    It holds until an account or a role changes in this process.
    """

    last: tuple[float, tuple[date, int], Readiness] | None = None


def recent(today: date) -> Readiness:
    """The living keys as they were REMEMBERED seconds ago at most; never a closed form.

    For whoever asks `readers.require_living` in the transaction that writes, and calls `forget`
    when it refuses.
    """
    now, last, asked = time.monotonic(), _Memory.last, (today, changes.number)
    if last and now - last[0] < REMEMBERED and last[1] == asked:
        return last[2]
    found = readiness(today)
    _Memory.last = (now, asked, found) if found.is_open else None
    return found


def forget() -> None:
    """Read the keys anew next time: one has come or gone."""
    _Memory.last = None


def without_ties(holders: list[Keyholder], bodies: Collection[int], day: date) -> list[Keyholder]:
    """Those of the holders who are tied to none of the bodies (ids of institutions)."""
    avoided = frozenset(bodies)
    if not avoided:
        return holders
    return [row for row in holders if not avoided & tied_to(row.holder, day)]


def own_key(holder: str) -> Keyholder | None:
    """The living key of a person."""
    return Keyholder.objects.filter(holder=holder, until_on=None).first()
