"""Work on many keys, in pieces that end: whoever asked sees how much is left, and goes on."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

PIECE: Final = 25
"""Reports of one transaction: a fraction of a second."""
SECONDS: Final = 5.0
"""How long one request works; the rest is for the next one."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done:
    """What a batch has done: how many, how many were kept back or did not open, how many wait."""

    done: int = 0
    kept_back: int = 0
    damaged: int = 0
    left: int = 0


def pieces(rows: Sequence[T], seconds: float) -> Iterator[Sequence[T]]:
    """The rows in pieces until the time is over; the first piece always comes."""
    until = time.monotonic() + seconds
    for start in range(0, len(rows), PIECE):
        if start and time.monotonic() >= until:
            return
        yield rows[start : start + PIECE]


def worked(
    rows: Sequence[T], seconds: float, work: Callable[[Sequence[T]], Done], left: int = 0
) -> Done:
    """Do the work on the rows, piece by piece; `left` is what waits beside them."""
    done = kept_back = damaged = seen = 0
    for piece in pieces(rows, seconds):
        one = work(piece)
        done, kept_back, damaged = (
            done + one.done,
            kept_back + one.kept_back,
            damaged + one.damaged,
        )
        seen += len(piece)
    return Done(done, kept_back, damaged, left + len(rows) - seen)
