"""Reading sums: what a page costs does not depend on how much was counted."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Min, Q, Sum

from baqylau.figures.models import Bin, Bookmark, Tally
from baqylau.figures.queries.telling import last_number
from baqylau.figures.rules.results import Version
from baqylau.figures.rules.spans import Chosen, cover
from baqylau.kernel.figures import Fold, Span
from baqylau.kernel.period import Period

ByValue = dict[str, dict[str, int]]
"""Sums by value, then by measure."""
Sizes = dict[str, dict[int, int]]
"""Counts by value, then by size."""


def _within(chosen: Chosen | Period) -> Q:
    """The kept periods that together are the days meant."""
    if isinstance(chosen, Chosen):
        return Q(span=chosen.span.value, first_on=chosen.first)
    found = Q(pk__in=[])
    for span, first in cover(chosen):
        found |= Q(span=span.value, first_on=first)
    return found


def by_value(measures: Iterable[str], within: Chosen | Period, dimension: str = "") -> ByValue:
    """The sums of measures by the values of a dimension; for "" all under the value ""."""
    rows = Tally.objects.filter(_within(within), measure__in=sorted(measures), dimension=dimension)
    found: ByValue = {}
    for value, measure, total in rows.values_list("value", "measure").annotate(total=Sum("amount")):
        found.setdefault(value, {})[measure] = total
    return found


def sizes(
    measure: str, within: Chosen | Period, dimension: str = "", values: Sequence[str] = ("",)
) -> Sizes:
    """The histogram of a measure for each of the values of a dimension."""
    rows = Bin.objects.filter(
        _within(within), measure=measure, dimension=dimension, value__in=list(values)
    )
    found: Sizes = {}
    for value, size, total in rows.values_list("value", "size").annotate(total=Sum("amount")):
        found.setdefault(value, {})[size] = total
    return found


def over_time(
    measures: Iterable[str], span: Span, since: date, until: date
) -> dict[date, dict[str, int]]:
    """The wholes of each period of a kind that begins in [since, until), by measure."""
    rows = Tally.objects.filter(_whole_of(span, since, until), measure__in=sorted(measures))
    found: dict[date, dict[str, int]] = {}
    for first, measure, amount in rows.values_list("first_on", "measure", "amount"):
        found.setdefault(first, {})[measure] = amount
    return found


def parts_over_time(
    measures: Iterable[str], span: Span, since: date, until: date
) -> dict[tuple[date, str, str], dict[str, int]]:
    """The same by the values of every dimension: first day, dimension and value, then measure."""
    rows = Tally.objects.filter(
        measure__in=sorted(measures), span=span.value, first_on__gte=since, first_on__lt=until
    ).exclude(dimension="")
    found: dict[tuple[date, str, str], dict[str, int]] = {}
    columns = ("first_on", "dimension", "value", "measure", "amount")
    for first, dimension, value, measure, amount in rows.values_list(*columns):
        found.setdefault((first, dimension, value), {})[measure] = amount
    return found


def sizes_over_time(
    measure: str, span: Span, since: date, until: date
) -> dict[date, dict[int, int]]:
    """The whole histogram of each period of a kind that begins in [since, until)."""
    rows = Bin.objects.filter(_whole_of(span, since, until), measure=measure)
    found: dict[date, dict[int, int]] = {}
    for first, size, amount in rows.values_list("first_on", "size", "amount"):
        found.setdefault(first, {})[size] = amount
    return found


def _whole_of(span: Span, since: date, until: date) -> Q:
    return Q(dimension="", span=span.value, first_on__gte=since, first_on__lt=until, value="")


def first_month(measures: Iterable[str]) -> date | None:
    """The first month in which anything was counted."""
    rows = Tally.objects.filter(
        measure__in=sorted(measures), dimension="", span=Span.MONTH.value, value=""
    )
    found: date | None = rows.aggregate(first=Min("first_on"))["first"]
    return found


def version_of(folds: Sequence[Fold], today: date) -> Version:
    """How far all these folds have read; a number without folds is of today."""
    if not folds:
        return Version(today)
    marks = {mark.fold: mark for mark in Bookmark.objects.filter(fold__in=[f.code for f in folds])}
    read = [marks.get(fold.code) for fold in folds]
    furthest = min((mark.number if mark else 0 for mark in read), default=0)
    days = [mark.day for mark in read if mark and mark.day and mark.number == furthest]
    day = days[0] if days and furthest else None
    return Version(day, furthest, behind=max(0, last_number() - furthest))
