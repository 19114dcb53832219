"""What is counted of events and of whom they reached: public records, so every number is exact."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from baqylau.casework.dimensions import DISTRICT
from baqylau.institutions.models import Kind
from baqylau.kernel.access import Actor
from baqylau.kernel.figures import (
    Contribution,
    Count,
    Dimension,
    Figure,
    Fold,
    Live,
    Slice,
    Span,
    Text,
    Told,
)
from baqylau.outreach.access import SEE
from baqylau.outreach.models import Campaign, EventKind
from baqylau.outreach.queries.coverage import Over, coverage
from baqylau.outreach.queries.words import words
from baqylau.outreach.rules.coverage import Coverage, Tally
from baqylau.outreach.rules.reaching import unpacked
from baqylau.outreach.services.reaching import COUNTED

EVENTS, PEOPLE, REACHED = "outreach.events", "outreach.people", "outreach.reached"
SPANS = {"m": Span.MONTH, "q": Span.QUARTER, "y": Span.YEAR, "a": Span.ALL}


def _kinds(codes: Sequence[str]) -> Mapping[str, Text]:
    return {code: Kind(code).label for code in codes if code in Kind}


def _event_kinds(codes: Sequence[str]) -> Mapping[str, Text]:
    return {code: EventKind(code).label for code in codes if code in EventKind}


def _campaigns(codes: Sequence[str]) -> Mapping[str, Text]:
    rows = Campaign.objects.filter(code__in=codes)
    return {row.code: str(words(row, "name")) for row in rows}


KIND = Dimension("institution_kind", _("Kind of institution"), _kinds, lambda: Kind.values)
EVENT_KIND = Dimension("event_kind", _("Kind of event"), _event_kinds, lambda: EventKind.values)
CAMPAIGN = Dimension("campaign", _("Campaign"), _campaigns)


def run(told: Sequence[Told]) -> Iterator[Contribution]:
    """What each change of an event adds and takes back: the event, who came, whom it reached."""
    for entry in told:
        for prefix, sign in (("was_", -1), ("", 1)):
            yield from _event(entry.payload, prefix, sign)
        for turn in unpacked(entry.payload["reached"]):
            cells = (
                {CAMPAIGN.code: turn.campaign}
                if turn.campaign
                else {KIND.code: turn.kind, DISTRICT.code: turn.district}
            )
            yield Contribution(
                REACHED,
                turn.first_on,
                turn.amount,
                cells,
                spans=frozenset({SPANS[turn.scope]}),
                in_parts_only=bool(turn.campaign),
            )


def _event(said: Mapping[str, Any], prefix: str, sign: int) -> Iterator[Contribution]:
    day = said.get(f"{prefix}on")
    if day is None:
        return
    cells = {
        EVENT_KIND.code: said[f"{prefix}kind"],
        DISTRICT.code: said[f"{prefix}district"],
        CAMPAIGN.code: said[f"{prefix}campaign"],
    }
    on = date.fromisoformat(day)
    yield Contribution(EVENTS, on, sign, cells)
    if people := said[f"{prefix}people"]:
        yield Contribution(PEOPLE, on, sign * people, cells)


FOLDS = (Fold("outreach.counted", frozenset({COUNTED}), frozenset({EVENTS, PEOPLE, REACHED}), run),)


def events_list(_actor: Actor, wanted: Slice) -> str | None:
    """The public list of events; None where it cannot be narrowed to the very ones."""
    if wanted.dimension not in ("", DISTRICT.code, CAMPAIGN.code, EVENT_KIND.code):
        return None
    if wanted.dimension and not wanted.value:
        return None
    asked = {"held": "1"}
    if wanted.period:
        asked |= {"from": wanted.period.first.isoformat(), "until": wanted.period.until.isoformat()}
    if wanted.dimension:
        asked[wanted.dimension] = wanted.value
    return f"{reverse('reached_events')}?{urlencode(asked)}"


def reached_list(_actor: Actor, wanted: Slice) -> str | None:
    """The public page of coverage, for years and all time, whole or by campaign."""
    asked: dict[str, str] = {}
    if wanted.period:
        first = wanted.period.first
        if (first.month, first.day) != (1, 1) or wanted.period.until != date(first.year + 1, 1, 1):
            return None
        asked["year"] = str(first.year)
    if wanted.dimension == DISTRICT.code and wanted.value:
        address = reverse("reached_district", args=[wanted.value])
    elif wanted.dimension in ("", CAMPAIGN.code):
        address = reverse("reached")
        if wanted.dimension:
            asked["campaign"] = wanted.value
    else:
        return None
    return f"{address}?{urlencode(asked)}" if asked else address


def _by(found: Coverage, dimension: str) -> Mapping[str, Tally]:
    if dimension == DISTRICT.code:
        return found.by_district()
    if dimension == KIND.code:
        return found.by_kind()
    return {"": found.whole}


def covered(today: date, dimension: str) -> Mapping[str, int]:
    """How many of today's register were reached at any time."""
    tallies = _by(coverage(Over(), today), dimension)
    return {code: tally.reached for code, tally in tallies.items()}


