"""When a person should look at an event. Nothing here says that anything is wrong.

Every rule gives the numbers that made it ask, so that whoever looks sees what it saw.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from math import comb

LATE_DAYS = 14
"""Days after an event from which its report came long after it."""
TRAVEL = timedelta(minutes=45)
"""From one district of an oblast to the next nobody is sooner. Rough, from general knowledge."""
FEWEST = 8
"""Headcounts below which nobody can be said to round."""
RARE = 0.001
"""A chance below which a person is asked: one honest speaker in a thousand is asked for nothing."""
LARGE_STEP = 50
"""A headcount that is a multiple of it is asked about by itself: 50, 100, 150."""


@dataclass(frozen=True, slots=True)
class Held:
    """When and in which district an event was; clock times may be unknown."""

    on: date
    district: str
    starts_at: time | None = None
    ends_at: time | None = None


def apart(one: Held, other: Held) -> int | None:
    """Minutes from the end of the earlier event to the start of the later; below 0: they overlap.

    None when the days differ, or a time is unknown: then nothing can be said.
    """
    spans = [_span(each) for each in (one, other)]
    if one.on != other.on or None in spans:
        return None
    known = sorted(span for span in spans if span is not None)
    return known[1][0] - max(known[0][1], known[0][0])


def _span(held: Held) -> tuple[int, int] | None:
    """Minutes of the day; an event without an end is taken to last no time at all."""
    if held.starts_at is None:
        return None
    start = _minutes(held.starts_at)
    return start, _minutes(held.ends_at) if held.ends_at else start


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def cannot_both(one: Held, other: Held) -> bool:
    """Whether one speaker can hardly have been at both."""
    gap = apart(one, other)
    if gap is None:
        return False
    if one.district == other.district:
        return gap < 0 or _same_start(one, other)
    return gap < TRAVEL.total_seconds() / 60


def _same_start(one: Held, other: Held) -> bool:
    return one.starts_at is not None and one.starts_at == other.starts_at


def chance(count: int, hits: int, share: float) -> float:
    """How likely at least `hits` of `count` are, each with the chance `share` (binomial)."""
    tail = sum(
        comb(count, k) * share**k * (1 - share) ** (count - k) for k in range(hits, count + 1)
    )
    return min(1.0, tail)


@dataclass(frozen=True, slots=True)
class Rounded:
    """Of `count` headcounts `hits` are multiples of `step`; `odds`: by chance one in so many."""

    step: int
    count: int
    hits: int
    odds: int


def rounded(people: Sequence[int]) -> Rounded | None:
    """Whether a speaker's headcounts are too round: too many end in 0 or 5, or in 0.

    Of honest headcounts about one in five is a multiple of 5 and one in ten of 10, whatever the
    audiences are, as long as they are larger than a handful; smaller ones are left out.
    """
    usable = [each for each in people if each >= 10]
    if len(usable) < FEWEST:
        return None
    found = []
    for step in (10, 5):
        hits = sum(each % step == 0 for each in usable)
        likely = chance(len(usable), hits, 1 / step)
        if likely < RARE:
            found.append((likely, Rounded(step, len(usable), hits, round(min(1 / likely, 10**9)))))
    return min(found, key=lambda row: row[0])[1] if found else None


def is_round_alone(people: int) -> bool:
    """Whether a single headcount is so round that it may be a guess."""
    return people >= LARGE_STEP and people % LARGE_STEP == 0


def days_late(on: date, reported_on: date) -> int:
    """Days between the event and its report when these are too many, else 0."""
    days = (reported_on - on).days
    return days if days > LATE_DAYS else 0


def is_above(people: int, sizes: Sequence[int | None]) -> bool:
    """Whether more came than all the institutions have, whose sizes must all be known."""
    known = [size for size in sizes if size is not None]
    return bool(known) and len(known) == len(sizes) and people > sum(known)
