"""Coverage: distinct institutions that were reached, of all that the register holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from baqylau.institutions import queries as institutions
from baqylau.institutions.models import Institution, InstitutionQuerySet
from baqylau.outreach.models import Campaign, Event, Goal, Reached, Scope, Stage
from baqylau.outreach.rules.coverage import Coverage, Tally, heirs
from baqylau.outreach.rules.reaching import ALL_TIME

PAGE = 50
"""Institutions on one page."""


@dataclass(frozen=True, slots=True)
class Over:
    """Over what is asked: a year (0: all time) and a campaign (None: any)."""

    year: int = 0
    campaign: Campaign | None = None

    def register_on(self, today: date) -> date:
        """The day whose register counts: today, or the last one of what is over by then."""
        days = [today]
        if self.year:
            days.append(date(self.year, 12, 31))
        if self.campaign and self.campaign.until_on:
            days.append(self.campaign.until_on - timedelta(days=1))
        return min(days)

    def rows(self) -> "QuerySet[Reached]":
        """Who was reached."""
        scope, first = (Scope.YEAR, date(self.year, 1, 1)) if self.year else (Scope.ALL, ALL_TIME)
        return Reached.objects.filter(scope=scope, first_on=first, campaign=self.campaign)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, and what might be: years and campaigns."""

    over: Over
    years: list[int]
    campaigns: list[Campaign]


def years(today: date) -> list[int]:
    """The years in which an event was held, the newest first; this one in any case."""
    found = Reached.objects.filter(scope=Scope.YEAR, campaign=None).order_by()
    days = found.values_list("first_on", flat=True).distinct()
    return sorted({day.year for day in days} | {today.year}, reverse=True)


def coverage(over: Over, today: date) -> Coverage:
    """How many institutions were reached, of all that were in the register on the day."""
    day = over.register_on(today)
    inherited = _inherited(over, day)
    is_reached = Q(pk__in=over.rows().values("institution")) | Q(pk__in=inherited)
    rows = (
        Institution.objects.open_on(day)
        .order_by()
        .values_list("district_id", "kind", "ownership")
        .annotate(every=Count("id"), reached=Count("id", filter=is_reached))
    )
    return Coverage({tuple(cell): Tally(reached, every) for *cell, every, reached in rows})


def _inherited(over: Over, day: date) -> frozenset[int]:
    """Those whose predecessor was reached before it ended: its people are theirs now."""
    ended = Institution.objects.filter(until_on__lte=day).exclude(successor=None).order_by()
    pairs = {pk: heir for pk, heir in ended.values_list("pk", "successor") if heir}
    if not pairs:
        return frozenset()
    reached = over.rows().filter(institution__in=ended.values("pk"))
    return heirs(reached.values_list("institution", flat=True), pairs)


def never_reached(
    over: Over, today: date, wanted: institutions.Wanted | None = None
) -> InstitutionQuerySet:
    """The institutions of the day's register that were not reached, in alphabetical order."""
    day = over.register_on(today)
    found = institutions.listing(wanted or institutions.Wanted(), day)
    found = found.exclude(pk__in=over.rows().values("institution"))
    return found.exclude(pk__in=_inherited(over, day))


@dataclass(frozen=True, slots=True)
class Planned:
    """A goal beside what was done."""

    goal: Goal
    fact: int
    all: int
    upcoming: int
    """Events that are planned there and not yet held."""

    @property
    def percent(self) -> int:
        """Of the goal, whole percent, rounded down: 100 is a goal that was met."""
        return 100 * self.fact // self.goal.institutions if self.goal.institutions else 100


def plan(year: int, today: date) -> list[Planned]:
    """The goals of a year against the facts, by district and kind."""
    goals = list(
        Goal.objects.filter(year=year)
        .select_related("district", "campaign")
        .order_by("campaign__order", "campaign_id", "district__sort_kk", "kind")
    )
    found: dict[int, Coverage] = {}
    upcoming = _upcoming(year)
    rows = []
    for goal in goals:
        key = goal.campaign_id or 0
        if key not in found:
            found[key] = coverage(Over(year, goal.campaign), today)
        tally = found[key].of(goal.district_id, goal.kind)
        waiting = upcoming.get((goal.district_id, goal.campaign_id), 0)
        rows.append(Planned(goal, tally.reached, tally.all, waiting))
    return rows


def _upcoming(year: int) -> Mapping[tuple[str, int | None], int]:
    """Events of the year that are planned or confirmed, by district and campaign (None: any)."""
    days = {"on__gte": date(year, 1, 1), "on__lt": date(year + 1, 1, 1)}
    rows = (
        Event.objects.filter(stage__in=(Stage.PLANNED, Stage.CONFIRMED), **days)
        .order_by()
        .values_list("district_id", "campaign_id")
        .annotate(many=Count("id"))
    )
    found: dict[tuple[str, int | None], int] = {}
    for district, campaign, many in rows:
        for key in {(district, campaign), (district, None)}:
            found[key] = found.get(key, 0) + many
    return found
