"""How many reports there are: from the clear columns and the two counters, with nothing opened."""

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baqylau.figures.rules.gate import Gated, gate
from baqylau.kernel.figures import Text
from baqylau.reports.models import Counter, Report
from baqylau.reports.taxonomy import Conduct, State
from baqylau.territories.labels import full_name
from baqylau.territories.models import Territory

KEPT, MISSED, RUNNING, GONE = "kept", "missed", "running", "gone"
STANDINGS: Mapping[str, Text] = {
    KEPT: _("in time"),
    MISSED: _("late"),
    RUNNING: _("the time is running"),
    GONE: _("deleted, no longer known"),
}
"""How a report stands against one of our two promises."""
COUNTED: Mapping[str, Text] = {
    Counter.By.DISTRICT: _("District"),
    Counter.By.CONDUCT: pgettext_lazy("conduct", "What was done"),
}
"""What the two counters count by."""


def standing(state: str, by: date, done_on: date | None, today: date) -> str:
    """Against a promise: kept, missed, still running; not known of a report that was deleted."""
    if state == State.DELETED:
        return GONE
    if done_on is None:
        return MISSED if today > by else RUNNING
    return KEPT if done_on <= by else MISSED


@dataclass(slots=True)
class Month:
    """What was filed in a month: in all, by state today, and against the two promises."""

    first: date
    filed: int = 0
    states: Tally[str] = field(default_factory=Tally)
    acknowledged: Tally[str] = field(default_factory=Tally)
    answered: Tally[str] = field(default_factory=Tally)


COLUMNS = ("state", "filed_on", "acknowledge_by", "acknowledged_on", "feedback_by", "answered_on")


def months(year: int, today: date) -> list[Month]:
    """The twelve months of a year and, behind them, their sum (its day is the year's first)."""
    rows = [Month(date(year, number, 1)) for number in range(1, 13)] + [Month(date(year, 1, 1))]
    found = Report.objects.filter(filed_on__year=year).values_list(*COLUMNS)
    for state, filed_on, ack_by, ack_on, answer_by, answer_on in found.iterator():
        for row in (rows[filed_on.month - 1], rows[-1]):
            row.filed += 1
            row.states[state] += 1
            row.acknowledged[standing(state, ack_by, ack_on, today)] += 1
            row.answered[standing(state, answer_by, answer_on, today)] += 1
    return rows


def years(today: date) -> Sequence[int]:
    """The years in which there were reports, and this one, newest first."""
    dates = Report.objects.dates("filed_on", "year")
    return sorted({today.year, *(day.year for day in dates)}, reverse=True)


def labelled(by: str, year: int) -> dict[str, int]:
    """How many labels each value of a counter has had in a year."""
    rows = Counter.objects.filter(by=by, month__year=year).values_list("value")
    return {value: total for value, total in rows.annotate(total=Sum("number")) if total}


def gated(by: str, year: int) -> Gated:
    """The same as it may leave the house: small counts hidden, the others rounded."""
    return gate(labelled(by, year))


def names(by: str, values: Iterable[str]) -> dict[str, Text]:
    """The names of a counter's values in the active language."""
    if by == Counter.By.CONDUCT:
        known = dict(Conduct.choices)
        return {value: known.get(value, value) for value in values}
    units = {unit.kato: full_name(unit) for unit in Territory.objects.filter(kato__in=list(values))}
    return {value: units.get(value, value) for value in values}


def by_month(_today: date) -> dict[str, int]:
    """Reports by the month in which they were filed, "2026-07"."""
    rows = Report.objects.annotate(month=TruncMonth("filed_on")).values_list("month", flat=True)
    return dict(sorted(Tally(f"{month:%Y-%m}" for month in rows).items()))


def by_state(_today: date) -> dict[str, int]:
    """Reports by state."""
    return dict(Tally(Report.objects.values_list("state", flat=True)))


def by_clock(today: date) -> dict[str, int]:
    """Reports by how they stand against the promise of an answer."""
    rows = Report.objects.values_list("state", "feedback_by", "answered_on")
    return dict(Tally(standing(state, by, on, today) for state, by, on in rows.iterator()))
