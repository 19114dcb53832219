"""The frame of the one table: a row, the functions that measure rows, and how the table prints.

A file of this folder adds rows by a function under `@measures`; it takes `short` and yields rows.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure beside its target and a raw limit of the same run.

    `limit` is what the machine itself could do at that moment (`limit_name` says how it was
    taken); `is_met` is None where the row is itself a calibration and has no target. `measured` is
    None where the part broke: `what` says then over what.
    """

    what: str
    measured: float | None
    unit: str
    limit_name: str = ""
    limit: float | None = None
    target: str = ""
    is_met: bool | None = None

    @property
    def ratio(self) -> float | None:
        """Measured against the limit; absolute times differ between machines, ratios count."""
        if self.measured is None or not self.limit:
            return None
        return self.measured / self.limit

    def as_json(self) -> dict[str, object]:
        """The row with its ratio, for JSON."""
        return {**asdict(self), "ratio": self.ratio}


Measure = Callable[[bool], Iterable[Row]]
_measures: dict[str, Measure] = {}


def measures(name: str) -> Callable[[Measure], Measure]:
    """Register a function that measures rows; `name` chooses it on the command line."""

    def register(function: Measure) -> Measure:
        if name in _measures:
            raise ValueError(f"two benchmarks are called {name}")
        _measures[name] = function
        return function

    return register


def names() -> list[str]:
    """What can be measured."""
    return sorted(_measures)


def rows(chosen: Sequence[str], *, short: bool) -> Iterator[Row]:
    """Measure the chosen parts (all when none is named), one after another.

    A part that breaks gives a row that says so, after those that it has given; the others go on.
    """
    for name in chosen or names():
        try:
            yield from _measures[name](short)
        except Exception as error:  # noqa: BLE001 - whatever breaks one part is a row of the table
            words = " ".join(str(error).split())[:BROKEN]
            yield Row(f"{name}: broken: {type(error).__name__}: {words}", None, "", is_met=False)


BROKEN = 200
"""Characters of a reason that the table shows."""


HEAD = ("what", "measured", "limit of the same run", "ratio", "target", "")


def cells(row: Row) -> tuple[str, ...]:
    """The row as text."""
    limit = f"{number(row.limit)} {row.limit_name}" if row.limit is not None else ""
    ratio = f"{row.ratio:.3g}" if row.ratio is not None else ""
    mark = {True: "met", False: "NOT MET", None: ""}[row.is_met]
    if row.measured is None:
        return (row.what, "not measured", limit, ratio, row.target, "BROKEN")
    return (row.what, f"{number(row.measured)} {row.unit}", limit, ratio, row.target, mark)


def number(value: float) -> str:
    """Three significant figures below a thousand, whole numbers above."""
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"


def printed(found: Sequence[Row]) -> str:
    """The table, aligned."""
    lines = [HEAD, *map(cells, found)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEAD))]
    ruled = [lines[0], tuple("─" * width for width in widths), *lines[1:]]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in ruled
    )
