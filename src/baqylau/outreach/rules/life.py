"""From the plan to the report: which stage may follow which."""

from collections.abc import Mapping

PLANNED, CONFIRMED, HELD = "planned", "confirmed", "held"
REPORTED, CANCELLED = "reported", "cancelled"
COMING = frozenset({PLANNED, CONFIRMED})
"""Stages of what is still to be held."""
OPEN = frozenset({PLANNED, CONFIRMED, HELD})
"""Stages of what is still to be reported."""

FOLLOWING: Mapping[str, frozenset[str]] = {
    PLANNED: frozenset({CONFIRMED, HELD, REPORTED, CANCELLED}),
    CONFIRMED: frozenset({HELD, REPORTED, CANCELLED}),
    HELD: frozenset({REPORTED, CANCELLED}),
    REPORTED: frozenset({REPORTED}),
    CANCELLED: frozenset(),
}
"""A lecturer may report at once what was held; what is reported may be put right."""


def may_follow(now: str, then: str) -> bool:
    """Whether an event may go from one stage to another."""
    return then in FOLLOWING[now]
