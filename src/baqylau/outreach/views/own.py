"""Events that the reader may change, and the way to them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from baqylau.kernel.permissions import require
from baqylau.outreach.access import HOLD, VIEW
from baqylau.outreach.models import Event
from baqylau.outreach.queries import events
from baqylau.outreach.queries.work import topic
from baqylau.web.desk import DeskRequest


def own_event(request: DeskRequest, code: str) -> Event:
    """The event, if the actor holds it. Raises: UnknownError; NotAllowedError."""
    row = events.event(code)
    require(request.actor, HOLD, events.holding(row))
    return row


def seen_event(request: DeskRequest, code: str) -> Event:
    """The event, if the actor may open its page. Raises: UnknownError; NotAllowedError."""
    row = events.event(code)
    require(request.actor, VIEW, events.holding(row))
    return row


def way(row: Event) -> tuple[tuple[Any, str], ...]:
    """The way to an event."""
    return (
        (_("Events"), reverse("events_desk")),
        (topic(row), reverse("event_desk", args=[row.code])),
    )
