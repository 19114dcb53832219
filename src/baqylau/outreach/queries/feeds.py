"""Whose a calendar address is, and what stands in the calendar."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from baqylau.documents import icalendar
from baqylau.institutions.labels import name as place_name
from baqylau.kernel.access import Actor
from baqylau.outreach.models import Event, Feed, Stage
from baqylau.outreach.queries.events import names_of_institutions
from baqylau.outreach.queries.listing import mine
from baqylau.outreach.queries.words import words
from baqylau.outreach.rules.feeds import TOKEN, mark_of
from baqylau.staff.models import User
from baqylau.staff.queries import actor_of

MOST = 300
BACK, AHEAD = timedelta(days=60), timedelta(days=366)


def feed_of(token: str) -> Feed | None:
    """The address in force with the secret; nothing is asked for what cannot be one."""
    if not TOKEN.fullmatch(token):
        return None
    return Feed.objects.filter(mark=mark_of(token), revoked_at=None).first()


def own_feed(actor: Actor) -> Feed | None:
    """The actor's address in force."""
    return Feed.objects.filter(owner=actor.key, revoked_at=None).first()


def reader_of(feed: Feed) -> Actor | None:
    """Who reads the calendar; None once the account is closed or holds no role."""
    actor = actor_of(User.objects.filter(key=feed.owner).first())
    return actor if actor.roles else None


def events(reader: Actor, today: date, base: str) -> Iterator[icalendar.Event]:
    """The reader's own events, the cancelled ones too: so that a calendar takes them back.

    `base` is where the desk's addresses begin.
    """
    found = Event.objects.filter(mine(reader.key), on__gte=today - BACK, on__lt=today + AHEAD)
    rows = list(found.distinct().order_by("on", "pk")[:MOST])
    bodies = names_of_institutions(rows)
    for row in rows:
        names = [place_name(body).text for body in bodies.get(row.pk, [])]
        yield icalendar.Event(
            uid=f"event-{row.code}@baqylau",
            on=row.on,
            summary=f"{row.get_kind_display()}: {words(row, 'topic')}",
            url=f"{base}{reverse('event_desk', args=[row.code])}",
            starts_at=_moment(row.on, row.starts_at),
            ends_at=_moment(row.on, row.ends_at) if row.starts_at else None,
            place=", ".join([*names, *filter(None, [str(words(row, "place"))])]),
            sequence=row.sequence,
            is_cancelled=row.stage == Stage.CANCELLED,
        )


def _moment(on: date, at: time | None) -> datetime | None:
    return datetime.combine(on, at, ZoneInfo(settings.TIME_ZONE)) if at else None
