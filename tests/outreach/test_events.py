"""An event from the plan to its day: who may, what is refused, what is moved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from baqylau.institutions import services as institutions
from baqylau.institutions.models import Institution
from baqylau.journal.models import Entry
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError, RefusalsError
from baqylau.outreach.models import Event, Speaker, SpeakerNote, Speaking, Stage, Visited
from baqylau.outreach.services import events as services
from baqylau.outreach.services.events import Planned
from tests.outreach.making import (
    BOSS,
    LECTURER,
    OTHER,
    TARAZ,
    TODAY,
    body,
    campaign,
    make_event,
    make_school,
    make_speaker,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reach")]


def plan(
    at: Sequence[Institution] = (),
    speakers: Sequence[Speaker] = (),
    **changes: Any,  # noqa: ANN401 - of many kinds
) -> Planned:
    """A lecture at the school, in a week."""
    given: dict[str, Any] = {
        "kind": "lecture",
        "topic_kk": "Парасыз болашақ",
        "on": TODAY + timedelta(days=7),
        "district": TARAZ,
        "institutions": at or [body()],
        "speakers": speakers,
        "campaign": campaign(),
        **changes,
    }
    return Planned(**given)


def refused(said: Planned) -> list[str]:
    """The fields that are refused."""
    with pytest.raises(RefusalsError) as caught:
        services.plan_event(actor=BOSS, said=said)
    assert not Event.objects.exists()
    return [each.field for each in caught.value.refusals]


def test_an_event_is_planned_once_however_often_the_form_is_sent() -> None:
    said = plan(code="0a1b2c3d", speakers=[make_speaker()])
    first = services.plan_event(actor=LECTURER, said=said)
    again = services.plan_event(actor=LECTURER, said=said)
    assert first.pk == again.pk
    assert (Visited.objects.count(), Speaking.objects.count()) == (1, 1)
    entry = Entry.objects.get(action="outreach.planned")
    assert (entry.subject, "Парасыз" in entry.payload) == ("event:0a1b2c3d", False)


def test_advisers_look_and_do_not_plan(cast: Any) -> None:  # noqa: ANN401 - the cast
    with pytest.raises(NotAllowedError):
        services.plan_event(actor=cast.adviser.actor, said=plan())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"topic_kk": " "}, "topic_kk"),
        ({"topic_ru": "я" * 301}, "topic_ru"),
        ({"place_kk": "Қоңырау шалыңыз: +7 701 123 45 67"}, "place_kk"),
        ({"kind": "concert"}, "kind"),
        ({"starts_at": time(15), "ends_at": time(14)}, "ends_at"),
        ({"on": date(2006, 7, 1)}, "on"),
        ({"on": date(26, 7, 1)}, "on"),
        ({"on": date(2062, 7, 1)}, "on"),
    ],
)
def test_what_cannot_be_planned_is_refused_at_its_field(
    changes: dict[str, Any], field: str
) -> None:
    assert refused(plan(**changes)) == [field]


def test_an_event_of_an_older_table_keeps_and_changes_its_old_day() -> None:
    old = make_event(on=date(2017, 5, 14), stage=Stage.HELD, is_imported=True)
    said = replace(plan(), on=date(2017, 5, 15))
    row = services.change_event(actor=BOSS, event=old, said=said, revision=1)
    assert row.on == date(2017, 5, 15)
    with pytest.raises(RefusalsError):
        services.change_event(actor=LECTURER, event=make_event(), said=said, revision=1)


def test_every_fault_is_told_at_once() -> None:
    assert refused(Planned("", "", TODAY, TARAZ, [])) == ["kind", "topic_kk", "institutions"]


def test_an_abolished_institution_is_refused_and_its_successor_named() -> None:
    heir, gone = make_school(name_kk="Жаңа мектеп"), make_school()
    institutions.close(actor=SYSTEM, code=gone.code, until_on=TODAY, successor=heir.code)
    gone.refresh_from_db()
    with pytest.raises(RefusalsError) as caught:
        services.plan_event(actor=BOSS, said=plan([gone]))
    (refusal,) = caught.value.refusals
    assert refusal.field == "institutions"
    assert "Жаңа мектеп" in refusal.message
    assert heir.code in refusal.message


def test_one_closed_later_may_still_be_visited_before() -> None:
    gone = make_school()
    institutions.close(
        actor=SYSTEM, code=gone.code, until_on=TODAY + timedelta(days=8), successor=""
    )
    gone.refresh_from_db()
    services.plan_event(actor=BOSS, said=plan([gone]))
    with pytest.raises(RefusalsError, match="жоқ"):
        services.plan_event(actor=BOSS, said=plan([gone], on=TODAY + timedelta(days=8)))


def test_who_pauses_or_has_ended_is_refused_for_those_days_only() -> None:
    ended = make_speaker(until_on=TODAY)
    pausing = make_speaker()
    until = TODAY + timedelta(days=20)
    SpeakerNote.objects.create(
        speaker=pausing, kind="paused", on=TODAY, until_on=until, author="boss"
    )
    assert refused(plan(speakers=[ended, pausing])) == ["speakers", "speakers"]
    services.plan_event(actor=BOSS, said=plan(speakers=[pausing], on=until))
    assert Event.objects.get().on == until


def test_moving_raises_the_sequence_and_a_new_topic_does_not() -> None:
    row = make_event()
    same = plan(on=row.on, topic_kk="Басқа")
    row = services.change_event(actor=LECTURER, event=row, said=same, revision=1)
    assert (row.sequence, row.revision) == (0, 2)
    moved = plan(on=row.on, starts_at=time(10), topic_kk="Басқа")
    row = services.change_event(actor=LECTURER, event=row, said=moved, revision=2)
    assert (row.sequence, row.revision) == (1, 3)


def test_a_change_that_came_second_is_told_so_and_changes_nothing() -> None:
    row = make_event()
    services.change_event(actor=BOSS, event=row, said=plan(), revision=1)
    with pytest.raises(ConflictError):
        services.change_event(actor=LECTURER, event=row, said=plan(topic_kk="Кеш"), revision=1)
    assert Event.objects.get().topic_kk == "Парасыз болашақ"


def test_institutions_and_speakers_follow_the_form() -> None:
    speaker, school = make_speaker(), make_school()
    row = make_event(make_speaker())
    said = plan([school], [speaker], on=row.on)
    services.change_event(actor=BOSS, event=row, said=said, revision=1)
    assert list(Visited.objects.values_list("institution", flat=True)) == [school.pk]
    assert list(Speaking.objects.values_list("speaker", flat=True)) == [speaker.pk]


def test_a_speaker_holds_their_event_and_a_stranger_does_not() -> None:
    row = make_event(make_speaker(OTHER), author=BOSS.key)
    services.confirm_event(actor=OTHER, event=row, confirmed_by="мектеп хаты № 14")
    with pytest.raises(NotAllowedError):
        services.hold_event(actor=LECTURER, event=row)


def test_a_confirmation_names_no_person_and_comes_once() -> None:
    row = make_event()
    for words in ("", "+7 701 123 45 67"):
        with pytest.raises(DomainError):
            services.confirm_event(actor=LECTURER, event=row, confirmed_by=words)
    for _again in range(2):
        services.confirm_event(actor=LECTURER, event=row, confirmed_by="хат № 14")
    assert Entry.objects.filter(action="outreach.confirmed").count() == 1
    assert "хат" not in Entry.objects.get(action="outreach.confirmed").payload


def test_nothing_is_held_before_its_day() -> None:
    row = make_event(on=TODAY + timedelta(days=1))
    with pytest.raises(DomainError, match="2026"):
        services.hold_event(actor=LECTURER, event=row)
    assert Event.objects.get().stage == Stage.PLANNED


def test_a_cancelled_event_says_why_in_public_words_and_stays_cancelled() -> None:
    row = make_event()
    with pytest.raises(RefusalsError):
        services.cancel_event(actor=LECTURER, event=row, reason_kk=" ")
    for _again in range(2):
        row = services.cancel_event(actor=LECTURER, event=row, reason_kk="Боран")
    assert (row.stage, row.reason_kk, row.sequence) == (Stage.CANCELLED, "Боран", 1)
    with pytest.raises(ConflictError):
        services.hold_event(actor=LECTURER, event=row)
    with pytest.raises(ConflictError):
        services.change_event(actor=LECTURER, event=row, said=plan(), revision=row.revision)


def test_what_was_held_cannot_be_moved_into_the_future() -> None:
    row = services.hold_event(actor=LECTURER, event=make_event())
    with pytest.raises(RefusalsError):
        services.change_event(
            actor=LECTURER, event=row, said=plan(on=date(2027, 1, 1)), revision=row.revision
        )


def test_an_event_is_for_twenty_institutions_and_ten_speakers_at_most() -> None:
    bodies = [make_school() for _each in range(services.INSTITUTIONS + 1)]
    speakers = [make_speaker() for _each in range(services.SPEAKERS + 1)]
    assert refused(plan(bodies, speakers)) == ["institutions", "speakers"]
    services.plan_event(actor=BOSS, said=plan(bodies[1:], speakers[1:]))
    assert Visited.objects.count() == services.INSTITUTIONS


def test_a_reported_event_is_not_cancelled() -> None:
    row = make_event(stage=Stage.REPORTED)
    with pytest.raises(ConflictError):
        services.cancel_event(actor=BOSS, event=row, reason_kk="Боран")
    assert Event.objects.get().stage == Stage.REPORTED
