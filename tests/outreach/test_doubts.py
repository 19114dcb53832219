"""Doubts: what makes the program ask, that it asks once, and that a person answers."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.files.models import StoredFile
from baqylau.journal.models import Entry
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError
from baqylau.outreach import verification
from baqylau.outreach.figures_events import count_doubts
from baqylau.outreach.models import Counted, Doubt, DoubtKind, Event, Picture
from baqylau.outreach.queries.doubts import why
from baqylau.outreach.rules.heads import Heads
from baqylau.outreach.rules.likeness import bands
from baqylau.outreach.rules.suspicion import (
    FEWEST,
    RARE,
    Held,
    apart,
    cannot_both,
    chance,
    days_late,
    is_above,
    rounded,
)
from baqylau.outreach.services.doubting import examine, judge, look_again
from baqylau.outreach.services.reporting import Told, report_event
from tests.outreach.making import (
    BOSS,
    LECTURER,
    OTHER,
    TARAZ,
    TODAY,
    make_event,
    make_school,
    make_speaker,
    reported,
)
from tests.plans import analyse, reading_by_index

KORDAY = "313600000"
NOW = datetime(2026, 7, 1, 7, tzinfo=UTC)
times = st.integers(8 * 60, 18 * 60).map(lambda minutes: time(minutes // 60, minutes % 60))
hours = st.lists(times, min_size=2, max_size=2, unique=True).map(sorted)


@given(hours, hours, st.booleans())
def test_it_does_not_matter_which_of_two_events_is_looked_at(
    first: list[time], second: list[time], is_near: bool
) -> None:
    (a, b), (c, d) = first, second
    one = Held(TODAY, TARAZ, a, b)
    other = Held(TODAY, TARAZ if is_near else KORDAY, c, d)
    assert apart(one, other) == apart(other, one)
    assert cannot_both(one, other) == cannot_both(other, one)
    if max(a, c) < min(b, d) and (a.minute, c.minute) == (0, 0) and (a.hour != c.hour):
        assert cannot_both(one, other)


def test_two_districts_need_a_way_between_them_and_unknown_hours_say_nothing() -> None:
    morning = Held(TODAY, TARAZ, time(9), time(10))
    assert not cannot_both(morning, Held(TODAY, TARAZ, time(10), time(11)))
    assert cannot_both(morning, Held(TODAY, KORDAY, time(10, 30), time(11)))
    assert not cannot_both(morning, Held(TODAY, KORDAY, time(12), time(13)))
    assert not cannot_both(morning, Held(TODAY, KORDAY))
    assert not cannot_both(morning, Held(TODAY + timedelta(days=1), KORDAY, time(9), time(10)))


@given(st.integers(1, 40), st.floats(0.05, 0.5))
def test_the_tail_of_the_binomial_falls_from_one(count: int, share: float) -> None:
    tail = [chance(count, hits, share) for hits in range(count + 1)]
    assert tail[0] == pytest.approx(1.0)
    assert tail == sorted(tail, reverse=True)
    assert tail[-1] == pytest.approx(share**count)


def test_the_tail_agrees_with_a_table() -> None:
    # Five or more of ten at one fifth: 1 - B(4; 10, 0.2), printed as 0.0328 in tables.
    assert chance(10, 5, 0.2) == pytest.approx(0.0328, abs=5e-5)


def test_round_headcounts_are_told_with_their_odds() -> None:
    found = rounded([20, 30, 40, 25, 60, 30, 20, 50, 35, 40])
    assert found is not None
    assert (found.count, found.odds > 1 / RARE) == (10, True)
    assert rounded([23, 31, 40, 27, 61, 30, 22, 54, 35, 41]) is None
    assert rounded([20] * (FEWEST - 1)) is None


@given(st.lists(st.integers(0, 9), min_size=8, max_size=40))
def test_a_handful_of_people_is_never_called_round(people: list[int]) -> None:
    assert rounded(people) is None


def test_lateness_and_size_have_their_limits() -> None:
    assert days_late(date(2026, 6, 1), date(2026, 6, 15)) == 0
    assert days_late(date(2026, 6, 1), date(2026, 6, 16)) == 15
    assert is_above(101, [60, 40])
    assert not is_above(100, [60, 40])
    assert not is_above(101, [60, None])
    assert not is_above(101, [])


pytestmark = [pytest.mark.django_db]


def kinds() -> list[str]:
    """The kinds of doubts, in the order of the alphabet."""
    return sorted(Doubt.objects.values_list("kind", flat=True))


def picture(event: Event, digest: str, likeness: str = "") -> Picture:
    """A row of a picture."""
    file, _new = StoredFile.objects.get_or_create(
        digest="0" * 64,
        defaults={"size": 1, "media_type": "image/jpeg", "created_at": NOW},
    )
    quarters = bands(likeness) if likeness else (None,) * 4
    return Picture.objects.create(
        event=event,
        order=Picture.objects.filter(event=event).count() + 1,
        file=file,
        digest=digest * 64,
        likeness=likeness,
        width=1,
        height=1,
        alt_kk="Зал",
        added_by="x",
        added_at=NOW,
        **{f"band_{at}": quarter for at, quarter in enumerate(quarters)},
    )


@pytest.mark.usefixtures("reach")
def test_a_plain_report_raises_nothing() -> None:
    report_event(actor=LECTURER, event=make_event(make_speaker()), told=Told(Heads(23)))
    assert kinds() == []


@pytest.mark.usefixtures("reach")
def test_a_report_raises_what_its_own_numbers_ask() -> None:
    small = make_school(people=40)
    row = make_event(at=(small,), on=TODAY - timedelta(days=20))
    report_event(actor=LECTURER, event=row, told=Told(Heads(50)))
    assert kinds() == ["late", "round", "too_many"]
    said = {doubt.kind: why(doubt) for doubt in Doubt.objects.all()}
    assert "20" in said["late"]
    assert "40" in said["too_many"]
    assert all("%" not in sentence for sentence in said.values())


@pytest.mark.usefixtures("reach")
def test_two_events_of_one_speaker_are_asked_about_once_whichever_is_looked_at() -> None:
    speaker = make_speaker()
    one, other = (reported(speaker, starts_at=time(10), ends_at=time(11)) for _each in range(2))
    assert examine(event=one) == 1
    assert examine(event=other) == 0
    doubt = Doubt.objects.get()
    assert (doubt.kind, doubt.event, doubt.other) == ("two_places", other, one)


@pytest.mark.usefixtures("reach")
def test_the_same_file_and_a_near_picture_are_told_apart_and_a_far_one_passes() -> None:
    rows = [reported() for _each in range(4)]
    likeness = "00ff00ff00ff00ff"
    picture(rows[0], "a", likeness)
    picture(rows[1], "a", likeness)
    picture(rows[2], "b", "00ff00ff00ff03fe")
    picture(rows[3], "c", "ffff0000ff00ff00")
    for row in rows:
        examine(event=row)
    found = set(Doubt.objects.values_list("kind", "event", "other"))
    assert found == {
        ("same_picture", rows[1].pk, rows[0].pk),
        ("like_picture", rows[2].pk, rows[0].pk),
        ("like_picture", rows[2].pk, rows[1].pk),
    }


@pytest.mark.usefixtures("reach")
def test_pictures_are_compared_through_indexes_alone() -> None:
    row = reported()
    others = [reported() for _each in range(3)]
    like = picture(others[0], "d", "0" * 16)
    fields = {name: value for name, value in vars(like).items() if name not in {"_state", "id"}}
    rows = []
    # As many as make reading them all dearer than an index, for either engine.
    for at in range(6_000):
        sign = f"{at * 7919**4 % 2**64:016x}"
        quarters = {f"band_{n}": quarter for n, quarter in enumerate(bands(sign))}
        own = {"event_id": others[at % 3].pk, "order": at + 2, "likeness": sign}
        rows.append(Picture(**fields | own | quarters))
    Picture.objects.bulk_create(rows)
    picture(row, "e", "00ff00ff00ff00ff")
    analyse()
    with reading_by_index("outreach_picture"):
        examine(event=row)


@pytest.mark.usefixtures("reach")
def test_a_speaker_whose_numbers_are_round_is_asked_about_once_in_three_months() -> None:
    speaker = make_speaker()
    for at in range(FEWEST + 2):
        reported(speaker, people=20 + 10 * (at % 3), on=TODAY - timedelta(days=at))
    assert look_again() == "1 doubts"
    assert look_again() == "0 doubts"
    assert "10" in why(Doubt.objects.get())


@pytest.mark.usefixtures("reach")
def test_an_event_that_was_not_as_written_counts_no_more_and_verify_agrees() -> None:
    row = report_event(actor=LECTURER, event=make_event(), told=Told(Heads(50)))
    assert Counted.objects.filter(event=row).exists()
    doubt = Doubt.objects.get()
    judge(actor=BOSS, doubt=doubt, verdict="false", note="Мектеппен сөйлестім")
    assert not Counted.objects.exists()
    assert list(verification.differences()) == []
    entry = Entry.objects.get(action="outreach.judged")
    assert "Мектеп" not in entry.payload


@pytest.mark.usefixtures("reach")
def test_nobody_judges_an_event_in_which_they_had_a_part() -> None:
    row = report_event(actor=BOSS, event=make_event(), told=Told(Heads(50)))
    doubt = Doubt.objects.get(event=row)
    with pytest.raises(DomainError):
        judge(actor=BOSS, doubt=doubt, verdict="fine", note="Жақсы")
    with pytest.raises(NotAllowedError):
        judge(actor=OTHER, doubt=doubt, verdict="fine", note="Жақсы")
    assert not Doubt.objects.exclude(verdict="").exists()


@pytest.mark.usefixtures("reach")
def test_a_verdict_has_its_reason_and_is_given_once() -> None:
    report_event(actor=LECTURER, event=make_event(), told=Told(Heads(50)))
    doubt = Doubt.objects.get()
    for verdict, note in (("", "Сұрадым"), ("fine", " ")):
        with pytest.raises(DomainError):
            judge(actor=BOSS, doubt=doubt, verdict=verdict, note=note)
    assert count_doubts(TODAY, "") == {"": 1}
    assert count_doubts(TODAY, "doubt") == {"round": 1}
    judge(actor=BOSS, doubt=doubt, verdict="fine", note="Сұрадым")
    assert count_doubts(TODAY, "") == {"": 0}
    with pytest.raises(ConflictError):
        judge(actor=BOSS, doubt=doubt, verdict="false", note="Қайта")


@pytest.mark.usefixtures("reach")
def test_what_was_explained_is_not_asked_again() -> None:
    row = report_event(actor=LECTURER, event=make_event(), told=Told(Heads(50)))
    judge(actor=BOSS, doubt=Doubt.objects.get(), verdict="fine", note="Сұрадым")
    assert examine(event=row) == 0
    assert look_again() == "0 doubts"


def facts(kind: str, **numbers: int) -> str:
    """A doubt of the kind, in words."""
    return why(Doubt(kind=kind, facts=numbers))


@pytest.mark.usefixtures("reach")
def test_what_made_it_ask_is_said_without_a_number_below_nothing() -> None:
    overlapping, near = (facts("two_places", minutes=each) for each in (-60, 30))
    assert "60" not in overlapping
    assert "30" in near


@pytest.mark.usefixtures("reach")
def test_odds_are_said_in_thousands_and_beyond_a_million_in_a_word() -> None:
    rare = facts("round", count=9, hits=9, step=5, odds=12_345)
    assert "12\xa0345" in rare
    assert facts("round", count=9, hits=9, step=10, odds=10**9).count("0") == 1
    assert "50" in facts("round", people=50)


@pytest.mark.usefixtures("reach")
def test_every_kind_of_doubt_says_why() -> None:
    numbers = {"bits": 4, "minutes": 3, "people": 70, "size": 8, "days": 25}
    sentences = {facts(kind, **numbers) for kind in DoubtKind.values}
    assert len(sentences) == len(DoubtKind.values)
    assert not any("%" in each for each in sentences)
