"""A year of invented reports for the training site: the same for the same seed and day.

Keys and ciphertexts are drawn anew each time, as they must be; what is told, on which day and by
whom, follows from the seed. Everything passes through the services, with the clock held at its day.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from hashlib import sha256
from itertools import chain
from operator import itemgetter

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.errors import DomainError
from baqylau.reports.models import Keyholder, RecoveryKey, Report
from baqylau.reports.queries.holders import own_key
from baqylau.reports.queries.places import district_choices
from baqylau.reports.rules.answers import Answers, Name
from baqylau.reports.rules.labels import Label
from baqylau.reports.services import answering, channel, closing, noting
from baqylau.reports.services.comparing import confirm
from baqylau.reports.services.counting import count_together
from baqylau.reports.services.deskpart import desk_part
from baqylau.reports.services.filing import Sent, file_report
from baqylau.reports.services.keyholding import enrol
from baqylau.reports.services.names import ask_for_name
from baqylau.reports.services.once import Opened
from baqylau.reports.services.opening import open_report
from baqylau.reports.services.recovery import tell
from baqylau.reports.services.retention import delete_what_is_over
from baqylau.reports.taxonomy import Ending, NameReason
from baqylau.reports.training_words import (
    ANSWERS,
    FAREWELL,
    NOTES,
    QUESTIONS,
    REPLIES,
    STORIES,
    Story,
)
from baqylau.seal import keys, people, shares
from baqylau.seal.keys import SecretKey, Use
from baqylau.seal.people import fingerprint
from baqylau.staff.models import User
from baqylau.staff.queries import actor_of
from baqylau.staff.training import DOMAIN, PASSPHRASE

EACH = 60
"""Reports for a unit of scale."""
YEAR = 360
OFFICES = {
    "officer1": Keyholder.Office.OFFICER,
    "officer2": Keyholder.Office.OFFICER,
    "custodian": Keyholder.Office.CUSTODIAN,
}
ENDINGS = (Ending.ADVISED, Ending.HANDED, Ending.UNFOUNDED, Ending.WITHDRAWN, Ending.ABUSE)
Step = tuple[date, int, Callable[[], object]]
"""A day, a number that keeps the order within it, and what is done."""
Act = tuple[int, Callable[[], object]]
"""Days after filing, and what is done then."""


@dataclass(slots=True)
class _House:
    """The officer who answers, their key, and the reports that are there."""

    officer: Actor
    own: SecretKey
    filed: dict[int, str] = field(default_factory=dict)

    def opened(self, number: int) -> Opened:
        """R's part of a report; that it was opened is told in the journal."""
        report = Report.objects.get(pk=self.filed[number])
        return open_report(actor=self.officer, own=self.own, report=report)

    def desk(self, number: int) -> Opened:
        """D's part of a report."""
        report = Report.objects.get(pk=self.filed[number])
        return desk_part(actor=self.officer, own=self.own, report=report)


def is_there() -> bool:
    """Whether there are reports already."""
    return Report.objects.exists()


def load(seed: int, scale: int, progress: Callable[[int, int], None]) -> int:
    """Make the keys that are missing and play the year; returns the number of reports.

    Raises: DomainError on a production site.
    """
    if not settings.IS_TRAINING:
        raise DomainError("training reports belong on a training site only", code="production")
    if is_there():
        return Report.objects.count()
    today = clock.today()
    with _held_at(today - timedelta(days=YEAR + 1)):
        house = _make_keys()
    steps = plan(house, seed, EACH * scale, today)
    for done, (day, _order, act) in enumerate(steps, start=1):
        with _held_at(day):
            act()
        progress(done, len(steps))
    count_together()
    delete_what_is_over()
    Keyholder.objects.update(seen_on=today)
    return Report.objects.count()


def plan(house: _House, seed: int, count: int, today: date) -> list[Step]:
    """All that happens, in the order of days: it follows from the seed."""
    chance = random.Random(seed)  # noqa: S311 - invented lives, no secrets
    lives = (_life(house, chance, number, count, today) for number in range(count))
    return sorted(chain.from_iterable(lives), key=itemgetter(0, 1))


def _held_at(day: date) -> AbstractContextManager[None]:
    return clock.frozen(datetime.combine(day, time(6), UTC))


def recovery() -> SecretKey:
    """The recovery key of every training site: nobody's secret."""
    return keys.from_seed(Use.RECOVERY, sha256(b"baqylau training recovery").digest())


def notes() -> Sequence[str]:
    """What `run` prints: two shares of the recovery key, enough to try `recover`."""
    known = RecoveryKey.objects.filter(is_living=True, public=recovery().public).exists()
    if not known:
        return ()
    first, second, _third = shares.split(recovery()).shares
    return (_("Recovery key of the reports, nobody's secret; two of its shares:"), first, second)


