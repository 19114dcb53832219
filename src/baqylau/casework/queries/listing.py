"""The list of cases: what is asked of it, names of colleagues."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from baqylau.casework.models import CaseQuerySet
from baqylau.casework.taxonomy import Stage
from baqylau.kernel.roles import Role
from baqylau.staff.models import RoleGrant, User

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


def names(keys: Iterable[str]) -> dict[str, str]:
    """Names of colleagues by their opaque keys; one query."""
    wanted = {key for key in keys if key}
    return dict(User.objects.filter(key__in=wanted).values_list("key", "name"))


def workers() -> list[tuple[str, str]]:
    """(key, name) of everybody who may be given a case, by name."""
    granted = RoleGrant.objects.filter(revoked_at=None, role__in=WORKERS).values("user")
    people = User.objects.filter(is_active=True, pk__in=granted)
    return list(people.order_by("name", "pk").values_list("key", "name"))
