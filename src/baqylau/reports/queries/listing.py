"""A page of the list of reports: from the clear columns alone, never counted, never opened."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from baqylau.reports.models import Keyholder, Part, Report, Wrap
from baqylau.reports.rules.states import OPEN, Promise, next_promise
from baqylau.reports.taxonomy import State
from baqylau.seal.wraps import Role

PAGE: Final = 50
PLACE: Final = re.compile(r"(\d{4}-\d\d-\d\d)~([0-9a-f]{32})", re.ASCII)
FEW: Final = 2
"""With fewer living keys a report may soon be read by nobody."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shows. `state`: open, closed or a state; `whose`: mine or all.

    `due`: "", acknowledge, feedback, overdue.
    """

    state: str = "open"
    whose: str = ""
    due: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A report in the list. `readers`: how many living keys of officers open it."""

    report: Report
    is_mine: bool
    readers: int
    promise: Promise | None
    days: int
    """Since it was filed."""

    @property
    def is_endangered(self) -> bool:
        """Whether too few can read it."""
        return self.readers < FEW


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, oldest first, and the place of the next page ("" when nothing follows)."""

    rows: Sequence[Row]
    next: str = ""


def page(wanted: Wanted, me: str, today: date, after: str = "") -> Page:
    """The next page after the place that a link carries; one query a state, then two."""
    found: list[Report] = []
    for state in _states(wanted.state):
        rows = _after(_meant(wanted, me, today).filter(state=state), after)
        found += rows.order_by("filed_on", "pk")[: PAGE + 1]
    found.sort(key=lambda row: (row.filed_on, row.pk))
    shown = found[:PAGE]
    last = shown[-1] if len(found) > PAGE else None
    return Page(_rows(shown, me, today), f"{last.filed_on}~{last.pk}" if last else "")


def _states(state: str) -> tuple[str, ...]:
    return (state,) if state in State.values and state != State.DELETED else OPEN


def _meant(wanted: Wanted, me: str, today: date) -> QuerySet[Report]:
    """Those that are wanted, of any state."""
    reports = Report.objects.all()
    if wanted.whose == "mine":
        reports = held_by(me)
    if wanted.urgent:
        reports = reports.filter(is_urgent=True)
    acknowledge = Q(acknowledged_on=None, answered_on=None)
    feedback = Q(acknowledged_on__isnull=False, answered_on=None)
    late = acknowledge & Q(acknowledge_by__lt=today) | feedback & Q(feedback_by__lt=today)
    by_due = {"acknowledge": acknowledge, "feedback": feedback, "overdue": late}
    return reports.filter(by_due.get(wanted.due, Q()))


def held_by(person: str) -> QuerySet[Report]:
    """The reports to which a key is wrapped to the person."""
    own = Wrap.objects.filter(
        report=OuterRef("pk"), part=Part.REPORT, role=Role.OFFICER, holder=person
    )
    return Report.objects.filter(Exists(own))


def _after(reports: QuerySet[Report], after: str) -> QuerySet[Report]:
    """Those after a place; all where it is none."""
    found = PLACE.fullmatch(after)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if found is None or day is None:
        return reports
    later = Q(filed_on__gt=day) | Q(pk__gt=found[2])
    return reports.filter(later, filed_on__gte=day)


def _rows(reports: Sequence[Report], me: str, today: date) -> list[Row]:
    living = living_officers()
    wraps = Wrap.objects.filter(
        report__in=[row.pk for row in reports], part=Part.REPORT, role=Role.OFFICER
    )
    held = list(wraps.values_list("report", "holder"))
    mine = {report for report, holder in held if holder == me}
    readers = Counter(report for report, holder in held if holder in living)
    return [
        Row(row, row.pk in mine, readers[row.pk], promise_of(row), (today - row.filed_on).days)
        for row in reports
    ]


def living_officers() -> frozenset[str]:
    """The opaque keys of officers whose own key is alive."""
    living = Keyholder.objects.filter(until_on=None, office=Keyholder.Office.OFFICER)
    return frozenset(living.values_list("holder", flat=True))


def promise_of(report: Report) -> Promise | None:
    """What we owe its reporter next."""
    return next_promise(
        report.state,
        report.acknowledge_by,
        report.feedback_by,
        report.acknowledged_on,
        report.answered_on,
    )
