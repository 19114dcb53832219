"""Whose a calendar address is, and what stands in the calendar."""

from collections.abc import Iterator
from datetime import date, timedelta

from baqylau.documents.icalendar import Event
from baqylau.kernel.access import Actor
from baqylau.kernel.work import Task
from baqylau.reception.models import Digest, Feed
from baqylau.reception.rules.feeds import TOKEN, mark_of
from baqylau.staff.models import User
from baqylau.staff.queries import actor_of
from baqylau.web.worklist import ahead, at_work

MOST = 200
"""Days in one calendar."""
AHEAD = timedelta(days=366)


def feed_of(token: str) -> Feed | None:
    """The address in force with the secret; nothing is asked for what cannot be one."""
    if not TOKEN.fullmatch(token):
        return None
    return Feed.objects.filter(mark=mark_of(token), revoked_at=None).first()


def own_feed(actor: Actor) -> Feed | None:
    """The actor's address in force."""
    return Feed.objects.filter(owner=actor.key, revoked_at=None).first()


def wants_digest(actor: Actor) -> bool:
    """Whether the daily letter goes to the actor."""
    return not Digest.objects.filter(owner=actor.key, is_wanted=False).exists()


def reader_of(feed: Feed) -> Actor | None:
    """Who reads the calendar; None once the account is closed or holds no role."""
    actor = actor_of(User.objects.filter(key=feed.owner).first())
    return actor if actor.roles else None


def deadlines(actor: Actor, today: date) -> list[Task]:
    """The actor's own work that has a day, a year ahead, but for what stays at the desk."""
    tasks = ahead(at_work(actor, today), today, AHEAD, MOST)
    return [task for task in tasks if not task.stays_here]


def events(tasks: list[Task], base: str) -> Iterator[Event]:
    """Tasks as days of a calendar; `base` is where the desk's addresses begin."""
    for task in tasks:
        if task.due_on:
            words = f"{task.reference}: {task.label}" if task.reference else str(task.label)
            uid = f"{task.url.strip('/').replace('/', '-')}@baqylau"
            yield Event(uid, task.due_on, words, f"{base}{task.url}")
