"""Consultations by what was answered: words AND words, the newest first, through an index.

The word that reaches furthest back among its newest `WINDOW` rows is the rarest; its rows are
walked from the newest end, each asked for the other words. Two common words cost no more than one.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from baqylau.kernel.access import Actor
from baqylau.reception.models import Consultation, Word
from baqylau.reception.queries.listing import (
    WINDOW,
    Columns,
    Wanted,
    columns_of,
    condition,
    lanes,
    room_ids,
)
from baqylau.reception.rules.words import asked_prefixes

FOUND: Final = 50
TO: Final = "consultation__"


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found, and the id before which the next page looks on (None: nothing follows).

    `is_cut`: only the newest rows of the rarest word were looked through.
    """

    rows: list[Consultation]
    next: int | None = None
    is_cut: bool = False


def with_words(
    actor: Actor, query: str, wanted: Wanted | None = None, before: int | None = None
) -> Matches:
    """Consultations whose answer has every word; nothing when the query names none.

    `actor` as `rights.at_the_desk` gives it. `before` is where an earlier page ended.
    """
    rooms = room_ids(actor, wanted.room if wanted else "")
    exact = columns_of(wanted or Wanted(), rooms)
    prefixes = asked_prefixes(query)
    if exact is None or not prefixes:
        return Matches([])
    edges = {prefix: _edge(prefix, before) for prefix in prefixes}
    rarest = min(prefixes, key=lambda prefix: edges[prefix] or 0)
    rows = _passed(rarest, edges[rarest], before)
    for prefix in prefixes:
        if prefix != rarest:
            other = Word.objects.filter(prefix=prefix, consultation=OuterRef("consultation"))
            rows = rows.filter(Exists(other))
    rows = rows.filter(_within(lanes(actor, rooms)), _meant(wanted or Wanted(), exact))
    related = (f"consultation__{name}" for name in ("room", "territory", "service", "body"))
    rows = rows.select_related("consultation", *related).order_by("-consultation_id")
    found = [row.consultation for row in rows[: FOUND + 1]]
    if len(found) > FOUND:
        return Matches(found[:FOUND], found[FOUND - 1].pk)
    return Matches(found, edges[rarest], is_cut=edges[rarest] is not None)


def _edge(prefix: str, before: int | None) -> int | None:
    """The oldest of the prefix's newest `WINDOW` rows; None when there are fewer."""
    rows = _passed(prefix, None, before).order_by("-consultation_id")
    return rows.values_list("consultation_id", flat=True)[WINDOW - 1 : WINDOW].first()


def _passed(prefix: str, edge: int | None, before: int | None) -> QuerySet[Word]:
    rows = Word.objects.filter(prefix=prefix)
    if edge is not None:
        rows = rows.filter(consultation_id__gte=edge)
    return rows if before is None else rows.filter(consultation_id__lt=before)


def _within(allowed: list[Columns]) -> Q:
    found = Q()
    for lane in allowed:
        found |= condition(lane, TO)
    return found


def _meant(wanted: Wanted, exact: Columns) -> Q:
    """Everything else that the list may ask for."""
    said: dict[str, Any] = {"consultation__is_struck": wanted.is_struck}
    if wanted.is_first:
        said["consultation__continues__isnull"] = True
    if wanted.first:
        said["consultation__held_on__gte"] = wanted.first
    if wanted.until:
        said["consultation__held_on__lt"] = wanted.until
    return Q(**said) & condition(exact, TO)
