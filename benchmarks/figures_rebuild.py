"""Counting every figure anew from a journal of real records, against reading them alone.

How many consultations there are: `benchmarks/_sizes.py`.
"""

from collections.abc import Iterator

from benchmarks import _sizes as sizes
from benchmarks._growing import loaded
from benchmarks._installing import inside
from benchmarks.table import Row, measures

SPEED = 10_000
"""Records in a second, at least."""


@measures("figures-rebuild")
def rebuild(short: bool) -> Iterator[Row]:
    """How fast all figures are counted from the first entry on, on both engines."""
    size = sizes.large(short=short)
    for engine in sizes.engines(short=short):
        told = inside(loaded(engine, size).environment, "rebuild")
        speed = told["records"] / told["seconds"]
        yield Row(
            f"{engine}: all figures counted anew, {told['records']:,} records, "
            f"{told['sums']:,} sums",
            speed,
            "records/s",
            "records/s read and parsed, nothing more",
            told["records"] / told["read"],
            f"≥ {SPEED:,}",
            speed >= SPEED,
        )
        yield Row(
            f"{engine}: the same by the program's own time",
            told["records"] / told["cpu"],
            "records/CPU-s",
        )
