"""Where a page of a long list ended, so that the next one goes on from there.

Such a list walks an index by day and id; it is never counted and no row is skipped by number.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

PLACE: Final = re.compile(r"(\d{4}-\d\d-\d\d)~(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """A day and a row's id; as text, what a link carries."""

    on: date
    pk: int

    def __str__(self) -> str:
        return f"{self.on}~{self.pk}"


def read_place(text: str) -> Place | None:
    """The place that a link carries; None, the beginning, when it carries none."""
    found = PLACE.fullmatch(text)
    if found is None:
        return None
    try:
        return Place(date.fromisoformat(found[1]), int(found[2]))
    except ValueError:
        return None
