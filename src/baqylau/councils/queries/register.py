"""A page of the register: never counted, never scanned.

One index is walked from the end that is wanted first. What that index does not know is looked for
among the first `WINDOW` rows of the walk; the page then says so, and the next one goes on from
there. So a page costs the same at a thousand recommendations as at a hundred thousand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import CharField, DateField, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThan

from baqylau.councils.models import Council, Recommendation
from baqylau.councils.taxonomy import CHECKS, State
from baqylau.institutions.models import Institution
from baqylau.kernel.places import Place

PAGE: Final = 50
WINDOW: Final = 1_000
"""Rows of a walk among which a page looks for what no index knows."""
WRITTEN, DUE = "written_on", "due_on"
LEADS: Final[Mapping[str, tuple[str, ...]]] = {
    WRITTEN: ("institution_id", "council_id", "territory_id", "state"),
    DUE: ("owner",),
}
"""Columns that begin an index by the day, those that part the rows most first."""
SHOWN: Final = ("institution", "territory", "council")
NONE: Final = "-"
"""In the place of a council's code: without one."""

_ACCEPTING = (State.ACCEPTED.value, State.PARTLY.value)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows; empty means all.

    `whose`: mine, nobody. `stand`: one of STANDS, the lists behind figures. Days are half-open.
    """

    body: str = ""
    district: str = ""
    council: str = ""
    state: str = ""
    overdue: bool = False
    whose: str = ""
    stand: str = ""
    first: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and where the next page begins (None: nothing follows).

    `is_cut`: there may be more rows further on than this page has looked.
    """

    rows: Sequence[Recommendation]
    next: Place | None = None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Walk:
    """One way through an index: what begins it, the day it is sorted by, and that day's span."""

    day: str
    lead: Mapping[str, Any] = field(default_factory=dict)
    first: date | None = None
    until: date | None = None
    rest: tuple[Any, ...] = ()


_BLANKS: Final[Mapping[str, tuple[Any, Any]]] = {
    "institution_id": (0, IntegerField()),
    "council_id": (0, IntegerField()),
    WRITTEN: (date.min, DateField()),
}


def _plain(name: str) -> Coalesce:
    """A column as no index knows it, so that the walk is taken and no other way.

    A database that knows nothing of the window would rather read every row of another index.
    """
    blank, kind = _BLANKS.get(name, ("", CharField()))
    return Coalesce(F(name), Value(blank, output_field=kind), output_field=kind)


def _is(name: str, value: object) -> Exact:
    blank = _BLANKS.get(name, ("", None))[0]
    return Exact(_plain(name), blank if value is None else value)


def _one_of(name: str, values: Sequence[str]) -> Q:
    return Q(*(_is(name, value) for value in values), _connector=Q.OR)


STANDS: Final[Mapping[str, Any]] = {
    "ended": Q(was_in_time__isnull=False),
    "in_time": Q(was_in_time=True),
    "answered": ~_is("answer", ""),
    "accepted": _one_of("answer", _ACCEPTING),
    "executed": _one_of("answer", _ACCEPTING) & Q(executed_on__isnull=False),
    "checked": _one_of("found", [each.value for each in CHECKS]),
    "confirmed": _is("found", State.CONFIRMED.value),
}
"""What is counted of recommendations, as conditions; figures.py counts by the same words."""


def page(
    wanted: Wanted,
    today: date,
    after: Place | None = None,
    *,
    me: str = "",
    among: QuerySet[Recommendation] | None = None,
) -> Page:
    """The next page after the place; two queries, and one for each code that is asked for."""
    walk = walk_of(wanted, today, me)
    if walk is None:
        return Page(())
    rows = Recommendation.objects.filter(steps__gt=0) if among is None else among
    edge = _edge(_path(rows, walk, after), walk) if walk.rest else None
    path = _up_to(rows, walk, after, edge).filter(*walk.rest).select_related(*SHOWN)
    found = list(path[: PAGE + 1])
    if len(found) > PAGE:
        last = found[PAGE - 1]
        return Page(found[:PAGE], Place(getattr(last, walk.day), last.pk))
    return Page(found, edge, is_cut=edge is not None)


