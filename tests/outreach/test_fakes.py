"""Each kind of fake, told through the services: it raises its doubt, and its honest twin none."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest

from baqylau.kernel import clock
from baqylau.outreach.models import Doubt, Event, Speaker
from baqylau.outreach.rules.heads import Heads
from baqylau.outreach.services.pictures import Pictured, add_picture
from baqylau.outreach.services.reporting import Told, report_event
from baqylau.outreach.training import drawing
from tests.outreach.making import LECTURER, TARAZ, TODAY, make_event, make_school, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reach")]
KORDAY = "314800000"
COUNTS = (23, 31, 40, 27, 61, 30, 22, 54, 36, 41)
"""Headcounts as they come: two of ten end in 0."""


def tell(people: int, *speakers: Speaker, size: int | None = None, **fields: object) -> Event:
    """An event that is reported today, or on `told_on`."""
    told_on = fields.pop("told_on", TODAY)
    school = make_school(people=size)
    event = make_event(*speakers, at=(school,), **fields)
    with clock.frozen(datetime.combine(told_on, time(9), UTC)):  # type: ignore[arg-type]  # a day
        return report_event(actor=LECTURER, event=event, told=Told(Heads(people)))


def show(event: Event, content: bytes) -> None:
    """Add a picture to the event, as somebody does with a telephone."""
    said = Pictured(content, "image/jpeg", alt_kk="Зал")
    add_picture(actor=LECTURER, event=event, said=said)


def two_pictures(make: Callable[[random.Random], tuple[bytes, bytes]]) -> None:
    """Two events, each with a picture."""
    pair = make(random.Random(5))  # noqa: S311 - pictures for tests
    for content in pair:
        show(tell(23), content)


def same(chance: random.Random) -> tuple[bytes, bytes]:
    """The very same file."""
    content = drawing.jpeg(drawing.room(chance))
    return content, content


def alike(chance: random.Random) -> tuple[bytes, bytes]:
    """A picture, and the same trimmed and brightened."""
    image = drawing.room(chance)
    return drawing.jpeg(image), drawing.jpeg(drawing.brightened(image))


def other(chance: random.Random) -> tuple[bytes, bytes]:
    """Two rooms."""
    return drawing.jpeg(drawing.room(chance)), drawing.jpeg(drawing.room(chance))


def twice(district: str, hour: int) -> None:
    """One speaker at two events of a day."""
    speaker = make_speaker()
    tell(23, speaker, starts_at=time(10), ends_at=time(11))
    tell(27, speaker, district_id=district, starts_at=time(hour), ends_at=time(hour + 1))


def several(counts: tuple[int, ...]) -> None:
    """A speaker's events, one a day."""
    speaker = make_speaker()
    for back, people in enumerate(counts):
        tell(people, speaker, on=TODAY - timedelta(days=back))


FAKES: dict[str, tuple[str, Callable[[], object], Callable[[], object]]] = {
    "the same picture": (
        "same_picture",
        lambda: two_pictures(same),
        lambda: two_pictures(other),
    ),
    "a picture that was changed a little": (
        "like_picture",
        lambda: two_pictures(alike),
        lambda: two_pictures(other),
    ),
    "one speaker at two places at once": (
        "two_places",
        lambda: twice(KORDAY, 10),
        lambda: twice(KORDAY, 14),
    ),
    "a speaker whose events overlap in one town": (
        "two_places",
        lambda: twice(TARAZ, 10),
        lambda: twice(TARAZ, 11),
    ),
    "one round headcount": ("round", lambda: tell(150), lambda: tell(147)),
    "headcounts that are all round": (
        "round",
        lambda: several(tuple(10 * (each // 10) for each in COUNTS)),
        lambda: several(COUNTS),
    ),
    "more people than the school has": (
        "too_many",
        lambda: tell(61, size=60),
        lambda: tell(59, size=60),
    ),
    "written down long after": (
        "late",
        lambda: tell(23, on=TODAY - timedelta(days=15)),
        lambda: tell(23, on=TODAY - timedelta(days=14)),
    ),
}
"""By what is faked: the doubt that it raises, the fake, its honest twin."""


@pytest.mark.parametrize("what", FAKES)
def test_a_fake_raises_its_doubt_and_no_other(what: str) -> None:
    kind, fake, _honest = FAKES[what]
    fake()
    assert set(Doubt.objects.values_list("kind", flat=True)) == {kind}


@pytest.mark.parametrize("what", FAKES)
def test_its_honest_twin_raises_none(what: str) -> None:
    FAKES[what][2]()
    assert not Doubt.objects.exists()
