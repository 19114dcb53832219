"""Speakers: who they are, how they were trained, and when they may not speak."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.journal.models import Entry
from baqylau.kernel.errors import ConflictError, NotAllowedError, RefusalsError
from baqylau.outreach.models import Speaker, SpeakerNote
from baqylau.outreach.rules.speaking import Noted, is_trained, paused_until
from baqylau.outreach.services.speakers import note_speaker, write_speaker
from tests.outreach.making import BOSS, LECTURER, TODAY, make_speaker

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))


@given(days, st.integers(1, 400), days)
def test_a_pause_holds_from_its_first_day_until_its_end(on: date, length: int, day: date) -> None:
    end = on + timedelta(days=length)
    expected = end if on <= day < end else None
    assert paused_until([Noted("paused", on, end)], day) == expected


def test_the_latest_of_several_pauses_counts_and_one_without_an_end_never_ends() -> None:
    short = Noted("paused", TODAY, TODAY + timedelta(days=5))
    long = Noted("paused", TODAY, TODAY + timedelta(days=9))
    assert paused_until([long, short], TODAY) == TODAY + timedelta(days=9)
    assert paused_until([Noted("paused", TODAY)], date(2099, 1, 1)) == date.max
    assert paused_until([Noted("complaint", TODAY)], TODAY) is None


def test_training_counts_while_it_is_valid() -> None:
    trained = Noted("trained", date(2025, 1, 1), date(2026, 1, 1))
    assert is_trained([trained], date(2025, 12, 31))
    assert not is_trained([trained], date(2026, 1, 1))
    assert not is_trained([Noted("pledged", date(2025, 1, 1))], TODAY)


pytestmark = [pytest.mark.django_db]


@pytest.mark.usefixtures("reach")
def test_a_speaker_is_written_without_the_name_in_the_journal() -> None:
    made = write_speaker(actor=BOSS, fields={"name": "Айдана", "person": "p-1", "first_on": TODAY})
    assert Speaker.objects.get().name == "Айдана"
    entry = Entry.objects.get(subject=f"speaker:{made.code}")
    assert "Айдана" not in str(entry.payload)


@pytest.mark.usefixtures("reach")
def test_an_account_is_one_speakers_and_each_needs_a_name() -> None:
    make_speaker(LECTURER)
    with pytest.raises(RefusalsError) as caught:
        write_speaker(
            actor=BOSS,
            fields={
                "name": " ",
                "person": LECTURER.key,
                "first_on": TODAY,
                "until_on": TODAY - timedelta(days=1),
            },
        )
    assert {each.field for each in caught.value.refusals} == {"name", "person", "until_on"}


@pytest.mark.usefixtures("reach")
def test_a_change_that_came_second_is_told_so() -> None:
    row = make_speaker()
    write_speaker(actor=BOSS, speaker=row, revision=1, fields={"name": "Бір"})
    with pytest.raises(ConflictError):
        write_speaker(actor=BOSS, speaker=row, revision=1, fields={"name": "Екі"})


@pytest.mark.usefixtures("reach")
def test_notes_stay_and_their_words_stay_out_of_the_journal() -> None:
    row = make_speaker()
    note_speaker(actor=BOSS, speaker=row, kind="complaint", on=TODAY, note="Кешігіп келді")
    assert SpeakerNote.objects.get().note == "Кешігіп келді"
    entry = Entry.objects.get(action="outreach.speaker_noted")
    assert "Кешігіп" not in str(entry.payload)


@pytest.mark.usefixtures("reach")
@pytest.mark.parametrize(
    ("kind", "on", "until", "field"),
    [
        ("trained", TODAY + timedelta(days=1), None, "on"),
        ("paused", TODAY, TODAY, "until_on"),
        ("complaint", TODAY, None, "note"),
    ],
)
def test_a_note_that_cannot_be_is_refused(
    kind: str, on: date, until: date | None, field: str
) -> None:
    with pytest.raises(RefusalsError) as caught:
        note_speaker(actor=BOSS, speaker=make_speaker(), kind=kind, on=on, until_on=until)
    assert [each.field for each in caught.value.refusals] == [field]
    assert not SpeakerNote.objects.exists()


@pytest.mark.usefixtures("reach")
def test_lecturers_do_not_keep_their_own_record() -> None:
    with pytest.raises(NotAllowedError):
        note_speaker(actor=LECTURER, speaker=make_speaker(LECTURER), kind="trained", on=TODAY)
