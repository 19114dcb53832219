"""Pictures that look alike: a hash of 64 bits which survives saving anew, brightening and a trim.

The picture is made grey and small, its cosine transform is taken, and of the 64 slowest waves each
gives one bit: whether it is stronger than the middle one. What changes a picture little changes few
bits; two pictures that have nothing in common differ in about half of them.

Own implementation of the idea; Source: C. Zauner, Implementation and benchmarking of perceptual
image hash functions, 2010, chapter 3.2 (DCT based hash).
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import cos, pi, sqrt
from typing import Final

SIDE: Final = 32
"""Pixels of a side of the small grey picture."""
WAVES: Final = 8
"""Waves each way; the first, which is the brightness itself, is left out."""
BITS: Final = WAVES * WAVES
NEAR: Final = 10
"""Bits in which two pictures of one scene may differ; two strangers do so by chance about twice in
100 million pairs. Half of the bits of every hash are set, so they differ in an even number."""
BANDS: Final = 4
BAND: Final = BITS // BANDS
"""Bits of a band."""
REACH: Final = NEAR // BANDS
"""If two hashes differ in at most NEAR bits, then in some band in at most so many."""
PLAIN: Final = 3.0
"""Standard deviation of the grey values (of 255) below which a picture shows next to nothing."""


def _waves() -> list[list[float]]:
    """The slowest cosine waves over SIDE samples, without the constant one."""
    return [
        [sqrt(2 / SIDE) * cos(pi * (2 * at + 1) * wave / (2 * SIDE)) for at in range(SIDE)]
        for wave in range(1, WAVES + 1)
    ]


_WAVES: Final = _waves()


def likeness(grey: Sequence[int]) -> str:
    """The hash (16 hex digits) of a grey picture of SIDE × SIDE pixels, row by row.

    "" for a picture that is too plain: a white wall is like every other white wall.
    Raises: ValueError for another number of pixels.
    """
    if len(grey) != SIDE * SIDE:
        raise ValueError(f"{len(grey)} pixels, not {SIDE * SIDE}")
    mean = sum(grey) / len(grey)
    if sqrt(sum((each - mean) ** 2 for each in grey) / len(grey)) < PLAIN:
        return ""
    rows = [grey[at * SIDE : (at + 1) * SIDE] for at in range(SIDE)]
    across = [[_dot(wave, row) for wave in _WAVES] for row in rows]
    found = [_dot(wave, [row[at] for row in across]) for wave in _WAVES for at in range(WAVES)]
    middle = sorted(found)[BITS // 2]
    bits = 0
    for value in found:
        bits = bits << 1 | (value >= middle)
    return f"{bits:016x}"


def _dot(wave: Sequence[float], values: Sequence[float]) -> float:
    return sum(one * other for one, other in zip(wave, values, strict=True))


def distance(one: str, other: str) -> int:
    """In how many bits two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def bands(value: str) -> tuple[int, ...]:
    """The four quarters of a hash."""
    bits = int(value, 16)
    return tuple(bits >> (BITS - BAND * (at + 1)) & (2**BAND - 1) for at in range(BANDS))


def around(band: int) -> Iterator[int]:
    """Every value that differs from the band in at most REACH bits, the band first."""
    for flips in range(REACH + 1):
        for places in combinations(range(BAND), flips):
            yield band ^ sum(1 << place for place in places)