def registered(today: date, dimension: str) -> Mapping[str, int]:
    """How many the register has today."""
    return {code: tally.all for code, tally in _by(coverage(Over(), today), dimension).items()}


_OF_EVENTS: dict[str, Any] = {
    "action": SEE,
    "dimensions": (DISTRICT, CAMPAIGN, EVENT_KIND),
    "records": events_list,
    "published": frozenset({DISTRICT.code, CAMPAIGN.code, EVENT_KIND.code}),
    "has_public_records": True,
}
FIGURES = (
    Figure(
        code="outreach.events",
        label=_("Events held"),
        sentence=_(
            "How many meetings, seminars, lectures and hearings took place in the period, by their "
            "own day. Plans and what was cancelled do not count. Each has a page of its own."
        ),
        population=_("Events held"),
        unit=_("events"),
        kind=Count(EVENTS),
        order=80,
        **_OF_EVENTS,
    ),
    Figure(
        code="outreach.people",
        label=_("Attendance of events"),
        sentence=_(
            "The headcounts of the events of the period together, as each event's page tells them. "
            "Who came to two events counts twice: it is how often somebody came, not how many "
            "different people."
        ),
        population=_("Attendance of events"),
        unit=_("visits to events"),
        kind=Count(PEOPLE),
        order=81,
        **_OF_EVENTS,
    ),
    Figure(
        code="outreach.reached",
        label=_("Institutions reached"),
        sentence=_(
            "How many different institutions events were held at, or for whose people, in the "
            "period. Reached in two months, it counts in both, and once in the year; by two "
            "campaigns, with both, and once in the whole. So the parts may come to more."
        ),
        population=_("Institutions reached"),
        unit=_("institutions"),
        kind=Count(REACHED),
        action=SEE,
        dimensions=(DISTRICT, KIND, CAMPAIGN),
        records=reached_list,
        published=frozenset({DISTRICT.code, KIND.code, CAMPAIGN.code}),
        has_public_records=True,
        order=82,
    ),
    Figure(
        code="outreach.covered",
        label=_("Institutions of the register that were ever reached"),
        sentence=_(
            "Of the institutions that the register has today, state and private, how many were "
            "reached at any time. A visit to one that was since closed counts for its successor. "
            "Its share of all needs no interval: every institution is looked at, none is drawn."
        ),
        population=_("Institutions in the register"),
        unit=_("institutions"),
        kind=Live(covered),
        action=SEE,
        dimensions=(DISTRICT, KIND),
        records=reached_list,
        published=frozenset(),
        has_public_records=True,
        order=83,
    ),
    Figure(
        code="outreach.register",
        label=_("Institutions in the register"),
        sentence=_(
            "How many institutions the register has today, state and private: what coverage is "
            "measured against."
        ),
        population=_("Institutions in the register"),
        unit=_("institutions"),
        kind=Live(registered),
        action=SEE,
        dimensions=(DISTRICT, KIND),
        records=reached_list,
        published=frozenset(),
        has_public_records=True,
        order=84,
    ),
)
