"""What waits because of events, what the search finds, and one's own calendar."""

from datetime import time, timedelta

import pytest
from django.urls import reverse

from baqylau.journal.models import Entry
from baqylau.kernel.access import Actor
from baqylau.kernel.roles import Role
from baqylau.kernel.work import Asked, Only, Task
from baqylau.outreach.models import Doubt, Event, Feed, Stage
from baqylau.outreach.queries import work
from baqylau.outreach.services.feeds import make_feed, revoke_feed
from baqylau.staff.models import User
from tests.cast import Cast, SignIn
from tests.outreach.making import BOSS, LECTURER, OTHER, TODAY, make_event, make_speaker, reported
from tests.plans import analyse, forget_size, reading_by_index

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reach")]
DAY = timedelta(days=1)


def codes(tasks: object) -> list[str]:
    """The events of tasks, in order."""
    return [task.reference for task in tasks if isinstance(task, Task)]  # type: ignore[attr-defined]  # a sequence of tasks


def test_my_week_is_mine_and_a_speakers_too() -> None:
    mine = make_event(on=TODAY + DAY)
    spoken = make_event(make_speaker(LECTURER), author=BOSS.key, on=TODAY)
    make_event(author=OTHER.key, on=TODAY)
    make_event(on=TODAY + 30 * DAY)
    make_event(on=TODAY, stage=Stage.CANCELLED, reason_kk="Боран")
    assert codes(work.coming(Asked(LECTURER, TODAY))) == [spoken.code, mine.code]
    assert codes(work.coming(Asked(LECTURER, TODAY, Only.CALL))) == []
    (first, *_rest) = work.coming(Asked(LECTURER, TODAY))
    after = Asked(LECTURER, TODAY, after_on=first.due_on, after_number=first.number)
    assert codes(work.coming(after)) == [mine.code]


def test_what_was_held_waits_for_its_report_and_the_coordinator_sees_all() -> None:
    old = make_event(on=TODAY - 9 * DAY)
    now = make_event(on=TODAY, stage=Stage.HELD)
    others = make_event(author=OTHER.key, on=TODAY - DAY, stage=Stage.CONFIRMED)
    reported(on=TODAY - DAY)
    make_event(on=TODAY - 20 * DAY, stage=Stage.HELD, is_imported=True)
    assert codes(work.unreported(Asked(LECTURER, TODAY))) == [old.code, now.code]
    assert codes(work.unreported(Asked(BOSS, TODAY))) == [old.code, others.code, now.code]
    assert codes(work.unreported(Asked(BOSS, TODAY, Only.MINE))) == []
    assert codes(work.unreported(Asked(LECTURER, TODAY, Only.OVERDUE))) == [old.code]


def test_three_days_before_an_event_should_be_confirmed() -> None:
    soon = make_event(on=TODAY + 3 * DAY)
    today = make_event(on=TODAY)
    make_event(on=TODAY + 4 * DAY)
    make_event(on=TODAY + DAY, stage=Stage.CONFIRMED)
    tasks = work.unconfirmed(Asked(LECTURER, TODAY))
    assert codes(tasks) == [today.code, soon.code]
    assert [task.due_on for task in tasks] == [TODAY - 3 * DAY, TODAY]


def test_advisers_have_none_of_this_work(cast: Cast) -> None:
    make_event(on=TODAY, author=cast.adviser.actor.key)
    asked = Asked(cast.adviser.actor, TODAY)
    for source in (work.coming, work.unreported, work.unconfirmed, work.doubts):
        assert source(asked) == [] or source(asked) == ()


@pytest.mark.parametrize("role", [Role.SHOPPER, Role.SURVEYOR])
def test_whoever_is_named_for_an_event_has_it_on_the_worklist_and_no_other(
    sign_in: SignIn, role: Role
) -> None:
    desk = sign_in(role)
    me = Actor(User.objects.get(pk=desk.session["_auth_user_id"]).key, frozenset({role}))
    speaker = make_speaker(me)
    coming = make_event(speaker, author=BOSS.key, on=TODAY + 2 * DAY, topic_kk="Сапар алда")
    past = make_event(speaker, author=BOSS.key, on=TODAY - DAY, stage=Stage.HELD)
    others = make_event(make_speaker(OTHER), author=OTHER.key, on=TODAY, topic_kk="Бөтен іс")
    make_event(author=OTHER.key, on=TODAY - DAY, stage=Stage.HELD)
    for only in (Only.ALL, Only.MINE):
        asked = Asked(me, TODAY, only)
        assert codes(work.coming(asked)) == [coming.code]
        assert codes(work.unreported(asked)) == [past.code]
        assert all(task.is_mine for task in work.coming(asked))
    page = desk.get("/desk/", {"only": "mine"}).text
    assert reverse("event_desk", args=[coming.code]) in page
    assert reverse("event_desk", args=[past.code]) in page
    assert others.code not in page
    for name in ("event_desk", "event_test", "event_report"):
        assert desk.get(reverse(name, args=[past.code])).status_code == 200, name
        assert desk.get(reverse(name, args=[others.code])).status_code == 403, name
    for name in ("event_change", "event_cancel"):
        assert desk.get(reverse(name, args=[others.code])).status_code == 403, name
    assert desk.get(reverse("events_calendar")).status_code == 200
    assert desk.get(reverse("events_desk"))["Location"] == reverse("desk")
    assert list(work.search(me, others.code)) == []


