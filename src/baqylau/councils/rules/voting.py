"""When a council may decide, who may vote, and what a vote comes to. Pure.

Source: Law on Public Councils No 383-V of 02.11.2015 as generally known: two thirds of the members
make a quorum, the majority of those present decides, and the chair's vote when votes are equal. Not
checked by a lawyer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


def needed(seated: int) -> int:
    """How many of so many members make a quorum: two thirds, rounded up, and at least one."""
    return max(1, -(-2 * seated // 3))


def is_quorum(present: int, seated: int) -> bool:
    """Whether so many of so many members may decide."""
    return present >= needed(seated)


class No(StrEnum):
    """Why somebody cannot vote on an item."""

    NOT_HELD = "not_held"
    FROZEN = "frozen"
    NOT_VOTED = "not_voted"
    CLOSED = "closed"
    LEFT = "left"
    NOT_THERE = "not_there"
    QUORUM = "quorum"
    INTEREST = "interest"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when somebody wants to vote on an item."""

    is_held: bool
    is_frozen: bool
    is_voted: bool
    is_closed: bool
    is_seated: bool
    is_present: bool
    has_quorum: bool
    has_interest: bool


def why_not(facts: Facts) -> No | None:
    """The first reason for which the vote does not count; None when it counts."""
    checks = (
        (facts.is_frozen, No.FROZEN),
        (not facts.is_held, No.NOT_HELD),
        (not facts.is_seated, No.LEFT),
        (not facts.is_present, No.NOT_THERE),
        (not facts.has_quorum, No.QUORUM),
        (not facts.is_voted, No.NOT_VOTED),
        (facts.is_closed, No.CLOSED),
        (facts.has_interest, No.INTEREST),
    )
    return next((why for applies, why in checks if applies), None)


@dataclass(frozen=True, slots=True)
class Count:
    """How a vote went: numbers of members."""

    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    interest: int = 0


def count(choices: Iterable[str]) -> Count:
    """The sum of votes by their codes."""
    found = list(choices)
    return Count(
        found.count("for"), found.count("against"), found.count("abstain"), found.count("interest")
    )


def is_carried(votes: Count, present: int, chair: str = "") -> bool:
    """Whether the decision is taken.

    `present` are all members who were there; those with a conflict of interest are not counted
    among them. `chair` is the code of the chair's own vote.
    """
    may_vote = present - votes.interest
    if 2 * votes.in_favour == may_vote:
        return may_vote > 0 and votes.in_favour == votes.against and chair == "for"
    return 2 * votes.in_favour > may_vote
