"""A year of invented cases for the training site, the same for the same seed and day.

Each case's life is planned first; then all lives are played through the services in the order of
their days, with the clock held at each, so that numbers, journal and clocks are as they would be.
Many times the year, for measuring, is written in bulk: the same rows, the journal case by case.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.db import transaction

from baqylau.casework import services
from baqylau.casework.models import Case
from baqylau.casework.queries.listing import workers
from baqylau.casework.rules.clocks import TERMS, Law
from baqylau.casework.rules.facts import Fact, picture_of
from baqylau.casework.rules.numbers import clean_reference
from baqylau.casework.rules.refusals import check
from baqylau.casework.rules.terms import with_term
from baqylau.casework.services.bulk import Life as Whole
from baqylau.casework.services.bulk import add_cases
from baqylau.casework.taxonomy import (
    ContactKind,
    Evidence,
    Finding,
    Outcome,
    Procedure,
    Severity,
    StepKind,
    Urgency,
)
from baqylau.catalogue.models import PublicService
from baqylau.institutions.models import Institution, Ownership, ServicePoint
from baqylau.institutions.queries import receptions
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.lawbook.queries.book import book, deadline, working_calendar

EACH = 400
"""Cases for a unit of scale."""
YEAR = 364
"""Days over which they are spread."""
CHUNK = 60
"""Events played in one transaction."""
WHOLE = 1_000
"""Whole cases written in one transaction."""
PROCEDURES = (Procedure.APPEAL,) * 6 + (
    Procedure.PROVIDER,
    Procedure.QUALITY,
    Procedure.INFORMATION,
    Procedure.FINAL_DOCUMENT,
)
KINDS = (ContactKind.SERVICE_FAILURE,) * 5 + tuple(ContactKind)
PAUSED = 0.05
"""Chance that the next step of a case is still not taken."""
LATELY = 0.12
"""Share of the cases that were opened in the last two months, so that much is under way."""
CITY = "311000000"
BUSY = {"special_tson": 1, "akimat": 1, "state_body": 2, "tson": 1}
"""How many offices of a kind in the city are those that most cases are about."""
OFTEN = 0.85
"""Share of the cases that are about one of them."""
SOON = 0.4
"""Share of the cases that end without anything being filed."""

Details = dict[str, Any]


@dataclass(slots=True)
class Life:
    """A case to be: how it is opened, and what happens to it, in order of days."""

    opening: Details
    opened_on: date
    steps: list[tuple[date, str, Details]] = field(default_factory=list)

    @property
    def last_on(self) -> date:
        """The day of its latest step."""
        return self.steps[-1][0] if self.steps else self.opened_on


@dataclass(frozen=True, slots=True)
class World:
    """What cases are about: codes, and colleagues' keys; `busy` are some of the bodies."""

    bodies: list[tuple[str, str]]
    busy: list[tuple[str, str]]
    services: list[str]
    rooms: list[str]
    people: list[str]


def is_there() -> bool:
    """Whether there are cases already."""
    return Case.objects.exists()


def load(seed: int, scale: int, progress: Callable[[int, int], None]) -> int:
    """Bring the cases; none when there are any, or no institution to have them with.

    Returns the number of cases.
    """
    world = _world()
    if not world.bodies or is_there():
        return 0
    chance = random.Random(seed)  # noqa: S311 - training data, to be the same every time
    today = clock.today()
    days = sorted(_day(chance, today) for _number in range(EACH * scale))
    lives = (_life(chance, world, today, day) for day in days)
    if scale > 1:
        _write(lives, today, len(days), progress)
    else:
        _play(list(lives), today, progress)
    return len(days)


def _world() -> World:
    state = Institution.objects.filter(ownership=Ownership.STATE, until_on=None)
    rows = list(state.order_by("code").values_list("code", "district_id", "kind"))
    busy = [
        (code, place)
        for wanted, many in BUSY.items()
        for code, place in [row[:2] for row in rows if row[1:] == (CITY, wanted)][:many]
    ]
    return World(
        [(code, place) for code, place, _kind in rows],
        busy,
        list(PublicService.objects.order_by("code").values_list("code", flat=True)),
        [room.code for room in receptions(clock.today())],
        [key for key, _name in workers()],
    )


