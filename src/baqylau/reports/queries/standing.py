"""Whose account or role has ended: asked so seldom that a report costs no query for it."""

import time
from collections.abc import Collection
from typing import Final

from baqylau.kernel.roles import Role
from baqylau.reports.models import Keyholder
from baqylau.staff.changes import changes
from baqylau.staff.queries import Known, known

Office = Keyholder.Office
ROLES: Final = {Office.OFFICER: Role.INTAKE_OFFICER, Office.CUSTODIAN: Role.CUSTODIAN}
"""The role that goes with each office."""
Asked = tuple[int, frozenset[tuple[str, str]]]


def is_gone(office: str, person: Known | None) -> bool:
    """Whether the account is closed, or lacks the role that goes with the office."""
    return person is None or not person.is_active or ROLES[Office(office)] not in person.roles


class Standing:
    """Which holders of keys are gone, trusted for `trusted` seconds and until a change here.

    A change in another process is seen when that time is over. Safe with threads, which may read
    twice.
    """

    def __init__(self) -> None:
        self.trusted = 2.0
        self._kept: tuple[Asked, float, frozenset[str]] | None = None

    def gone(self, rows: Collection[Keyholder]) -> frozenset[str]:
        """The opaque keys of those of the holders who are gone."""
        # The number first: a change while we read makes what we keep an old one.
        asked = (changes.number, frozenset((row.holder, row.office) for row in rows))
        now, kept = time.monotonic(), self._kept
        if kept is not None and kept[0] == asked and now - kept[1] < self.trusted:
            return kept[2]
        people = known(row.holder for row in rows)
        found = frozenset(row.holder for row in rows if is_gone(row.office, people.get(row.holder)))
        self._kept = (asked, now, found)
        return found

    def forget(self) -> None:
        """Begin anew: for tests."""
        self._kept = None


standing = Standing()
"""The one of the process."""