def walk_of(wanted: Wanted, today: date, me: str = "") -> Walk | None:
    """The walk that passes everything that is wanted; None when a code is nobody's."""
    columns = _columns(wanted, me)
    if columns is None:
        return None
    day = DUE if wanted.overdue else WRITTEN
    name = next((each for each in LEADS[day] if columns.get(each) is not None), "")
    lead = {name: columns.pop(name)} if name else {}
    rest: list[Any] = [_is(*said) for said in columns.items()]
    if wanted.stand in STANDS:
        rest.append(STANDS[wanted.stand])
    if not wanted.overdue:
        return Walk(day, lead, wanted.first, wanted.until, tuple(rest))
    if wanted.first:
        rest.append(GreaterThanOrEqual(_plain(WRITTEN), wanted.first))
    if wanted.until:
        rest.append(LessThan(_plain(WRITTEN), wanted.until))
    return Walk(day, lead, None, today, tuple(rest))


def _columns(wanted: Wanted, me: str) -> dict[str, Any] | None:
    """What columns must hold, None for an empty one; None at all when a code is nobody's."""
    given = (("territory_id", wanted.district), ("state", wanted.state))
    found: dict[str, Any] = {name: value for name, value in given if value}
    if wanted.whose in ("mine", "nobody"):
        found["owner"] = me if wanted.whose == "mine" else ""
    rows: tuple[tuple[str, str, Any], ...] = (
        ("institution_id", wanted.body, Institution.objects),
        ("council_id", wanted.council, Council.objects),
    )
    for name, code, among in rows:
        if code:
            found[name] = among.filter(code=code).values_list("pk", flat=True).first()
            if found[name] is None and code != NONE:
                return None
    return found


def _path(
    rows: QuerySet[Recommendation], walk: Walk, after: Place | None
) -> QuerySet[Recommendation]:
    """The rows of one index from the place on, one bound at each end."""
    found = rows.filter(**walk.lead)
    if walk.day == DUE:
        found = found.filter(due_on__lt=walk.until)
        if after:
            later = Q(due_on__gt=after.on) | Q(pk__gt=after.pk)
            found = found.filter(later, due_on__gte=after.on)
        return found.order_by(DUE, "pk")
    if after and (walk.until is None or after.on < walk.until):
        earlier = Q(written_on__lt=after.on) | Q(pk__lt=after.pk)
        found = found.filter(earlier, written_on__lte=after.on)
    elif walk.until:
        found = found.filter(written_on__lt=walk.until)
    if walk.first:
        found = found.filter(written_on__gte=walk.first)
    return found.order_by("-written_on", "-pk")


def _edge(path: QuerySet[Recommendation], walk: Walk) -> Place | None:
    """The last row of the window; None when the walk ends before."""
    last = path.values_list(walk.day, "pk")[WINDOW - 1 : WINDOW].first()
    return Place(*last) if last else None


def _up_to(
    rows: QuerySet[Recommendation], walk: Walk, after: Place | None, edge: Place | None
) -> QuerySet[Recommendation]:
    """The walk from the place to the edge of the window."""
    if edge is None:
        return _path(rows, walk, after)
    if walk.day == DUE:
        inside = Q(due_on__lt=edge.on) | Q(pk__lte=edge.pk)
        return _path(rows, replace(walk, until=edge.on + timedelta(days=1)), after).filter(inside)
    inside = Q(written_on__gt=edge.on) | Q(pk__gte=edge.pk)
    return _path(rows, replace(walk, first=edge.on), after).filter(inside)


def latest_overdue(today: date, limit: int) -> list[Recommendation]:
    """Those whose term ended last: what is newly overdue; one query."""
    rows = Recommendation.objects.filter(due_on__lt=today).select_related("institution")
    return list(rows.order_by("-due_on", "-pk")[:limit])


def of_place(column: str, value: object, limit: int) -> list[Recommendation]:
    """The newest of a body or of a district; one query."""
    return list(_newest(column, value).select_related("institution")[:limit])


def all_of_place(column: str, value: object, limit: int) -> list[tuple[Any, ...]]:
    """The same with every column, to see whether any of it has changed; one query."""
    return list(_newest(column, value).values_list()[:limit])


def _newest(column: str, value: object) -> QuerySet[Recommendation]:
    rows = Recommendation.objects.filter(**{column: value}, steps__gt=0)
    return rows.order_by("-written_on", "-pk")