def _day(chance: random.Random, today: date) -> date:
    """A working day before today; the last two months are a little fuller."""
    back = chance.randrange(60 if chance.random() < LATELY else YEAR)
    day, calendar = today - timedelta(days=1 + back), working_calendar()
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def _life(chance: random.Random, world: World, today: date, day: date) -> Life:
    """One case, from its opening on."""
    is_busy = bool(world.busy) and chance.random() < OFTEN
    body, territory = chance.choice(world.busy if is_busy else world.bodies)
    opening = {
        "kind": chance.choice(KINDS).value,
        "territory": territory,
        "body": body,
        "service": chance.choice(["", *world.services]),
        "room": chance.choice(["", *world.rooms]),
        "urgency": Urgency.URGENT if chance.random() < 0.1 else Urgency.NORMAL,
        "severity": chance.choice([Severity.SMALL] * 4 + list(Severity)),
        "person": chance.choice(["", *world.people * 2]),
        "idempotency_key": f"training:{chance.getrandbits(64):016x}",
    }
    life = Life(opening, day)
    for step in _steps(chance, world, life):
        if step[0] > today or chance.random() < PAUSED:
            break
        life.steps.append(step)
    return life


Step = tuple[date, str, Details]


def _steps(chance: random.Random, world: World, life: Life) -> Iterator[Step]:
    """What would happen in time, step by step."""
    if chance.random() < SOON:
        soon = (*(Outcome.SOLVED,) * 4, *(Outcome.ADVISED,) * 2, Outcome.AFRAID, Outcome.LOST)
        yield _end(chance, life, soon)
        return
    procedure = chance.choice(PROCEDURES)
    filed_on = life.opened_on + timedelta(days=chance.randrange(4))
    details: Details = {"procedure": procedure, "reference": _letter(chance, "ЖТ")}
    details["is_after_hours"] = chance.random() < 0.1
    yield filed_on, StepKind.FILED, details
    if chance.random() < 0.1:
        other = chance.choice([code for code, _place in world.bodies if code != _body(life)])
        filed_on += timedelta(days=chance.randrange(1, 5))
        yield filed_on, StepKind.REDIRECTED, {"body": other, "reference": _letter(chance, "П")}
    term = deadline(TERMS[procedure].answer, filed_on, after_hours=details["is_after_hours"])
    due = term.due_on
    if TERMS[procedure].extension and chance.random() < 0.12:
        decided = term.counts_from + timedelta(days=2)
        yield decided, StepKind.EXTENDED, {}
        due += timedelta(days=60)
    if chance.random() < 0.25:
        yield due + timedelta(days=chance.randrange(3, 12)), StepKind.SILENCE, {}
        yield from _dispute(chance, life, Outcome.SILENCE)
        return
    on = life.last_on + timedelta(days=chance.randrange(4, 24))
    yield on, StepKind.ANSWERED, {"reference": _letter(chance, "ЗТ")}
    finding = chance.choice([Finding.GRANTED] * 5 + list(Finding))
    yield on + timedelta(days=chance.randrange(6)), StepKind.REVIEWED, {"finding": finding}
    if finding == Finding.GRANTED:
        won = (Outcome.APPEAL_WON, Outcome.MONEY_RETURNED, Outcome.RULE_CHANGED)
        yield _end(chance, life, (*won, Outcome.DISCIPLINARY))
    else:
        yield from _dispute(chance, life, Outcome.REASONED_REFUSAL)


def _dispute(chance: random.Random, life: Life, given_up: Outcome) -> Iterator[Step]:
    """After a refusal or silence: half of them complain."""
    if chance.random() < 0.5:
        yield _end(chance, life, (given_up, Outcome.UNFOUNDED, Outcome.AFRAID))
        return
    on = life.last_on + timedelta(days=chance.randrange(1, 20))
    yield on, StepKind.COMPLAINT, {"reference": _letter(chance, "Ш")}
    on += timedelta(days=chance.randrange(1, 8))
    yield on, StepKind.FORWARDED, {}
    on += timedelta(days=chance.randrange(10, 40))
    yield on, StepKind.DECIDED, {"finding": chance.choice(list(Finding))}
    if chance.random() < 0.4:
        on += timedelta(days=chance.randrange(5, 28))
        yield on, StepKind.COURT, {}
        if chance.random() < 0.5:
            return
    ends = (Outcome.APPEAL_WON, Outcome.ADMINISTRATIVE, Outcome.CRIMINAL, given_up)
    yield _end(chance, life, ends)


