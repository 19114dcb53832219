"""Counting every figure anew from a journal of real records, against reading them alone.

`BAQYLAU_BENCH_SCALE` is how many consultations there are, 100,000 without it.
"""

from collections.abc import Iterator

from benchmarks._installing import ENGINES, inside, prepared
from benchmarks.scale import BASE, CASES, SIZE, YEAR, YEAR_CASES
from benchmarks.table import Row, measures

SPEED = 10_000
"""Records in a second, at least."""


@measures("figures-rebuild")
def rebuild(short: bool) -> Iterator[Row]:
    """How fast all figures are counted from the first entry on, on both engines."""
    size = BASE if short else SIZE
    for engine in ENGINES:
        with prepared(engine) as site:
            units, cases = -(-size // YEAR), -(-int(size * CASES) // YEAR_CASES)
            inside(site, "load", str(cases), str(units))
            told = inside(site, "rebuild")
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
