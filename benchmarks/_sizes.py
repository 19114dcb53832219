"""How large what is measured is: the one place that reads `BAQYLAU_BENCH_SCALE`.

A benchmark that grows compares two sizes of the same thing in one run. The larger one is the scale:
ten thousand, a hundred thousand (without the variable) or a million records. The short form takes
ten thousand at most and one engine. What costs little, the journal and the figures, is measured at
a million in every full run.
"""

import os

VARIABLE = "BAQYLAU_BENCH_SCALE"
SIZES = (10_000, 100_000, 1_000_000)
USUAL = 100_000
SHORT = 10_000
"""The larger size of the short form."""
ENGINES = ("SQLite", "PostgreSQL")


def scale() -> int:
    """The larger size. Raises: SystemExit with one sentence for another one than `SIZES`."""
    said = os.environ.get(VARIABLE, str(USUAL))
    if said not in map(str, SIZES):
        raise SystemExit(f"{VARIABLE} is one of {', '.join(map(str, SIZES))}, not “{said[:20]}”.")
    return int(said)


def large(*, short: bool) -> int:
    """The size that is measured."""
    return min(scale(), SHORT) if short else scale()


def small(most: int, *, short: bool) -> int:
    """The size that it is compared with: `most`, or a tenth of a larger one that is no larger."""
    return min(most, large(short=short) // 10)


def engines(*, short: bool) -> tuple[str, ...]:
    """The engines that are measured: both, but one in the short form."""
    return ENGINES[:1] if short else ENGINES
