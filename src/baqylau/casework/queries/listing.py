"""The list of cases: filters, pages, names of colleagues."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import F, Q

from baqylau.casework.models import Case, CaseQuerySet
from baqylau.casework.taxonomy import Stage
from baqylau.kernel.roles import Role
from baqylau.staff.models import RoleGrant, User

PAGE = 50
WEEK = timedelta(days=7)
WORKERS = (Role.ADVISER, Role.LAWYER, Role.COORDINATOR)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows; empty means all.

    `whose`: mine, nobody; `due`: overdue, week; `state`: running, waiting for a body, closed, or a
    stage. NONE as a room, body or service means those without one. Days are half-open.
    """

    whose: str = ""
    due: str = ""
    state: str = "running"
    kind: str = ""
    district: str = ""
    room: str = ""
    body: str = ""
    service: str = ""
    outcome: str = ""
    opened_from: date | None = None
    opened_until: date | None = None
    closed_from: date | None = None
    closed_until: date | None = None


NONE = "-"
"""In the place of a code: without one."""
OWING = (Stage.FILED, Stage.COMPLAINED)
"""Stages in which the nearest term is a body's, not ours."""


def waiting(cases: CaseQuerySet) -> CaseQuerySet:
    """Those in which a body owes the next step."""
    return cases.filter(stage__in=OWING)


def narrowed(wanted: Wanted, me: str, today: date) -> CaseQuerySet:
    """The cases that are wanted, the nearest term first, those without one last."""
    found = Case.objects.select_related("service", "body", "territory")
    exact: dict[str, object] = {
        "kind": wanted.kind,
        "territory": wanted.district,
        "outcome": wanted.outcome,
        "person": me if wanted.whose == "mine" else "",
        "opened_on__gte": wanted.opened_from,
        "opened_on__lt": wanted.opened_until,
        "closed_on__gte": wanted.closed_from,
        "closed_on__lt": wanted.closed_until,
    }
    exact |= _coded(wanted)
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.whose == "nobody":
        found = found.filter(person="")
    if wanted.state == "running":
        found = found.running()
    elif wanted.state == "waiting":
        found = waiting(found)
    elif wanted.state:
        found = found.filter(stage=wanted.state)
    if wanted.due:
        found = found.filter(_due(wanted.due, today))
    return found.order_by(F("next_due_on").asc(nulls_last=True), "-id")


def _coded(wanted: Wanted) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in ("room", "body", "service"):
        code = getattr(wanted, name)
        found |= {f"{name}__isnull": True} if code == NONE else {f"{name}__code": code}
    return found


def _due(due: str, today: date) -> Q:
    if due == "overdue":
        return Q(next_due_on__lt=today)
    return Q(next_due_on__gte=today, next_due_on__lt=today + WEEK)


def page(wanted: Wanted, me: str, today: date, number: str | None) -> Page[Case]:
    """A page of the list."""
    return Paginator(narrowed(wanted, me, today), PAGE).get_page(number)


def names(keys: Iterable[str]) -> dict[str, str]:
    """Names of colleagues by their opaque keys; one query."""
    wanted = {key for key in keys if key}
    return dict(User.objects.filter(key__in=wanted).values_list("key", "name"))


def workers() -> list[tuple[str, str]]:
    """(key, name) of everybody who may be given a case, by name."""
    granted = RoleGrant.objects.filter(revoked_at=None, role__in=WORKERS).values("user")
    people = User.objects.filter(is_active=True, pk__in=granted)
    return list(people.order_by("name", "pk").values_list("key", "name"))


def counts(me: str, today: date) -> dict[str, int]:
    """How many running cases are overdue, due this week, mine, nobody's; one query each."""
    running = Case.objects.running()
    return {
        "overdue": running.overdue(today).count(),
        "week": running.filter(_due("week", today)).count(),
        "mine": running.filter(person=me).count(),
        "review": running.filter(stage=Stage.ANSWERED).count(),
    }
