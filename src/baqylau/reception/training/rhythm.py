"""When people come: which rooms are open on which days, how full the days are, at what hour."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from baqylau.institutions.models import PointKind, ServicePoint
from baqylau.law.calendar import Calendar, DayKind

ZONE = ZoneInfo("Asia/Almaty")
DAYS = 364
"""Whole weeks, so that no weekday comes more often than another."""
SEASONS = (
    ((1, 1), 0.7),
    ((1, 16), 1.0),
    ((6, 1), 0.85),
    ((7, 1), 0.6),
    ((8, 10), 1.7),
    ((9, 16), 1.1),
    ((10, 1), 1.0),
    ((12, 21), 0.8),
)
"""How full the days are from a day (month, day) of the year on: a summer dip, then the schools."""
WEEKDAYS = (1.25, 1.05, 1.0, 1.0, 0.9, 0.55, 0.4)
ROOMS = {PointKind.RECEPTION: 1.0, PointKind.TRAVELLING: 1.4}
FIRST_ROOM = 2.2
"""The room in the specialised centre is the busiest."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One visit to be: when, and in which room."""

    day: date
    moment: datetime
    room: ServicePoint


def hours_on(room: ServicePoint, day: date) -> tuple[int, int] | None:
    """Minutes of the day at which the room opens and closes; None on a day when it is closed."""
    for spell in room.hours:
        if day.isoweekday() in spell["days"]:
            return _minutes(spell["from"]), _minutes(spell["until"])
    return None


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _is_holiday(calendar: Calendar, day: date) -> bool:
    special = calendar.special_day(day)
    return special is not None and special.kind is not DayKind.WORKING_DAY_TRANSFERRED


def season(day: date) -> float:
    """How full a day of this part of the year is, against an ordinary one."""
    return [factor for first, factor in SEASONS if (day.month, day.day) >= first][-1]


def _weights(
    chance: random.Random, calendar: Calendar, rooms: Sequence[ServicePoint], until: date
) -> list[tuple[date, ServicePoint, float]]:
    found = []
    for back in range(DAYS, 0, -1):
        day = until - timedelta(days=back)
        if _is_holiday(calendar, day):
            continue
        full = season(day) * WEEKDAYS[day.weekday()] * chance.uniform(0.75, 1.25)
        for place, room in enumerate(rooms):
            if hours_on(room, day):
                weight = ROOMS[PointKind(room.kind)] * (1.0 if place else FIRST_ROOM)
                found.append((day, room, full * weight))
    return found


def slots(
    chance: random.Random,
    calendar: Calendar,
    rooms: Sequence[ServicePoint],
    until: date,
    total: int,
) -> Iterator[Slot]:
    """`total` visits of the year before `until`, in order of time; none where nothing is open."""
    weights = _weights(chance, calendar, rooms, until)
    whole = sum(weight for _day, _room, weight in weights)
    passed, given, today = 0.0, 0, None
    waiting: list[Slot] = []
    for day, room, weight in weights:
        if day != today:
            yield from sorted(waiting, key=lambda slot: slot.moment)
            today, waiting = day, []
        passed += weight
        count = round(total * passed / whole) - given
        given += count
        waiting += [Slot(day, _moment(chance, room, day), room) for _one in range(count)]
    yield from sorted(waiting, key=lambda slot: slot.moment)


def _moment(chance: random.Random, room: ServicePoint, day: date) -> datetime:
    """A second of the opening hours, most of them before noon; nobody comes during the break."""
    first, last = hours_on(room, day) or (0, 0)
    second = 60 * first + int(60 * (last - first) * chance.betavariate(1.6, 2.2))
    if 13 * 3600 <= second < 14 * 3600 and last - first > 300:
        second -= 3600
    local = datetime.combine(day, time(), ZONE) + timedelta(seconds=second)
    return local.astimezone(UTC)
