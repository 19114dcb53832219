"""The list of consultations: within one's own rights, newest first, never counted, never scanned.

Whatever is asked for, one index is walked from its newest end (of an author, a service, a body, a
room, a district, a kind, or of all days). What that index does not know is looked for among the
newest `WINDOW` rows of the walk; the page then says so, and the next one looks further back. So a
page costs the same at ten thousand rows as at a million.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from django.db.models import CharField, F, IntegerField, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from baqylau.catalogue.models import PublicService
from baqylau.institutions.models import Institution, ServicePoint
from baqylau.kernel.access import Actor
from baqylau.kernel.places import Place
from baqylau.reception.models import Consultation, ConsultationQuerySet
from baqylau.reception.queries.rights import WIDE

PAGE: Final = 50
WINDOW: Final = 1_000
"""Rows of one walk among which a page looks for what no index knows."""
WALKS: Final = ("author", "service", "body", "room", "territory", "kind")
"""Columns that begin an index by day, those that part the rows most first."""
NUMBERED: Final = frozenset({"service", "body", "room", "continues"})
"""Columns that hold ids."""
NONE: Final = "-"
"""What an address says for "none is stated"."""
CHUNK: Final = 500

Columns = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows; empty means all. The days are the half-open span [first, until).

    `room`, `service` and `body` are codes, `district` a KATO code; "-" asks for those without one.
    `author` is a colleague's key. `is_first` leaves the first visits about each problem.
    """

    first: date | None = None
    until: date | None = None
    room: str = ""
    district: str = ""
    service: str = ""
    body: str = ""
    kind: str = ""
    language: str = ""
    channel: str = ""
    result: str = ""
    origin: str = ""
    author: str = ""
    is_first: bool = False
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and where the next page begins (None: nothing follows).

    `is_cut`: there may be more rows further back than this page has looked.
    """

    rows: Sequence[Consultation]
    next: Place | None = None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class _Walk:
    """One way through an index: its column (none: by day), and what must be true besides."""

    column: Columns
    rest: Columns = field(default_factory=dict)


def page(actor: Actor, wanted: Wanted, before: Place | None = None, limit: int = PAGE) -> Page:
    """The newest rows before the place; `actor` as `rights.at_the_desk` gives it."""
    found: dict[int, Consultation] = {}
    edges: list[Place] = []
    for walk in _walks(actor, wanted):
        rows, edge = _read(walk, wanted, before, limit)
        found |= {row.pk: row for row in rows}
        edges += [edge] if edge else []
    rows = sorted(found.values(), key=lambda row: (row.held_on, row.pk), reverse=True)
    # Beyond the nearest edge some walk has not looked yet: those rows come with the next page.
    edge = max(edges, key=lambda place: (place.on, place.pk), default=None)
    if edge:
        rows = [row for row in rows if (row.held_on, row.pk) >= (edge.on, edge.pk)]
    if len(rows) > limit:
        last = rows[limit - 1]
        return Page(rows[:limit], Place(last.held_on, last.pk))
    return Page(rows, edge, is_cut=edge is not None)


def every(actor: Actor, wanted: Wanted) -> Iterator[Consultation]:
    """All rows that are wanted, newest first, without holding them at once: for an export."""
    place: Place | None = None
    while True:
        found = page(actor, wanted, place, CHUNK)
        yield from found.rows
        if found.next is None:
            return
        place = found.next


def lanes(actor: Actor, rooms: Mapping[str, int]) -> list[Columns]:
    """What the actor may read, each part the beginning of an index."""
    if actor.roles & WIDE:
        return [{}]
    own = [{"room": rooms[code]} for code in sorted(actor.places) if code in rooms]
    return [{"author": actor.key}, *own]


def room_ids(actor: Actor, *codes: str) -> dict[str, int]:
    """Ids of the rooms by their codes: those of the actor, and these."""
    wanted = {*actor.places, *codes} - {""}
    rows = ServicePoint.objects.filter(code__in=wanted).order_by("pk")
    return dict(rows.values_list("code", "pk"))


def _walks(actor: Actor, wanted: Wanted) -> list[_Walk]:
    """The fewest walks that pass every row that is wanted and may be read."""
    rooms = room_ids(actor, wanted.room)
    exact = columns_of(wanted, rooms)
    if exact is None:
        return []
    allowed = lanes(actor, rooms)
    # One part that holds all that is wanted makes the others needless.
    whole = [lane for lane in allowed if all(exact.get(name) == lane[name] for name in lane)]
    joined = [{**lane, **exact} for lane in whole[:1] or allowed if _agree(lane, exact)]
    return [_walk(columns) for columns in joined]


def _agree(lane: Columns, exact: Columns) -> bool:
    return all(exact.get(name, value) == value for name, value in lane.items())


def _walk(columns: Columns) -> _Walk:
    name = next((name for name in WALKS if columns.get(name) is not None), "")
    rest = {column: value for column, value in columns.items() if column != name}
    return _Walk({name: columns[name]} if name else {}, rest)


def columns_of(wanted: Wanted, rooms: Mapping[str, int]) -> Columns | None:
    """The columns that must hold something; None when a code is nobody's."""
    found: dict[str, Any] = {
        name: value
        for name, value in (
            ("author", wanted.author),
            ("kind", wanted.kind),
            ("territory", wanted.district),
            ("language", wanted.language),
            ("channel", wanted.channel),
            ("result", wanted.result),
            ("origin", wanted.origin),
        )
        if value
    }
    codes = (
        ("room", wanted.room, rooms.get(wanted.room)),
        ("service", wanted.service, _id_of(PublicService.objects, wanted.service)),
        ("body", wanted.body, _id_of(Institution.objects, wanted.body)),
    )
    for name, code, pk in codes:
        if code and code != NONE and pk is None:
            return None
        if code:
            found[name] = pk
    return found


