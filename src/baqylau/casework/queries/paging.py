"""A page of the list of cases: never counted, never scanned.

One index is walked from the end that is wanted first. What that index does not know is looked for
among the first `WINDOW` rows of the walk; the page then says so, and the next one goes on from
there. So a page costs the same at ten thousand cases as at two hundred thousand.

Lists of terms begin with the day that is nearest, lists of closed cases with the last closed, all
others with the case that was opened last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import CharField, DateField, F, IntegerField, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThan

from baqylau.casework.models import Case, CaseQuerySet
from baqylau.casework.queries.listing import NONE, OWING, WEEK, Wanted
from baqylau.casework.taxonomy import SOLVING, SOLVING_CODE, Stage
from baqylau.catalogue.models import PublicService
from baqylau.institutions.models import Institution, ServicePoint
from baqylau.kernel.places import Place

PAGE: Final = 50
DAY: Final = timedelta(days=1)
WINDOW: Final = 1_000
"""Rows of a walk among which a page looks for what no index knows."""
OPENED, CLOSED, DUE = "opened_on", "closed_on", "next_due_on"
WALKS: Final[Mapping[str, tuple[str, ...]]] = {
    OPENED: ("person", "service_id", "body_id", "room_id", "territory_id"),
    CLOSED: (),
    DUE: ("person", "room_id"),
}
"""Columns that begin an index by the day, those that part the cases most first."""
RUNNING: Final = frozenset(Stage.values) - {Stage.CLOSED.value} | {"running", "waiting"}
"""States of cases that are not closed: they have an index of their own, by opening."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and where the next page begins (None: nothing follows).

    `is_cut`: there may be more rows further on than this page has looked.
    """

    rows: Sequence[Case]
    next: Place | None = None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Walk:
    """One way through an index: what begins it, the day it is sorted by, and that day's span.

    `rest` are conditions that it knows nothing of.
    """

    day: str
    column: Mapping[str, Any] = field(default_factory=dict)
    first: date | None = None
    until: date | None = None
    rest: tuple[Any, ...] = ()

    @property
    def is_rising(self) -> bool:
        """Whether the earliest day comes first."""
        return self.day == DUE


def page(wanted: Wanted, me: str, today: date, after: Place | None = None) -> Page:
    """The next page after the place; two queries, and one for each code that is asked for."""
    walk = walk_of(wanted, me, today)
    if walk is None:
        return Page(())
    edge = _edge(walk, after) if walk.rest else None
    path = _up_to(walk, after, edge).filter(*walk.rest)
    rows = list(path.select_related("service", "body", "territory")[: PAGE + 1])
    if len(rows) > PAGE:
        last_row = rows[PAGE - 1]
        return Page(rows[:PAGE], Place(getattr(last_row, walk.day), last_row.pk))
    return Page(rows, edge, is_cut=edge is not None)


def _edge(walk: Walk, after: Place | None) -> Place | None:
    """The last row of the window; None when the walk ends before."""
    last = _path(walk, after).values_list(walk.day, "pk")[WINDOW - 1 : WINDOW].first()
    return Place(*last) if last else None


def walk_of(wanted: Wanted, me: str, today: date) -> Walk | None:
    """The walk that passes every case that is wanted; None when a code is nobody's."""
    columns = _columns(wanted, me)
    if columns is None:
        return None
    day = _day(wanted, columns)
    name = _beginning(wanted, day, columns)
    is_of_running = not name and day == OPENED and wanted.state in RUNNING
    column: dict[str, Any] = {name: columns.pop(name)} if name else {}
    rest: list[Any] = [_is(*said) for said in columns.items()]
    spans = _spans(wanted, today)
    first, until = spans.pop(day, (None, None))
    if day == OPENED and CLOSED in spans:
        # Nothing is closed before it is opened.
        until = min(each for each in (until, spans[CLOSED][1], date.max) if each)
    rest += [each for named, span in spans.items() for each in _within(named, *span)]
    if wanted.outcome == SOLVING_CODE:
        rest.append(Q(*(_is("outcome", each) for each in sorted(SOLVING)), _connector=Q.OR))
    rest += [] if is_of_running and wanted.state == "running" else _in_state(wanted.state)
    if is_of_running:
        column = {"closed_on__isnull": True}
    return Walk(day, column, first, until, tuple(rest))


def _beginning(wanted: Wanted, day: str, columns: Mapping[str, Any]) -> str:
    """The column whose index is walked, "" for none.

    Those that run are few: their own index finds them sooner than a district's or a room's does.
    """
    is_running = day == OPENED and wanted.state in RUNNING
    known = WALKS[day][:3] if is_running else WALKS[day]
    return next((name for name in known if columns.get(name) is not None), "")


def _in_state(state: str) -> list[Any]:
    if state == "running":
        return [Exact(_plain(CLOSED), date.min)]
    if state == "waiting":
        return [Q(*(_is("stage", stage) for stage in OWING), _connector=Q.OR)]
    return [_is("stage", state)] if state in Stage.values else []


