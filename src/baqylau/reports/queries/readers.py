"""How many living keys each report and each name can be opened with."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connections
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.reports.models import Keyholder, Part, RecoveryKey, Report, Wrap
from baqylau.reports.queries.standing import standing
from baqylau.reports.taxonomy import State
from baqylau.seal.wraps import Role

READERS = 2
"""Living officers' keys that every report should be readable with."""

HELD: dict[str, tuple[Part, Role]] = {
    Keyholder.Office.OFFICER: (Part.REPORT, Role.OFFICER),
    Keyholder.Office.CUSTODIAN: (Part.NAME, Role.CUSTODIAN),
}
"""What the holders of an office open: the part that is counted, and as what it is wrapped."""


def kept() -> QuerySet[Report]:
    """The reports that still have content."""
    return Report.objects.exclude(state=State.DELETED)


def counted(office: str, without: str = "") -> QuerySet[Any]:
    """Reports with `readers`: the living keys of an office that open them, one person left out."""
    part, role = HELD[office]
    living = Keyholder.objects.filter(until_on=None, office=office).exclude(holder=without)
    wraps = Wrap.objects.filter(
        report=OuterRef("pk"), part=part, role=role, holder__in=living.values("holder")
    )
    each = wraps.order_by().values("report").annotate(number=Count("pk")).values("number")
    return kept().annotate(readers=Coalesce(Subquery(each), 0))


def few() -> QuerySet[Any]:
    """Reports that fewer than READERS living officers' keys open."""
    return counted(Keyholder.Office.OFFICER).filter(readers__lt=READERS)


@dataclass(frozen=True, slots=True)
class Risk:
    """What ending a key would leave behind: (locator, readers left) of each report that is hit.

    Only what the person holds is counted. `mark` changes when the list does.
    """

    rows: Sequence[tuple[str, int]]

    @property
    def lost(self) -> int:
        """How many nobody could open any more but with two shares (names: nobody at all)."""
        return sum(1 for _locator, left in self.rows if left == 0)

    @property
    def mark(self) -> str:
        """What somebody has seen when they say that it shall be done all the same."""
        return sha256(repr(self.rows).encode()).hexdigest()[:16] if self.rows else ""


def risk_of(row: Keyholder) -> Risk:
    """What would be hit if this key ended: reports under READERS, or names under one custodian."""
    part, role = HELD[row.office]
    least = READERS if row.office == Keyholder.Office.OFFICER else 1
    own = Wrap.objects.filter(holder=row.holder, part=part, role=role).values("report")
    found = counted(row.office, without=row.holder).filter(pk__in=own, readers__lt=least)
    rows = found.order_by("readers", "filed_on", "locator").values_list("locator", "readers")
    return Risk([(locator or "", left) for locator, left in rows])


def require_compared(row: Keyholder, field: str = "") -> None:
    """Refuse to hand anything to a key that nobody has compared, or to somebody who has left.

    Raises: DomainError.
    """
    if standing.gone([row]):
        raise DomainError(
            _("This person's account or role has ended: nothing new is handed to them."),
            code="gone",
            field=field,
        )
    if row.trusted_on is None:
        raise DomainError(
            _("First a colleague has to compare the digits of this key: see “Keys of reports”."),
            code="not_compared",
            field=field,
        )


def was_filed(report: str) -> bool:
    """Whether there is a report of this id: asked, as `_living`, before each that is filed."""
    question = f"SELECT 1 FROM {Report._meta.db_table} WHERE id = %s"  # noqa: S608 - own name
    with connections["sealed"].cursor() as cursor:
        cursor.execute(question, [report])
        return cursor.fetchone() is not None


def _living(publics: Sequence[str], recovery: str) -> int:
    """How many of the keys live and are trusted; one question, because every report asks it."""
    keyholder, recovery_key = Keyholder._meta.db_table, RecoveryKey._meta.db_table
    places = ", ".join(["%s"] * len(publics)) or "NULL"
    question = (
        f"SELECT (SELECT COUNT(*) FROM {keyholder} WHERE until_on IS NULL"  # noqa: S608 - names of tables and signs for values
        f" AND trusted_on IS NOT NULL AND public IN ({places}))"
        f" + (SELECT COUNT(*) FROM {recovery_key} WHERE is_living AND public = %s)"
    )
    with connections["sealed"].cursor() as cursor:
        cursor.execute(question, [*publics, recovery])
        row: tuple[int] = cursor.fetchone()
    return row[0]


def require_living(publics: Collection[str], recovery: str = "") -> None:
    """Refuse when one of these keys has ended meanwhile, or is doubted.

    What was wrapped to an ended one would be lost. Ask it after the journal's entry of the same
    transaction: from there on nobody can end or doubt a key before we commit.

    Raises: ConflictError.
    """
    wanted = sorted(frozenset(publics))
    if _living(wanted, recovery) != len(wanted) + bool(recovery):
        raise ConflictError(_("A key has changed just now. Do it once more: nothing is lost."))
