"""What the journal's entries about an event come to: its stage, day, cells and headcount. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from baqylau.outreach.rules.life import CANCELLED, CONFIRMED, HELD, PLANNED, REPORTED

STAGES: Final = {
    "outreach.planned": PLANNED,
    "outreach.confirmed": CONFIRMED,
    "outreach.held": HELD,
    "outreach.reported": REPORTED,
    "outreach.put_right": REPORTED,
    "outreach.cancelled": CANCELLED,
}
"""To which stage an entry brings an event."""
CHANGED: Final = "outreach.changed"
TAKEN_IN: Final = "outreach.taken_in"
ACTIONS: Final = frozenset({*STAGES, CHANGED, TAKEN_IN})
"""The entries that say how an event stands."""
Said = Mapping[str, Any]
"""An entry's payload."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an event stands: `on` is its day (ISO), `people` None before its report."""

    stage: str
    on: str
    kind: str
    district: str
    campaign: str
    people: int | None = None


def standing(entries: Iterable[tuple[str, Said]]) -> Standing | None:
    """How the event stands after its entries (action, payload), in order; None before the first.

    An entry that comes before the event was planned or taken in says nothing.
    """
    found: Standing | None = None
    for action, said in entries:
        if action in ("outreach.planned", TAKEN_IN):
            found = _begun(action, said)
        elif found is not None:
            found = _after(found, action, said)
    return found


def _begun(action: str, said: Said) -> Standing:
    people = said.get("people")
    taken_in = HELD if people is None else REPORTED
    return Standing(
        stage=taken_in if action == TAKEN_IN else PLANNED,
        on=said["on"],
        kind=said["kind"],
        district=said["district"],
        campaign=said["campaign"],
        people=people,
    )


def _after(found: Standing, action: str, said: Said) -> Standing:
    if action == CHANGED:
        cells = ("on", "kind", "district", "campaign")
        return replace(found, **{name: said[name] for name in cells})
    found = replace(found, stage=STAGES[action], on=said["on"])
    return replace(found, people=said["people"]) if found.stage == REPORTED else found