def test_doubts_wait_for_the_coordinator_alone() -> None:
    row = reported()
    Doubt.objects.create(event=row, kind="late", raised_on=TODAY, facts={"days": 20})
    assert codes(work.doubts(Asked(BOSS, TODAY))) == [row.code]
    assert codes(work.doubts(Asked(BOSS, TODAY, Only.MINE))) == []
    assert codes(work.doubts(Asked(LECTURER, TODAY))) == []


def test_the_worklist_reads_events_through_indexes() -> None:
    for at in range(80):
        make_event(on=TODAY - at * DAY, author=f"lecturer-{at}", stage=Stage.CONFIRMED)
    analyse()
    forget_size("outreach_event")
    with reading_by_index("outreach_event"):
        work.unreported(Asked(BOSS, TODAY))
        work.coming(Asked(LECTURER, TODAY))


def test_the_search_finds_by_code_institution_and_topic(cast: Cast) -> None:
    row = make_event(topic_kk="Бюджет қайда кетті")
    actor = cast.adviser.actor
    (exact,) = work.search(actor, row.code.upper())
    assert exact.is_exact
    for words in ("905", "мектеп", "бюджет", "кайда"):
        assert [hit.url for hit in work.search(actor, words)] == [exact.url], words
    assert list(work.search(actor, "жоқ нәрсе")) == []
    assert list(work.search(actor, " ")) == []
    assert list(work.search(Actor("x", frozenset()), row.code)) == []


def test_a_calendar_has_ones_own_events_with_hours_and_no_person(cast: Cast) -> None:
    me = cast.lecturer.actor
    row = make_event(
        make_speaker(me, name="Айдана Құпия"),
        author=BOSS.key,
        on=TODAY + DAY,
        starts_at=time(15),
        ends_at=time(16, 30),
        sequence=2,
    )
    make_event(author=me.key, stage=Stage.CANCELLED, reason_kk="Боран")
    make_event(author=OTHER.key)
    token = make_feed(actor=me, language="kk")
    assert token not in str(list(Feed.objects.values()))
    response = cast.adviser.client.get(reverse("events_feed", args=[token]))
    text = response.content.decode()
    assert response["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == 2
    assert "DTSTART:20260702T100000Z" in text
    assert "DTEND:20260702T113000Z" in text
    assert "SEQUENCE:2" in text
    assert text.count("STATUS:CANCELLED") == 1
    assert row.code in text
    assert "Құпия" not in text


def test_an_address_ends_when_another_is_made_or_it_is_taken_back(cast: Cast) -> None:
    me = cast.lecturer
    page = me.client.post(reverse("events_feed_new")).content.decode()
    assert "/events/calendar/" in page
    first = make_feed(actor=me.actor, language="ru")
    second = make_feed(actor=me.actor, language="kk")
    for token, status in ((first, 404), (second, 200), ("x" * 27, 404), ("x", 404)):
        found = me.client.get(reverse("events_feed", args=[token]))
        assert found.status_code == status
    assert me.client.post(reverse("events_feed_end")).status_code == 302
    assert me.client.get(reverse("events_feed", args=[second])).status_code == 404
    assert not revoke_feed(actor=me.actor)
    assert Entry.objects.filter(action="outreach.feed_revoked").count() == 1
    assert "<code>" not in me.client.get(reverse("events_calendar")).content.decode()


def test_the_calendar_of_a_closed_account_is_closed_too(cast: Cast) -> None:
    token = make_feed(actor=cast.lecturer.actor, language="kk")
    cast.lecturer.user.is_active = False
    cast.lecturer.user.save()
    assert not Event.objects.exists()
    response = cast.adviser.client.get(reverse("events_feed", args=[token]))
    assert response.status_code == 404
