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

    `whose`: mine, nobody; `due`: overdue, week; `state`: running, closed, or a stage.
    """

    whose: str = ""
    due: str = ""
    state: str = "running"
    kind: str = ""
    district: str = ""
    room: str = ""
    body: str = ""
    service: str = ""


def narrowed(wanted: Wanted, me: str, today: date) -> CaseQuerySet:
    """The cases that are wanted, the nearest term first, those without one last."""
    found = Case.objects.select_related("service", "body", "territory")
    exact = {
        "kind": wanted.kind,
        "territory": wanted.district,
        "room__code": wanted.room,
        "body__code": wanted.body,
        "service__code": wanted.service,
        "person": me if wanted.whose == "mine" else "",
    }
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.whose == "nobody":
        found = found.filter(person="")
    if wanted.state == "running":
        found = found.running()
    elif wanted.state:
        found = found.filter(stage=wanted.state)
    if wanted.due:
        found = found.filter(_due(wanted.due, today))
    return found.order_by(F("next_due_on").asc(nulls_last=True), "-id")


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
