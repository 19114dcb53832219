"""Plan, agenda, invitations, moving, cancelling, who came."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from baqylau.councils.models import (
    AgendaItem,
    Attendance,
    Council,
    Invitation,
    Meeting,
    MeetingStage,
    Member,
)
from baqylau.councils.queries.meetings import came, quorum
from baqylau.councils.services.holding import note_attendance
from baqylau.councils.services.inviting import invite
from baqylau.councils.services.planning import (
    cancel_meeting,
    change_meeting,
    remove_item,
    save_item,
)
from baqylau.jobs.models import Letter
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError, RefusalsError
from tests.cast import make_user
from tests.councils.making import (
    MEETS,
    PAGE,
    SECRETARY,
    call,
    first_item,
    held,
    invited,
    make_council,
    make_item,
    make_meeting,
    make_member,
    present,
    published,
)


def test_a_meeting_outside_the_councils_life_is_not_planned(council: Council) -> None:
    with pytest.raises(RefusalsError) as refused:
        make_meeting(council, planned_on=council.first_on - timedelta(days=1), topic_kk="")
    assert [each.field for each in refused.value.refusals] == ["topic_kk", "planned_on"]
    assert not Meeting.objects.exists()


def test_members_do_not_plan(council: Council) -> None:
    member = Actor("member-1", frozenset({"member"}))
    with pytest.raises(NotAllowedError):
        cancel_meeting(actor=member, meeting=make_meeting(council), reason_kk="Себебі")


def test_nobody_is_invited_without_an_agenda(council: Council) -> None:
    made = make_meeting(council)
    remove_item(actor=SECRETARY, item=first_item(made))
    with pytest.raises(DomainError, match="кемінде бір мәселе"):
        invite(actor=SECRETARY, meeting=made, call=call(), seen=0)
    made.refresh_from_db()
    assert made.stage == MeetingStage.PLANNED


def test_nobody_is_invited_to_yesterday(council: Council) -> None:
    made = make_meeting(council)
    past = call(clock.now() - timedelta(hours=1), minutes_long=0, place_kk="")
    with pytest.raises(RefusalsError) as refused:
        invite(actor=SECRETARY, meeting=made, call=past, seen=0)
    assert [each.field for each in refused.value.refusals] == ["on", "minutes_long", "place_kk"]


def test_an_invitation_sent_twice_is_one(council: Council) -> None:
    made = invited(council)
    again = invite(actor=SECRETARY, meeting=made, call=call(), seen=0)
    assert again.sequence == 1
    assert Invitation.objects.filter(meeting=made).count() == 1


def test_a_meeting_that_moves_after_the_invitation_gets_the_next_number(council: Council) -> None:
    made = invited(council)
    later = MEETS + timedelta(days=2)
    moved = invite(actor=SECRETARY, meeting=made, call=call(later), seen=1)
    assert (moved.sequence, moved.starts_at) == (2, later)
    assert moved.planned_on == MEETS.date(), "the plan keeps its day"
    rows = Invitation.objects.filter(meeting=made).order_by("sequence")
    assert [row.starts_at for row in rows] == [MEETS, later]
    assert Entry.objects.filter(action="councils.moved").count() == 1


def test_two_who_move_a_meeting_at_once_do_not_overwrite_each_other(council: Council) -> None:
    made = invited(council)
    invite(actor=SECRETARY, meeting=made, call=call(MEETS + timedelta(days=1)), seen=1)
    with pytest.raises(ConflictError):
        invite(actor=SECRETARY, meeting=made, call=call(MEETS + timedelta(days=2)), seen=1)


def test_the_plan_keeps_its_day_once_people_are_invited(council: Council) -> None:
    made = invited(council)
    fields = {
        "kind": "meeting",
        "topic_kk": "Басқа тақырып",
        "topic_ru": "",
        "planned_on": MEETS.date() + timedelta(days=1),
    }
    with pytest.raises(DomainError, match="жоспардағы күн өзгермейді"):
        change_meeting(actor=SECRETARY, meeting=made, fields=fields, revision=made.revision)
    fields["planned_on"] = MEETS.date()
    changed = change_meeting(actor=SECRETARY, meeting=made, fields=fields, revision=made.revision)
    assert changed.topic_kk == "Басқа тақырып"
    with pytest.raises(ConflictError):
        change_meeting(actor=SECRETARY, meeting=made, fields=fields, revision=made.revision)


def test_members_with_an_account_get_a_letter_in_their_language(
    council: Council, settings: Settings
) -> None:
    settings.MAIL_SERVER = "smtp://localhost"
    people = [make_user("member", name=f"Роза {code}", language=code) for code in ("kk", "ru")]
    for person in people:
        make_member(council, person.name, person=person.key)
    left = make_user("member", name="Кеткен")
    make_member(council, "Кеткен", person=left.key, until_on=MEETS.date())
    invited(council)
    letters = {row.to: bytes(row.message).decode() for row in Letter.objects.all()}
    assert set(letters) == {person.email for person in people}
    assert "Шақыру: Аулаларды абаттандыру" in letters[people[0].email]
    assert "Приглашение: Благоустройство дворов" in letters[people[1].email]
    for text in letters.values():
        assert PAGE in text
        assert "Жоба туралы" in text


def test_whoever_was_invited_is_told_of_a_move_and_of_the_end(
    council: Council, settings: Settings
) -> None:
    settings.MAIL_SERVER = "smtp://localhost"
    person = make_user("member", name="Роза")
    make_member(council, "Роза", person=person.key)
    made = invited(council)
    made = invite(actor=SECRETARY, meeting=made, call=call(MEETS + timedelta(days=1)), seen=1)
    off = cancel_meeting(actor=SECRETARY, meeting=made, reason_kk="Зал жөндеуде.", address=PAGE)
    subjects = [bytes(row.message).decode() for row in Letter.objects.order_by("pk")]
    assert len(subjects) == 3
    assert "Уақыты ауысты" in subjects[1]
    assert "Зал жөндеуде." in subjects[2]
    assert off.sequence == 3, "a calendar takes the cancelling for newer"
    assert cancel_meeting(actor=SECRETARY, meeting=off, reason_kk="Тағы").reason_kk == (
        "Зал жөндеуде."
    )


def test_a_meeting_is_cancelled_only_with_a_reason_and_before_it_is_held(
    council: Council,
) -> None:
    with pytest.raises(DomainError, match="Себебін"):
        cancel_meeting(actor=SECRETARY, meeting=make_meeting(council), reason_kk="")
    with clock.frozen(MEETS):
        made = held(council)
        with pytest.raises(DomainError, match="өтіп кетті"):
            cancel_meeting(actor=SECRETARY, meeting=made, reason_kk="Кеш")


def test_items_keep_their_numbers_without_gaps(council: Council) -> None:
    made = make_meeting(council, "Бірінші", "Екінші", "Үшінші")
    remove_item(actor=SECRETARY, item=first_item(made))
    rows = AgendaItem.objects.filter(meeting=made).order_by("number")
    assert [(row.number, row.title_kk) for row in rows] == [(1, "Екінші"), (2, "Үшінші")]
    assert make_item(made, "Төртінші").number == 3


def test_who_came_is_said_of_every_member_and_of_nobody_else(council: Council) -> None:
    made = invited(council)
    with clock.frozen(MEETS):
        rows = present(made)
        stranger = make_member(make_council(name_kk="Басқа кеңес"), "Бөтен")
        for wrong in ({**rows, stranger.pk: "present"}, dict(list(rows.items())[1:])):
            with pytest.raises(DomainError, match="Әр мүше туралы"):
                note_attendance(actor=SECRETARY, meeting=made, presence=wrong)
    assert not Attendance.objects.exists()


def test_nobody_came_to_a_meeting_that_is_still_to_come(council: Council) -> None:
    made = invited(council)
    with pytest.raises(DomainError, match="әлі келген жоқ"):
        note_attendance(actor=SECRETARY, meeting=made, presence=present(made))
    with pytest.raises(DomainError, match="ешкім шақырылған жоқ"):
        note_attendance(actor=SECRETARY, meeting=make_meeting(council), presence={})


def test_the_quorum_counts_those_who_sit_in_the_council_on_the_day(council: Council) -> None:
    day = MEETS.date()
    make_member(council, "Бұрын кеткен", until_on=day)
    make_member(council, "Кейін келген", first_on=day + timedelta(days=1))
    make_member(council, "Сол күні келген", first_on=day)
    with clock.frozen(MEETS):
        made = held(council, absent=("Серік Сынақов", "Гүлмира Мысалова"))
    rows = came(made)
    known = quorum(rows)
    assert {row.member.name for row in rows} >= {"Сол күні келген"}
    assert (known.present, known.seated, known.needed) == (4, 6, 4)
    assert known.is_there


def test_whoever_comes_late_is_added_and_brings_the_quorum(council: Council) -> None:
    with clock.frozen(MEETS):
        made = held(council, absent=("Серік Сынақов", "Гүлмира Мысалова"))
        assert not quorum(came(made)).is_there
        note_attendance(actor=SECRETARY, meeting=made, presence=present(made, "Гүлмира Мысалова"))
        assert quorum(came(made)).is_there


def test_what_is_published_is_frozen(council: Council) -> None:
    with clock.frozen(MEETS):
        made = published(council)
        item = first_item(made)
        fields = {"title_kk": "Басқа", "title_ru": "", "institution": None, "is_voted": True}
        tries = (
            lambda: save_item(actor=SECRETARY, meeting=made, fields=fields),
            lambda: remove_item(actor=SECRETARY, item=item),
            lambda: note_attendance(actor=SECRETARY, meeting=made, presence=present(made)),
            lambda: invite(
                actor=SECRETARY, meeting=made, call=call(MEETS + timedelta(days=1)), seen=1
            ),
        )
        for attempt in tries:
            with pytest.raises(DomainError, match="ештеңе өзгермейді"):
                attempt()


def test_the_journal_names_nobody(council: Council) -> None:
    with clock.frozen(MEETS):
        published(council)
    said = "".join(Entry.objects.values_list("payload", flat=True))
    for member in Member.objects.all():
        assert member.name not in said
    for words in ("Аулаларды", "Жоба", "Мүшелер жобаны"):
        assert words not in said
