"""From sums to answers, for those who may open the records."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from baqylau.figures.rules.results import Answer, Estimate, Exact, Range, Why, Withheld
from baqylau.kernel.figures import Between, Count, Days, Figure, Live, Share
from baqylau.stats.histograms import Histogram
from baqylau.stats.intervals import wilson


@dataclass(frozen=True, slots=True)
class Sums:
    """What was counted for one cell: by measure, and by size for a histogram."""

    by_measure: Mapping[str, int] = field(default_factory=dict)
    by_size: Mapping[int, int] = field(default_factory=dict)

    def of(self, measure: str) -> int:
        """The sum of a measure; nothing counted is 0."""
        return self.by_measure.get(measure, 0)


LIVE = "live"
"""The measure under which a live number stands."""


def measures_of(figure: Figure) -> tuple[str, ...]:
    """The measures that a figure reads; the one that its rows are sorted by is first."""
    match figure.kind:
        case Count(measure) | Days(measure):
            return (measure,)
        case Share(part, whole):
            return (whole, part)
        case Between(low, high):
            return (high, low)
        case Live():
            return (LIVE,)


def evaluate(figure: Figure, sums: Sums) -> Answer:
    """The answer, exact where it is a count."""
    match figure.kind:
        case Count(measure):
            return Exact(sums.of(measure))
        case Live():
            return Exact(sums.of(LIVE))
        case Between(low, high):
            return Range(sums.of(low), sums.of(high))
        case Share(part, whole):
            return share(sums.of(part), sums.of(whole))
        case Days():
            return days(sums.by_size)


def share(part: int, whole: int, *, is_rounded: bool = False) -> Estimate | Withheld:
    """A share with Wilson's interval."""
    if whole == 0:
        return Withheld(Why.NOTHING)
    low, high = wilson(part, whole)
    return Estimate(part / whole, low, high, whole, part=part, is_rounded=is_rounded)


def days(by_size: Mapping[int, int]) -> Estimate | Withheld:
    """The median with the order statistics that bound it, and the quartiles."""
    histogram = Histogram(by_size)
    if histogram.n == 0:
        return Withheld(Why.NOTHING)
    median = histogram.quantile(0.5)
    if median is None:
        return Withheld(Why.FEW)
    lower, upper = (histogram.at(max(1, -int(-histogram.n * part // 1))) for part in (0.25, 0.75))
    return Estimate(median.value, median.low, median.high, median.n, quartiles=(lower, upper))
