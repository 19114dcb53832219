"""Bars by category: the label above, the number at the end, the interval as a whisker."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from baqylau.charts.drawing import LINE, WIDTH, checked, mark, svg, width_of, words, wrapped

THICK = 10
AIR = 14
TICK = 4
"""Half the height of a whisker's ends."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A category. `shown` is the number as people read it, or what stands in its place.

    `value` None draws no bar. Raises: ValueError for numbers that no chart can show, or an interval
    that does not hold its value.
    """

    label: str
    value: float | None
    shown: str
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        checked(self.value, self.low, self.high)
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval has two ends")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("an interval begins before it ends")

    @property
    def most(self) -> float:
        """How far the bar or its whisker reaches."""
        return max(self.value or 0, self.high or 0)


def bars(
    rows: Sequence[Bar], *, code: str, title: str, desc: str, most: float | None = None
) -> str:
    """The chart as SVG. `most` fixes the end of the scale: 1 for shares."""
    checked(most)
    top = max([most or 0, *(row.most for row in rows)]) or 1
    widths = [width_of(row.shown, is_bold=True) for row in rows if row.value is not None]
    room = WIDTH - 12 - max(widths, default=0)
    parts: list[str] = []
    y: float = LINE - 4
    for row in rows:
        for line in wrapped(row.label, WIDTH):
            parts.append(words(line, 0, y))
            y += LINE
        parts += _drawn(row, y - LINE + 6, max(room, WIDTH / 4), top)
        y += THICK + AIR
    return svg(parts, max(y - LINE + 4, LINE), code=code, title=title, desc=desc)


def _drawn(row: Bar, y: float, room: float, top: float) -> Iterator[str]:
    if row.value is None:
        yield words(row.shown, 0, y + THICK, "soft")
        return
    length = row.value / top * room
    kind = "bar" if row.low is None else "bar pale"
    yield mark("rect", kind=kind, x=0, y=y, width=length, height=THICK)
    yield mark("path", kind="axis", d=f"M0 {y - 3:.0f}V{y + THICK + 3:.0f}")
    end = length
    if row.low is not None and row.high is not None:
        left, right, middle = row.low / top * room, row.high / top * room, y + THICK / 2
        line = f"M{left:.1f} {middle:.1f}H{right:.1f}"
        ends = "".join(f"M{x:.1f} {middle - TICK:.1f}v{2 * TICK}" for x in (left, right))
        yield mark("path", kind="whisker", d=line + ends)
        end = max(length, right)
    yield words(row.shown, end + 8, y + THICK, "number")