def _id_of(rows: Any, code: str) -> int | None:  # noqa: ANN401 - managers of two models
    if not code or code == NONE:
        return None
    pk: int | None = rows.filter(code=code).values_list("pk", flat=True).first()
    return pk


def condition(columns: Columns, of: str = "") -> Q:
    """Rows whose columns hold these values; None asks for an empty one. `of` leads to the row."""
    said = {
        f"{of}{name}__isnull" if value is None else f"{of}{name}": value is None or value
        for name, value in columns.items()
    }
    return Q(**said)


def _besides(said: tuple[str, Any]) -> Exact:
    """A condition that no index answers: the rows of the walk are asked, and no other way is taken.

    A database that knows nothing of the window would rather read every row of another index.
    """
    name, value = said
    blank: int | str = 0 if name in NUMBERED else ""
    kind = IntegerField() if name in NUMBERED else CharField()
    column = Coalesce(F(name), Value(blank), output_field=kind)
    return Exact(column, blank if value is None else value)


def _read(
    walk: _Walk, wanted: Wanted, before: Place | None, limit: int
) -> tuple[list[Consultation], Place | None]:
    """Up to one row more than a page, and the edge of what was looked through, if there is one."""
    path = _path(walk.column, wanted, before)
    if not (walk.rest or wanted.is_first or wanted.is_struck):
        return list(_shown(path, wanted)[: limit + 1]), None
    last = path.values_list("held_on", "pk")[WINDOW - 1 : WINDOW].first()
    edge = Place(*last) if last else None
    if edge:
        path = _path(walk.column, replace(wanted, first=edge.on), before)
        path = path.filter(Q(held_on__gt=edge.on) | Q(pk__gte=edge.pk))
    shown = _shown(path, wanted)
    rest = {**walk.rest, "continues": None} if wanted.is_first else walk.rest
    return list(shown.filter(*map(_besides, rest.items()))[: limit + 1]), edge


def _shown(path: ConsultationQuerySet, wanted: Wanted) -> ConsultationQuerySet:
    related = path.select_related("room", "territory", "service", "body")
    return related.filter(is_struck=wanted.is_struck)


def _path(column: Columns, wanted: Wanted, before: Place | None) -> ConsultationQuerySet:
    """The rows of one index from its newest end, or from the place on.

    One bound at each end: of two SQLite takes one, and reads all that the other would leave out.
    """
    found = Consultation.objects.filter(**column)
    if before and (wanted.until is None or before.on < wanted.until):
        earlier = Q(held_on__lt=before.on) | Q(pk__lt=before.pk)
        found = found.filter(earlier, held_on__lte=before.on)
    elif wanted.until:
        found = found.filter(held_on__lt=wanted.until)
    if wanted.first:
        found = found.filter(held_on__gte=wanted.first)
    return found.order_by("-held_on", "-pk")
