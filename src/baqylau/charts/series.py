"""A measure over time: columns of counts, or a line with its interval as a band."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from baqylau.charts.drawing import LINE, WIDTH, checked, mark, svg, width_of, words

HEIGHT = 140
"""Of the plot itself."""
HEAD = 24
"""Room for the number above the highest point."""
DEPTH = 17
"""From a point down to the foot of a number below it."""


@dataclass(frozen=True, slots=True)
class Point:
    """A period. `label` stands below it, `shown` is its number as people read it.

    None where there is no number. `is_chosen` marks the periods that the page is about.
    Raises: ValueError as `Bar`.
    """

    label: str
    value: float | None
    shown: str = ""
    low: float | None = None
    high: float | None = None
    is_chosen: bool = False

    def __post_init__(self) -> None:
        checked(self.value, self.low, self.high)
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval has two ends")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("an interval begins before it ends")

    @property
    def spot(self) -> float | None:
        """Where its number is written: at the value, without one at the top of the interval."""
        return self.high if self.value is None else self.value

    @property
    def most(self) -> float | None:
        """The highest that is drawn here; None for nothing."""
        known = [number for number in (self.value, self.high) if number is not None]
        return max(known) if known else None


def series(
    points: Sequence[Point], *, code: str, title: str, desc: str, most: float | None = None
) -> str:
    """The chart as SVG: with intervals a line in its band, without them columns."""
    checked(most)
    tops = [point.most for point in points if point.most is not None]
    top = max([most or 0, *tops]) or 1
    step = WIDTH / max(len(points), 1)
    floor = HEAD + HEIGHT
    has_bands = any(point.low is not None for point in points)
    draw = _band if has_bands else _columns
    parts = [
        *draw(points, step, floor, top),
        mark("path", kind="axis", d=f"M0 {floor}H{WIDTH}"),
        *_numbers(points, step, floor, top),
        *_labels(points, step, floor + LINE),
    ]
    return svg(parts, floor + LINE + 6, code=code, title=title, desc=desc)


def _height(value: float, top: float) -> float:
    return value / top * HEIGHT


def _columns(points: Sequence[Point], step: float, floor: float, top: float) -> Iterator[str]:
    for place, point in enumerate(points):
        if point.value is None:
            continue
        tall = _height(point.value, top)
        kind = "bar" if point.is_chosen else "bar other"
        yield mark(
            "rect",
            kind=kind,
            x=place * step + step * 0.15,
            y=floor - tall,
            width=step * 0.7,
            height=tall,
        )


def _band(points: Sequence[Point], step: float, floor: float, top: float) -> Iterator[str]:
    for run in _runs(points):
        spots = [((place + 0.5) * step, points[place]) for place in run]
        edge = [(x, floor - _height(p.high or 0, top)) for x, p in spots]
        edge += [(x, floor - _height(p.low or 0, top)) for x, p in reversed(spots)]
        if len(spots) == 1:
            edge = [
                (x + shift, y) for shift, part in ((-4, edge), (4, edge[::-1])) for x, y in part
            ]
        yield mark("polygon", kind="band", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in edge))
        line = [(x, floor - _height(p.value, top)) for x, p in spots if p.value is not None]
        if line:
            path = "L".join(f"{x:.1f} {y:.1f}" for x, y in line)
            yield mark("path", kind="line", d=f"M{path}")
        for (x, y), (_x, point) in zip(line, spots, strict=False):
            kind = "dot" if point.is_chosen else "dot other"
            yield mark("circle", kind=kind, cx=x, cy=y, r=3)


def _runs(points: Sequence[Point]) -> Iterator[list[int]]:
    """Places of neighbouring points that have an interval: a gap stays a gap."""
    run: list[int] = []
    for place, point in enumerate(points):
        if point.low is not None:
            run.append(place)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _numbers(points: Sequence[Point], step: float, floor: float, top: float) -> Iterator[str]:
    """The highest number and the last one, where they do not cover each other."""
    known = [(point.spot, place) for place, point in enumerate(points) if point.spot is not None]
    if not known:
        return
    peak = max(known, key=lambda each: (each[0], each[1]))[1]
    last = known[-1][1]
    shown = points[peak].shown
    wide = width_of(shown, is_bold=True) + width_of(points[last].shown, is_bold=True)
    spans = wide / 2 + 8
    apart = abs(last - peak) * step >= spans
    for place in sorted({peak, last} if apart else {peak}):
        point = points[place]
        half = width_of(point.shown, is_bold=True) / 2
        x = min(max((place + 0.5) * step, half), WIDTH - half)
        spot = floor - _height(point.spot or 0, top)
        # A column ends at its number; a line may run through it.
        passed = [spot, *_line_within(points, step, floor, top, (x - half, x + half))]
        above, below = min(passed) - 7, max(passed) + DEPTH
        is_nearer = point.low is not None and below - spot < spot - above + DEPTH - 7
        yield words(
            point.shown, x, below if is_nearer and below <= floor - 2 else above, "number middle"
        )


def _line_within(
    points: Sequence[Point], step: float, floor: float, top: float, span: tuple[float, float]
) -> Iterator[float]:
    """How high the line runs where it enters a span of the page, leaves it, and between."""
    for run in _runs(points):
        spots = [
            ((place + 0.5) * step, floor - _height(points[place].spot or 0, top)) for place in run
        ]
        for (x, y), (next_x, next_y) in pairwise(spots):
            for edge in (max(span[0], x), min(span[1], next_x)):
                if x <= edge <= next_x and span[0] <= edge <= span[1]:
                    yield y + (next_y - y) * (edge - x) / (next_x - x)


def _labels(points: Sequence[Point], step: float, y: float) -> Iterator[str]:
    """As many labels as fit, evenly, the first one always."""
    widest = max((width_of(point.label) for point in points), default=0) + 10
    every = max(1, -int(-widest // step))
    end = 0.0
    for place in range(0, len(points), every):
        half = width_of(points[place].label) / 2
        x = min(max((place + 0.5) * step, half), WIDTH - half)
        if x - half >= end:
            yield words(points[place].label, x, y, "soft middle")
            end = x + half + 4