def _end(chance: random.Random, life: Life, outcomes: tuple[Outcome, ...]) -> Step:
    on = life.last_on + timedelta(days=chance.randrange(1, 15))
    evidence = chance.choice([each for each in Evidence if each != Evidence.NOTHING])
    return on, StepKind.CLOSED, {"outcome": chance.choice(outcomes), "evidence": evidence}


def _body(life: Life) -> str:
    return str(life.opening["body"])


def _letter(chance: random.Random, kind: str) -> str:
    return f"{kind}-{chance.randrange(10_000, 99_999)}"


@dataclass(slots=True)
class _Known:
    """What lives name, looked up once."""

    bodies: Mapping[str, Institution]
    services: Mapping[str, PublicService]
    rooms: Mapping[str, ServicePoint]


def _write(
    lives: Iterator[Life], today: date, total: int, progress: Callable[[int, int], None]
) -> None:
    """Write whole lives, one after another: for measuring, where playing each would take hours."""
    known = _Known(
        {body.code: body for body in Institution.objects.all()},
        {service.code: service for service in PublicService.objects.all()},
        {room.code: room for room in receptions(today)},
    )
    law, done = book(), 0
    while chunk := list(islice(lives, WHOLE)):
        with transaction.atomic():
            add_cases([_whole(life, known, today, law) for life in chunk], known.bodies, law)
        done += len(chunk)
        progress(done, total)


def _whole(life: Life, known: _Known, today: date, law: Law) -> Whole:
    """The case and the steps as the services would have written them."""
    told, day = life.opening, life.opened_on
    row = Case(
        kind=told["kind"],
        urgency=told["urgency"],
        severity=told["severity"],
        opened_on=day,
        year=day.year,
        source="training",
        idempotency_key=told["idempotency_key"],
        territory_id=told["territory"],
        service=known.services.get(told["service"]),
        room=known.rooms.get(told["room"]),
    )
    facts = [Fact(1, StepKind.OPENED, day, body=told["body"], person=told["person"])]
    for number, (on, kind, details) in enumerate(life.steps, start=2):
        letter = clean_reference(details.get("reference", "")) or ""
        fact = Fact(number, kind, on, **{**details, "reference": letter})
        picture = picture_of(facts)
        check(picture, fact, today, law)
        facts.append(with_term(picture, fact, law))
    moments = [_moment(max(fact.on, day), today) for fact in facts]
    return Whole(row, facts, moments, _actor(life))


def _moment(day: date, today: date) -> datetime:
    return datetime.combine(min(day, today), time(6), UTC)


def _actor(life: Life) -> Actor:
    return Actor(life.opening["person"]) if life.opening["person"] else SYSTEM


def _play(lives: list[Life], today: date, progress: Callable[[int, int], None]) -> None:
    """Play all lives in the order of days; within a day in the order of the cases."""
    events = [(life.opened_on, number, 0) for number, life in enumerate(lives)]
    events += [
        (max(on, life.opened_on), number, place)
        for number, life in enumerate(lives)
        for place, (on, _kind, _details) in enumerate(life.steps, start=1)
    ]
    events.sort()
    numbers: dict[int, str] = {}
    for start in range(0, len(events), CHUNK):
        with transaction.atomic():
            for day, number, place in events[start : start + CHUNK]:
                with clock.frozen(_moment(day, today)):
                    _happen(lives[number], number, place, numbers)
        progress(min(start + CHUNK, len(events)), len(events))


def _happen(life: Life, number: int, place: int, numbers: dict[int, str]) -> None:
    actor = _actor(life)
    if place == 0:
        numbers[number] = services.open_case(
            actor=actor, source="training", opened_on=life.opened_on, **life.opening
        ).number
        return
    on, kind, details = life.steps[place - 1]
    services.record_step(actor=actor, number=numbers[number], kind=kind, on=on, **details)
