"""What is counted of reports: from clear columns and the two counters alone.

Every figure is asked from the rows at this moment: the sealed journal tells nothing that could be
added up, and nothing of it leaves its database.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.figures import Dimension, Figure, Live, Text
from baqylau.reports.access import COUNT
from baqylau.reports.models import Counter, Report
from baqylau.reports.queries import yearly
from baqylau.reports.taxonomy import Conduct, State
from baqylau.territories.queries import districts

BY: Mapping[str, Callable[[date], Mapping[str, int]]] = {
    "month": yearly.by_month,
    "state": yearly.by_state,
    "clock": yearly.by_clock,
}


def count_reports(today: date, by: str) -> Mapping[str, int]:
    """All reports that were ever filed, deleted ones too."""
    return BY[by](today) if by else {"": Report.objects.count()}


def _labels(kind: Counter.By) -> Callable[[date, str], Mapping[str, int]]:
    def count(_today: date, by: str) -> Mapping[str, int]:
        rows = Counter.objects.filter(by=kind)
        if not by:
            return {"": rows.aggregate(total=Sum("number"))["total"] or 0}
        sums = rows.values_list("value").annotate(total=Sum("number"))
        return {value: total for value, total in sums if total}

    return count


def _states(codes: Sequence[str]) -> Mapping[str, Text]:
    return {code: State(code).label for code in codes}


def _clocks(codes: Sequence[str]) -> Mapping[str, Text]:
    return {code: yearly.STANDINGS[code] for code in codes}


def _named(kind: Counter.By) -> Callable[[Sequence[str]], Mapping[str, Text]]:
    return lambda codes: yearly.names(kind, codes)


MONTH = Dimension("month", _("Month"), lambda codes: {code: code for code in codes})
STATE = Dimension("state", _("State"), _states, lambda: State.values)
CLOCK = Dimension("clock", _("Answer"), _clocks, lambda: list(yearly.STANDINGS))
DISTRICT = Dimension(
    "district",
    yearly.COUNTED[Counter.By.DISTRICT],
    _named(Counter.By.DISTRICT),
    lambda: [unit.kato for unit in districts()],
)
CONDUCT = Dimension(
    "conduct",
    yearly.COUNTED[Counter.By.CONDUCT],
    _named(Counter.By.CONDUCT),
    lambda: Conduct.values,
)

FIGURES = (
    Figure(
        code="reports.filed",
        label=_("Sealed reports"),
        sentence=_(
            "How many sealed reports were filed, deleted ones too. What people say, not what is "
            "proven; more of them may mean more trust. Counted from days and states; no report is "
            "opened for it."
        ),
        population=_("Sealed reports"),
        unit=_("reports"),
        kind=Live(count_reports),
        action=COUNT,
        dimensions=(STATE, CLOCK, MONTH),
        order=60,
    ),
    Figure(
        code="reports.districts",
        label=_("Reports labelled with a district"),
        sentence=_(
            "How many reports the officers have labelled with a district. The label of a report "
            "itself is sealed; this counter stands apart from it and is never crossed with another."
        ),
        population=_("Reports labelled with a district"),
        unit=_("reports"),
        kind=Live(_labels(Counter.By.DISTRICT)),
        action=COUNT,
        dimensions=(DISTRICT,),
        order=61,
    ),
    Figure(
        code="reports.conducts",
        label=_("Reports labelled with what was done"),
        sentence=_(
            "How many reports the officers have labelled with what was done. The label of a report "
            "itself is sealed; this counter stands apart from it and is never crossed with another."
        ),
        population=_("Reports labelled with what was done"),
        unit=_("reports"),
        kind=Live(_labels(Counter.By.CONDUCT)),
        action=COUNT,
        dimensions=(CONDUCT,),
        order=62,
    ),
)