def _make_keys() -> _House:
    """A key for each officer and the custodian, with the passphrase of all training accounts."""
    actors = {name: actor_of(User.objects.get(email=f"{name}@{DOMAIN}")) for name in OFFICES}
    for name, office in OFFICES.items():
        if own_key(actors[name].key) is None:
            enrol(actor=actors[name], office=office, passphrase=PASSPHRASE)
    _compare(actors)
    Keyholder.objects.update(code_kept_on=clock.today())
    if not RecoveryKey.objects.filter(is_living=True).exists():
        day = clock.today()
        with transaction.atomic(using="sealed"):
            RecoveryKey.objects.create(public=recovery().public, since_on=day, proven_on=day)
            tell("reports.recovery_agreed", SYSTEM, recovery().public)
    officer = actors["officer1"]
    row = own_key(officer.key)
    if row is None or row.by_passphrase is None:
        raise DomainError("the officer's key was ended", code="no_key")
    locked = bytes(row.by_passphrase)
    return _House(officer, people.open_with_passphrase(locked, officer.key, PASSPHRASE))


def _compare(actors: Mapping[str, Actor]) -> None:
    """Each key is compared by an officer, the officers' by each other."""
    for name in OFFICES:
        other = next(each for each in OFFICES if each != name and "officer" in each)
        row = own_key(actors[name].key)
        if row is not None and row.trusted_on is None:
            last = fingerprint(row.public).split()[-1]
            confirm(actor=actors[other], holder=actors[name].key, last=last)


def _life(house: _House, chance: random.Random, number: int, count: int, today: date) -> list[Step]:
    """Everything that happens to one report until today."""
    filed_on = today - timedelta(days=YEAR - YEAR * number // count)
    story = chance.choice(STORIES)
    districts = [code for code, _name in district_choices()]
    district = chance.choice(districts) if districts else ""
    mark = f"training{number:08}"
    acts: list[Act] = [
        (0, partial(_file, house, number, story, district, _drawn(chance))),
        (chance.randint(1, 6), partial(_greet, house, number, mark)),
        (chance.randint(7, 20), partial(_label, house, number, mark, district, story.conduct)),
        (chance.randint(8, 25), partial(_ask, house, number, mark, chance.choice(QUESTIONS))),
        (chance.randint(26, 40), partial(_reply, house, number, mark, chance.choice(REPLIES))),
        (chance.randint(41, 85), partial(_answer, house, number, mark, chance.choice(ANSWERS))),
        (chance.randint(86, 130), partial(_close, house, number, mark, chance.choice(ENDINGS))),
    ]
    if number == count // 2:
        asking: list[Act] = [*acts[:3], (30, partial(_ask_for_name, house, number))]
        return _until(today, filed_on, number, asking)
    # Some wait longer than they should: what is late has to be seen in training too.
    kept = chance.choices((len(acts), 1, 3, 4, 6), (80, 5, 5, 5, 5))[0]
    return _until(today, filed_on, number, acts[:kept])


def _until(today: date, filed_on: date, number: int, acts: Sequence[Act]) -> list[Step]:
    """The acts that have happened by today."""
    return [
        (filed_on + timedelta(days=after), number * 100 + order, act)
        for order, (after, act) in enumerate(acts)
        if filed_on + timedelta(days=after) <= today
    ]


def _drawn(chance: random.Random) -> tuple[str, str]:
    """Id and secret of a review page, from the seed: nothing here is anybody's."""
    return f"{chance.getrandbits(128):032x}", f"{chance.randrange(10**20):020}"


def _file(house: _House, number: int, story: Story, district: str, drawn: tuple[str, str]) -> None:
    answers = Answers(
        stage=story.stage,
        conduct=story.conduct,
        bribe=story.bribe,
        amount=story.amount,
        district=district,
        office=story.office,
        story=story.text,
        language=story.language,
    )
    told = Name(name="Ойдан шығарылған адам", phone="+7 700 000 00 00")
    sent = Sent(
        id=drawn[0],
        secret=drawn[1],
        answers=answers.dumped(),
        name=(told if story.is_named else Name()).dumped(),
        is_urgent=story.is_urgent,
    )
    file_report(sent=sent)
    house.filed[number] = drawn[0]


def _greet(house: _House, number: int, _mark: str) -> None:
    answering.acknowledge(to=house.opened(number), actor=house.officer)


def _label(house: _House, number: int, mark: str, district: str, conduct: str) -> None:
    desk = house.desk(number)
    chosen = Label(district=district, conduct=conduct, credibility="witness", severity=2)
    noting.label(to=desk, actor=house.officer, chosen=chosen, mark=f"{mark}a")
    note = NOTES[number % len(NOTES)]
    noting.note(to=desk, actor=house.officer, text=note, mark=f"{mark}b")


def _ask(house: _House, number: int, mark: str, text: str) -> None:
    answering.answer(to=house.opened(number), actor=house.officer, text=text, mark=f"{mark}c")


def _reply(house: _House, number: int, mark: str, text: str) -> None:
    channel.write(to=house.opened(number), text=text, mark=f"{mark}d")


def _answer(house: _House, number: int, mark: str, text: str) -> None:
    opened = house.opened(number)
    answering.answer(to=opened, actor=house.officer, text=text, mark=f"{mark}e", is_feedback=True)


def _close(house: _House, number: int, mark: str, ending: str) -> None:
    closing.close(
        talk=house.opened(number),
        desk=house.desk(number),
        actor=house.officer,
        ending=ending,
        text=FAREWELL,
        mark=f"{mark}f",
    )


def _ask_for_name(house: _House, number: int) -> None:
    report = Report.objects.get(pk=house.filed[number])
    ask_for_name(
        actor=house.officer,
        report=report,
        reason=NameReason.PROTECTION,
        note="Қорғау туралы өтініш беру үшін керек.",
    )
