"""What the journal tells of one consultation: written, corrected, struck out, opened."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baqylau.casework.queries.listing import names
from baqylau.casework.taxonomy import ContactKind
from baqylau.contacts.models import Relation
from baqylau.journal.models import Entry
from baqylau.reception.models import Consultation
from baqylau.reception.rules.cells import CELLS, WAS
from baqylau.reception.taxonomy import Channel, Part, Result, StrikeReason

ACTS: Final[Mapping[str, Any]] = {
    "reception.recorded": _("written down"),
    "reception.corrected": _("corrected"),
    "reception.struck": _("struck out"),
    "reception.linked": _("a case was opened"),
    "reception.slip_reissued": _("given a new slip"),
}
REASONS: Final[Mapping[str, Any]] = dict(StrikeReason.choices)
LABELS: Final[Mapping[str, Any]] = {
    "on": _("Day"),
    "language": _("Language"),
    "channel": _("How they came"),
    "room": _("Room"),
    "district": _("District"),
    "kind": _("About"),
    "service": _("Service"),
    "body": _("Body"),
    "part": _("What the question was about"),
    "result": _("Result"),
    "first": _("Earlier visit"),
    "person": _("Visitor"),
    "acted_as": _("Came for a relative"),
    "unlisted": _("Service is not in the list"),
    "call": _("May be called"),
    "case": _("Case"),
}
WORDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "language": dict(settings.LANGUAGES),
    "channel": dict(Channel.choices),
    "kind": dict(ContactKind.choices),
    "part": dict(Part.choices),
    "result": dict(Result.choices),
    "acted_as": dict(Relation.choices),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that a correction changed; words only where codes have words."""

    label: Any
    was: Any = ""
    now: Any = ""


ONLY_WORDS: Final[Mapping[str, tuple[Difference, ...]]] = {
    "reception.corrected": (Difference(_("What was answered")),)
}
"""A correction that changed no cell changed the answer; its words stand in no journal."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the journal as the page shows it."""

    at: datetime
    label: Any
    by: str
    reason: Any = ""
    differences: tuple[Difference, ...] = ()


def events(row: Consultation) -> list[Event]:
    """What happened to the consultation, in order; two queries."""
    entries = list(
        Entry.objects.filter(subject=f"consultation:{row.number}", action__in=ACTS).order_by(
            "number"
        )
    )
    known = names(entry.actor for entry in entries)
    return [_event(entry, known) for entry in entries]


def _event(entry: Entry, known: Mapping[str, str]) -> Event:
    payload: Mapping[str, Any] = json.loads(entry.payload)
    return Event(
        datetime.fromisoformat(entry.at),
        ACTS[entry.action],
        known.get(entry.actor, ""),
        REASONS.get(payload.get("reason", ""), ""),
        tuple(_differences(payload)) or ONLY_WORDS.get(entry.action, ()),
    )


def _differences(payload: Mapping[str, Any]) -> list[Difference]:
    changed = [
        name for name in CELLS if WAS + name in payload and payload[WAS + name] != payload.get(name)
    ]
    return [_difference(name, payload) for name in changed]


def _difference(name: str, payload: Mapping[str, Any]) -> Difference:
    words = WORDS.get(name)
    if words is None:
        return Difference(LABELS.get(name, name))
    was, now = (words.get(payload.get(key, ""), "—") for key in (WAS + name, name))
    return Difference(LABELS[name], was, now)