def _day(wanted: Wanted, columns: Mapping[str, Any]) -> str:
    """By which day the list is walked."""
    if wanted.due:
        return DUE
    is_narrow = any(columns.get(name) is not None for name in ("service_id", "body_id"))
    if (wanted.closed_from or wanted.closed_until) and not is_narrow:
        return CLOSED
    return OPENED


def _columns(wanted: Wanted, me: str) -> dict[str, Any] | None:
    """What columns must hold, None for an empty one; None at all when a code is nobody's."""
    outcome = "" if wanted.outcome == SOLVING_CODE else wanted.outcome
    given = (("kind", wanted.kind), ("territory_id", wanted.district), ("outcome", outcome))
    found: dict[str, Any] = {name: value for name, value in given if value}
    if wanted.whose in ("mine", "nobody"):
        found["person"] = me if wanted.whose == "mine" else ""
    rows: tuple[tuple[str, str, Any], ...] = (
        ("room_id", wanted.room, ServicePoint.objects),
        ("body_id", wanted.body, Institution.objects),
        ("service_id", wanted.service, PublicService.objects),
    )
    for name, code, among in rows:
        if code:
            found[name] = among.filter(code=code).values_list("pk", flat=True).first()
            if found[name] is None and code != NONE:
                return None
    return found


def _spans(wanted: Wanted, today: date) -> dict[str, tuple[date | None, date | None]]:
    """The half-open spans that days must lie in, those alone that are asked for."""
    found: dict[str, tuple[date | None, date | None]] = {
        OPENED: (wanted.opened_from, wanted.opened_until),
        CLOSED: (wanted.closed_from, wanted.closed_until),
        DUE: {"overdue": (None, today), "week": (today, today + WEEK)}.get(
            wanted.due, (None, None)
        ),
    }
    return {name: span for name, span in found.items() if any(span)}


_BLANK: Mapping[str, tuple[Any, Any]] = {
    "room_id": (0, IntegerField()),
    "body_id": (0, IntegerField()),
    "service_id": (0, IntegerField()),
    OPENED: (date.min, DateField()),
    CLOSED: (date.min, DateField()),
    DUE: (date.min, DateField()),
}


def _plain(name: str) -> Coalesce:
    """A column as no index knows it: the rows of the walk are asked, and no other way is taken.

    A database that knows nothing of the window would rather read every row of another index.
    """
    blank, kind = _BLANK.get(name, ("", CharField()))
    return Coalesce(F(name), Value(blank, output_field=kind), output_field=kind)


def _is(name: str, value: object) -> Exact:
    blank = _BLANK.get(name, ("", None))[0]
    return Exact(_plain(name), blank if value is None else value)


def _within(name: str, first: date | None, until: date | None) -> list[Any]:
    """An empty day lies in no span."""
    found: list[Any] = [GreaterThanOrEqual(_plain(name), first or date.min + DAY)]
    return [*found, LessThan(_plain(name), until)] if until else found


def _path(walk: Walk, after: Place | None) -> CaseQuerySet:
    """The rows of one index from the place on.

    One bound at each end: of two SQLite takes one, and reads all that the other would leave out.
    """
    found = Case.objects.filter(**walk.column)
    if walk.is_rising:
        if after and (walk.first is None or after.on >= walk.first):
            later = Q(**{f"{walk.day}__gt": after.on}) | Q(pk__gt=after.pk)
            found = found.filter(later, **{f"{walk.day}__gte": after.on})
        elif walk.first:
            found = found.filter(**{f"{walk.day}__gte": walk.first})
        if walk.until:
            found = found.filter(**{f"{walk.day}__lt": walk.until})
        return found.order_by(walk.day, "pk")
    if after and (walk.until is None or after.on < walk.until):
        earlier = Q(**{f"{walk.day}__lt": after.on}) | Q(pk__lt=after.pk)
        found = found.filter(earlier, **{f"{walk.day}__lte": after.on})
    elif walk.until:
        found = found.filter(**{f"{walk.day}__lt": walk.until})
    if walk.first or walk.day == CLOSED:
        found = found.filter(**{f"{walk.day}__gte": walk.first or date.min})
    return found.order_by(f"-{walk.day}", "-pk")


def _up_to(walk: Walk, after: Place | None, edge: Place | None) -> CaseQuerySet:
    """The walk from the place to the edge of the window."""
    if edge is None:
        return _path(walk, after)
    side = "lt" if walk.is_rising else "gt"
    inside = Q(**{f"{walk.day}__{side}": edge.on}) | Q(**{f"pk__{side}e": edge.pk})
    bound: dict[str, Any] = {"until": edge.on + DAY} if walk.is_rising else {"first": edge.on}
    return _path(replace(walk, **bound), after).filter(inside)
