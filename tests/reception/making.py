"""What consultations are about: rooms, services, and visits with a few words changed."""

import itertools
from dataclasses import replace
from typing import Any

from baqylau.institutions.models import PointKind, ServicePoint
from baqylau.institutions.queries import institution
from baqylau.kernel.access import Actor
from baqylau.reception.models import Consultation
from baqylau.reception.rules.visit import Visit
from baqylau.reception.services import record_consultation
from tests.casework.making import AKIMAT

ADVISER = Actor("adviser-1", frozenset({"adviser"}))
COLLEAGUE = Actor("adviser-2", frozenset({"adviser"}))
COORDINATOR = Actor("coordinator-1", frozenset({"coordinator"}))
TARAZ = "room0001"
MERKE = "room0002"

PLAIN = Visit(language="kk", channel="walk_in", room=TARAZ, kind="information")
_keys = itertools.count(1)


def make_rooms() -> None:
    """A standing room in Taraz and a travelling one in Merke, both of a special centre."""
    for code, kind, place in (
        (TARAZ, PointKind.RECEPTION, "311000000"),
        (MERKE, PointKind.TRAVELLING, "314800000"),
    ):
        ServicePoint.objects.create(
            code=code,
            kind=kind,
            institution=institution(AKIMAT),
            district_id=place,
            name_kk=f"Қоғамдық қабылдау {code}",
        )


def record(actor: Actor = ADVISER, **changes: Any) -> Consultation:  # noqa: ANN401 - of many kinds
    """A plain visit, written down today under a key of its own unless one is given."""
    key = changes.pop("idempotency_key", f"test:{next(_keys):08}")
    visit = replace(PLAIN, **changes)
    return record_consultation(actor=actor, idempotency_key=key, visit=visit)
