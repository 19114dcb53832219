"""Who is reached, over which periods, and how the journal says it in a few signs. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

ALL_TIME = date(2000, 1, 1)
"""What stands for all time, as the figures have it."""
PER_ENTRY = 48
"""Changes that one entry of the journal holds."""
Place = tuple[str, date]
"""A scope ("m", "q", "y", "a") and its first day."""


@dataclass(frozen=True, slots=True)
class Told:
    """What of an event counts: its day and cells, how many came, ids of the institutions."""

    on: date
    kind: str
    district: str
    campaign: str
    people: int
    institutions: frozenset[int]


def plain(told: Told) -> dict[str, object]:
    """As it is kept."""
    return {
        "on": told.on.isoformat(),
        "kind": told.kind,
        "district": told.district,
        "campaign": told.campaign,
        "people": told.people,
        "institutions": sorted(told.institutions),
    }


def from_plain(kept: Mapping[str, object]) -> Told:
    """Back from what is kept."""
    ids = kept["institutions"]
    return Told(
        on=date.fromisoformat(str(kept["on"])),
        kind=str(kept["kind"]),
        district=str(kept["district"]),
        campaign=str(kept["campaign"]),
        people=int(str(kept["people"])),
        institutions=frozenset(ids if isinstance(ids, list) else ()),
    )


def places(on: date) -> tuple[Place, ...]:
    """The periods in which a day lies."""
    return (
        ("m", date(on.year, on.month, 1)),
        ("q", date(on.year, (on.month - 1) // 3 * 3 + 1, 1)),
        ("y", date(on.year, 1, 1)),
        ("a", ALL_TIME),
    )


Key = tuple[int, str, date, str]
"""Institution, scope, its first day, campaign ("" for any)."""


def keys(told: Told | None) -> Iterator[Key]:
    """The rows in which an event counts."""
    if told is None:
        return
    campaigns = ("", told.campaign) if told.campaign else ("",)
    for institution in told.institutions:
        for scope, first in places(told.on):
            for campaign in campaigns:
                yield institution, scope, first, campaign


def moved(old: Told | None, new: Told | None) -> dict[Key, int]:
    """What is to be added to the rows; nothing where both count the same."""
    found = Counter(keys(new))
    found.subtract(Counter(keys(old)))
    return {key: amount for key, amount in found.items() if amount}


@dataclass(frozen=True, slots=True)
class Turn:
    """In a period so many institutions came to be reached (or are no longer, below zero).

    Either of a kind in a district, by any campaign; or by a campaign.
    """

    scope: str
    first_on: date
    kind: str
    district: str
    campaign: str
    amount: int


def packed(turns: Iterable[Turn]) -> list[list[str]]:
    """Turns as short texts, in lots that an entry of the journal holds."""
    added: Counter[tuple[str, date, str, str, str]] = Counter()
    for turn in turns:
        key = (turn.scope, turn.first_on, turn.kind, turn.district, turn.campaign)
        added[key] += turn.amount
    texts = [
        f"{scope}{first:%Y%m}:{kind}:{district}:{campaign}:{amount}"
        for (scope, first, kind, district, campaign), amount in sorted(added.items())
        if amount
    ]
    return [texts[at : at + PER_ENTRY] for at in range(0, len(texts), PER_ENTRY)]


def unpacked(texts: Iterable[str]) -> Iterator[Turn]:
    """Turns as they were packed."""
    for text in texts:
        when, kind, district, campaign, amount = text.split(":")
        first = date(int(when[1:5]), int(when[5:7]), 1)
        yield Turn(when[0], first, kind, district, campaign, int(amount))
