"""A release against signed heads that somebody saved.

A head fixes everything that was written before it. Whoever holds one knows which line of the
journal had which digest then; a release that says otherwise is false, and so is one whose closings
lie on lines that the journal cannot have had at that time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from baqylau.accountability.rules.faults import Fault
from baqylau.journal.heads import FORMAT, AnchorsError, SignedHead, is_genuine, read


@dataclass(frozen=True, slots=True)
class Point:
    """A line of the journal that the release names: what it is about, on which day at the latest.

    `key` is who signed it.
    """

    what: str
    day: date
    number: int
    digest: str
    key: str


def signed_head(journal: Mapping[str, Any]) -> SignedHead | None:
    """The signed head that a manifest carries; None for what is none."""
    try:
        (head,) = read(f"# {FORMAT}\n{journal['signed']}".encode())
    except (AnchorsError, KeyError, ValueError):
        return None
    return head if head.chain == "default" and head.number is not None else None


def point_of(head: SignedHead, version: str) -> Point:
    """The line that a head fixes."""
    return Point(version, head.signed_on, head.number or 0, head.digest, head.key)


def points(closings: Sequence[Mapping[str, str]]) -> Iterator[Point]:
    """The lines at which periods were closed. Raises: ValueError, KeyError."""
    for row in closings:
        yield Point(
            row["period"],
            date.fromisoformat(row["closed_at"][:10]),
            int(row["journal_number"]),
            row["journal_digest"],
            row["key"],
        )


def faults_against(
    named: Sequence[Point], release_key: str, anchors: Sequence[SignedHead]
) -> Iterator[Fault]:
    """What contradicts the saved heads; those of the sealed journal do not count."""
    kept = [head for head in anchors if head.chain == "default" and head.number is not None]
    for head in kept:
        if not is_genuine(head):
            yield Fault("anchor_false", {"day": head.signed_on.isoformat()})
    keys = {head.key for head in kept if is_genuine(head)}
    if release_key not in keys:
        yield Fault("anchor_key")
    for point in named:
        if point.key not in keys:
            yield Fault("closing_key", {"period": point.what})
        for head in kept:
            yield from _compared(point, head)


def _compared(point: Point, head: SignedHead) -> Iterator[Fault]:
    number = head.number or 0
    if number == point.number:
        if head.digest != point.digest:
            yield Fault("anchor_differs", {"day": head.signed_on.isoformat()})
    elif (head.signed_on < point.day and number > point.number) or (
        head.signed_on > point.day and number < point.number
    ):
        yield Fault("anchor_order", {"what": point.what, "number": point.number})


def reaches(head: SignedHead, anchors: Sequence[SignedHead]) -> bool:
    """Whether the very line that the release carries is among the saved ones."""
    return any(
        (each.chain, each.number, each.digest) == (head.chain, head.number, head.digest)
        for each in anchors
    )
