"""Sixty invented events over a year: most as they should be, a few that ask for a look.

Between them, held, cancelled and to come, they are for about 300 institutions of the register; the
held ones reached some 250 of these. How whom they are for is chosen: `training/choosing.py`.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from baqylau.contacts import keyring
from baqylau.kernel.access import Actor
from baqylau.outreach.models import Campaign, Doubt, DoubtKind, Event, Speaker, Verdict
from baqylau.outreach.queries.doubts import bystanders
from baqylau.outreach.queries.events import institutions_of
from baqylau.outreach.rules.heads import Cell, Heads
from baqylau.outreach.services import pictures
from baqylau.outreach.services.doubting import judge
from baqylau.outreach.services.events import (
    Planned,
    cancel_event,
    confirm_event,
    hold_event,
    plan_event,
)
from baqylau.outreach.services.reporting import Told, report_event
from baqylau.outreach.services.sheets import Scan
from baqylau.outreach.training import choosing, drawing
from baqylau.outreach.training.choosing import Choice
from baqylau.outreach.training.people import morning_of

if TYPE_CHECKING:
    from PIL.Image import Image

COUNT: Final = 59
"""Events one after another; `_beside` makes the sixtieth."""
AHEAD: Final = 7
"""Events that are still to come."""
SPAN: Final = 350
"""Days back to the first event."""
FRIDAY: Final = 4
TOO_MANY: Final = 12
"""The event, by place, with more people than the institution has."""
LATE: Final = 30
"""The event, by place, that was written down weeks after it."""
EACH: Final = 14
"""People that an institution sends to an event for several, at most."""
ROUNDING: Final = 3
"""The speaker, by place, whose numbers are rounded."""
CAMPAIGNS: Final = ("mystery-shopper", "clean-session", "bribe-free")
TOPICS: Final = {
    "mystery-shopper": (
        ("Халыққа қызмет көрсету орталығында құқығыңыз қандай", "Ваши права в ЦОНе"),
        ("Қызмет сапасын қалай тексереміз", "Как мы проверяем качество услуг"),
    ),
    "clean-session": (
        ("Сессия таза өтсін", "Пусть сессия будет честной"),
        ("Емтиханда ақша сұраса не істеу керек", "Что делать, если за экзамен просят деньги"),
    ),
    "bribe-free": (
        ("Парасыз болашақ үшін", "За будущее без взяток"),
        ("Сыбайлас жемқорлық деген не", "Что такое коррупция"),
        ("Мемлекеттік көрсетілетін қызметті парасыз алу", "Как получить услугу без взятки"),
    ),
}
HALLS: Final = (
    ("Мәдениет үйі", "Дом культуры"),
    ("Кітапхананың оқу залы", "Читальный зал библиотеки"),
    ("Әкімдіктің мәжіліс залы", "Зал заседаний акимата"),
)
"""Where people of several institutions meet."""
REASONS: Final = (
    ("Боран соғып, жол жабылды.", "Из-за бурана закрыли дорогу."),
    ("Мектеп карантинге жабылды.", "Школа закрыта на карантин."),
    ("Мекеме басқа күнді сұрады.", "Учреждение попросило другой день."),
)


@dataclass(frozen=True, slots=True)
class World:
    """Who and what there is."""

    chance: random.Random
    coordinator: Actor
    lecturer: Actor
    speakers: Sequence[Speaker]
    choices: Sequence[Choice]
    today: date


def bring(chance: random.Random, coordinator: Actor, lecturer: Actor | None, today: date) -> int:
    """Bring the events; returns how many."""
    speakers = [row for row in Speaker.objects.order_by("pk") if row.until_on is None]
    choices = choosing.choose(chance, today, COUNT, smallest=TOO_MANY)
    if not choices:
        return 0
    world = World(chance, coordinator, lecturer or coordinator, speakers[:5], choices, today)
    made = [_bring_one(world, place) for place in range(COUNT)]
    _beside(world, made)
    _twice(world, made)
    _look(world)
    return Event.objects.count()


def _day(world: World, place: int) -> date:
    """Spread over the year, on working days of the week."""
    past = COUNT - AHEAD
    if place >= past:
        day = world.today + timedelta(days=2 + 3 * (place - past))
    else:
        day = world.today - timedelta(days=SPAN - place * (SPAN - 4) // past)
    over = max(0, day.weekday() - FRIDAY)
    return day + timedelta(days=(7 - day.weekday()) if over and day > world.today else -over)


def _planned(world: World, place: int) -> Planned:
    chance, choice = world.chance, world.choices[place]
    topic_kk, topic_ru = chance.choice(TOPICS[choice.campaign])
    start = time(chance.choice([10, 11, 14, 15]), chance.choice([0, 0, 30]))
    hall_kk, hall_ru = chance.choice(HALLS) if len(choice.bodies) > 2 else ("", "")
    return Planned(
        kind=choice.kind,
        topic_kk=topic_kk,
        topic_ru=topic_ru,
        on=_day(world, place),
        district=choice.bodies[0].district_id,
        institutions=choice.bodies,
        speakers=[world.speakers[place % len(world.speakers)]],
        campaign=Campaign.objects.filter(code=choice.campaign).first(),
        starts_at=start,
        ends_at=time(start.hour + 1, start.minute),
        place_kk=hall_kk,
        place_ru=hall_ru,
        code=f"{chance.getrandbits(32):08x}",
    )


def _bring_one(world: World, place: int) -> Event:
    said = _planned(world, place)
    with morning_of(min(said.on - timedelta(days=14), world.today)):
        row = plan_event(actor=world.lecturer, said=said)
    if place % 20 == 9:
        with morning_of(min(said.on - timedelta(days=1), world.today)):
            kk, ru = REASONS[place // 20]
            return cancel_event(actor=world.lecturer, event=row, reason_kk=kk, reason_ru=ru)
    agreed_on = said.on - timedelta(days=10)
    if agreed_on <= world.today and place != COUNT - AHEAD:
        with morning_of(agreed_on):
            number = world.chance.randrange(10, 90)
            row = confirm_event(
                actor=world.lecturer, event=row, confirmed_by=f"мекеменің хаты № {number}"
            )
    if said.on >= world.today:
        return row
    if place >= COUNT - AHEAD - 2:
        with morning_of(said.on):
            return hold_event(actor=world.lecturer, event=row)
    return _reported(world, place, row)


def _reported(world: World, place: int, row: Event) -> Event:
    chance = world.chance
    late = 25 if place == LATE else chance.randrange(0, 4)
    with morning_of(min(row.on + timedelta(days=late), world.today)):
        has_sheet = place % 8 == 1 and keyring.path().exists()
        scan = Scan(drawing.sheet(chance), "image/jpeg") if has_sheet else None
        heads = _heads(world, place, row)
        told = Told(heads, on=row.on, scan=scan, is_sure=True)
        row = report_event(actor=world.lecturer, event=row, told=told)
        if place % 3 == 0:
            _picture(world, row, drawing.room(chance), has_consent=place % 2 == 0)
        if place % 15 == 4:
            pictures.add_link(
                actor=world.lecturer,
                event=row,
                url=f"https://example.org/zhambyl/{row.code}",
                title="Аудандық газет",
            )
    return row


def _heads(world: World, place: int, row: Event) -> Heads:
    """As many as the institution has, or fewer; but for one event, and for who rounds."""
    chance = world.chance
    sizes = [body.people or 90 for body in institutions_of(row)]
    most = sum(min(size, EACH) for size in sizes) if len(sizes) > 2 else min(sum(sizes), 90)
    if place % len(world.speakers) == ROUNDING:
        return Heads(10 * chance.randrange(1, max(2, min(9, most // 10 + 1))))
    most = sum(sizes) + 14 if place == TOO_MANY else max(6, most)
    total = most if place == TOO_MANY else chance.randrange(most // 2, most)
    total += total % 50 == 0
    ages = ("under_18", "from_18", "from_29", "from_60")
    cells: dict[Cell, int] = {}
    left = total
    for sex in ("female", "male"):
        for age in ages:
            count = min(left, chance.randrange(0, total // 4 + 1))
            cells[sex, age] = count
            left -= count
    return Heads(total, cells)


def _picture(world: World, row: Event, image: "Image", *, has_consent: bool) -> None:
    content = drawing.jpeg(image)
    said = pictures.Pictured(
        content,
        "image/jpeg",
        alt_kk="Залда отырған адамдар, сызба сурет",
        alt_ru="Люди в зале, рисунок",
        has_consent=has_consent,
    )
    pictures.put_picture(
        actor=world.lecturer,
        event=row,
        said=said,
        small=content,
        digest=sha256(content).hexdigest(),
    )


def _beside(world: World, made: Sequence[Event]) -> None:
    """One more event of a speaker at the very hours of another, far away."""
    first = next((row for row in made if row.people and row.starts_at), None)
    if first is None:
        return
    at = made.index(first)
    body = next(
        (
            choice.bodies[0]
            for choice in world.choices
            if choice.bodies[0].district_id != first.district_id
        ),
        world.choices[0].bodies[0],
    )
    said = replace(
        _planned(world, at),
        on=first.on,
        starts_at=first.starts_at,
        ends_at=first.ends_at,
        institutions=[body],
        district=body.district_id,
        place_kk="",
        place_ru="",
    )
    with morning_of(first.on):
        row = plan_event(actor=world.lecturer, said=said)
        report_event(actor=world.lecturer, event=row, told=Told(Heads(27), on=first.on))


def _twice(world: World, made: Sequence[Event]) -> None:
    """One picture at two events, and once more a little changed at a third."""
    rows = [row for row in made if row.people][-5:]
    if len(rows) < 3:
        return
    image = drawing.room(world.chance)
    for row, each in zip(rows, (image, image, drawing.brightened(image)), strict=False):
        with morning_of(min(row.on + timedelta(days=4), world.today)):
            _picture(world, row, each, has_consent=False)


def _look(world: World) -> None:
    """The coordinator has looked at a few: one was explained, one mended."""
    asked = (DoubtKind.LATE, Verdict.FINE, "Байланыс болмаған, дәптерін көрдім.")
    mended = (DoubtKind.SAME_PICTURE, Verdict.MENDED, "Сурет қате қойылған екен, дәріскер айтты.")
    for kind, verdict, note in (asked, mended):
        row = Doubt.objects.select_related("event", "other").filter(kind=kind).first()
        if row and world.coordinator.key not in bystanders(row):
            with morning_of(world.today):
                judge(actor=world.coordinator, doubt=row, verdict=verdict, note=note)
