"""What the process keeps of rules and calendar: no query while it holds, never a stale one."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from baqylau.kernel.access import SYSTEM
from baqylau.law.errors import LawError
from baqylau.lawbook.models import CalendarDay, Edition
from baqylau.lawbook.queries import book as books
from baqylau.lawbook.queries.book import Shelf, deadline, read_book, rules_on, shelf
from baqylau.lawbook.services.calendar import clear_day, move_day_off
from baqylau.lawbook.services.editions import recount, rehearse
from baqylau.lawbook.services.rulebook import enter_version
from baqylau.lawbook.services.seed import seed
from tests.sample.deadlines import promise
from tests.sample.models import Promise

SPRING = date(2026, 3, 5)
MOVED = date(2026, 3, 26)
WORKED = date(2026, 3, 28)


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is kept is trusted for an hour, so that only a change can make it be read again."""
    monkeypatch.setattr(books, "TRUSTED", 3_600.0)
    shelf.forget()
    yield
    shelf.forget()


@pytest.mark.django_db
def test_a_deadline_costs_no_query_when_nothing_has_changed(seeded: None, trusting: None) -> None:
    first = deadline("app.answer", SPRING)
    with CaptureQueriesContext(connection) as queries:
        assert deadline("app.answer", SPRING) == first
        assert rules_on(SPRING)["app.answer"] == first.rule
    assert len(queries) == 0


@pytest.mark.django_db
def test_when_trust_has_run_out_one_look_at_the_stamp_is_enough(
    seeded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadline("app.answer", SPRING)
    monkeypatch.setattr(books, "TRUSTED", 0.0)
    with CaptureQueriesContext(connection) as queries:
        deadline("app.answer", SPRING)
    assert len(queries) == 1


@pytest.mark.django_db
def test_a_change_is_seen_at_once_where_it_was_made(seeded: None, trusting: None) -> None:
    before = deadline("app.answer", SPRING).due_on
    move_day_off(off_on=MOVED, worked_on=None, decree="№ 1", actor=SYSTEM)
    after = deadline("app.answer", SPRING).due_on
    assert (before, after) == (date(2026, 4, 1), date(2026, 4, 2))


@pytest.mark.django_db
def test_a_rolled_back_change_is_never_kept(seeded: None, trusting: None) -> None:
    before = deadline("app.answer", SPRING)

    def work() -> object:
        return move_day_off(off_on=MOVED, worked_on=None, decree="№ 1", actor=SYSTEM)

    outcome, seen = rehearse(work, lambda: deadline("app.answer", SPRING).due_on)  # type: ignore[arg-type]  # what comes after may give anything
    assert seen == date(2026, 4, 2)
    assert deadline("app.answer", SPRING) == before
    assert not CalendarDay.objects.filter(on=MOVED).exists()
    assert Edition.objects.get().number == outcome.edition - 1


@pytest.mark.django_db
def test_a_restored_state_with_the_same_number_is_not_taken_for_another(seeded: None) -> None:
    deadline("app.answer", SPRING)
    number = Edition.objects.get().number
    CalendarDay.objects.create(
        on=MOVED, kind="holiday", reason_kk="а", reason_ru="б", reason_en="c"
    )
    Edition.objects.update(stamp="restored")
    shelf.forget()
    assert deadline("app.answer", SPRING).due_on == date(2026, 4, 2)
    assert Edition.objects.get().number == number


@pytest.mark.django_db
def test_another_process_sees_the_change_when_its_trust_has_run_out(
    seeded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Shelf()
    old = other.book()
    move_day_off(off_on=MOVED, worked_on=None, decree="№ 1", actor=SYSTEM)
    assert other.book() is old, "within its second"
    monkeypatch.setattr(books, "TRUSTED", 0.0)
    assert MOVED in other.book().calendar.days


@pytest.mark.django_db
def test_an_unknown_rule_is_one_clear_refusal(seeded: None) -> None:
    with pytest.raises(LawError, match=r"app\.nothing"):
        deadline("app.nothing", SPRING)


@pytest.mark.django_db
def test_a_date_that_crosses_an_unconfirmed_year_is_marked(seeded: None) -> None:
    assert deadline("app.answer", date(2025, 12, 25)).unconfirmed_years == (2026,)
    assert deadline("app.answer", date(2025, 3, 5)).unconfirmed_years == ()


@pytest.mark.django_db
def test_the_nightly_count_heals_what_was_counted_on_an_old_book(seeded: None) -> None:
    row = promise("P-1", "app.answer", SPRING)
    number = Edition.objects.get().number
    assert recount() == "0"
    assert Edition.objects.get().number == number, "nothing moves, nothing is written"
    Promise.objects.update(due_on=date(2026, 3, 31))
    assert recount() == "1"
    row.refresh_from_db()
    assert row.due_on == date(2026, 4, 1)


@pytest.mark.django_db(transaction=True)
def test_readers_never_see_half_of_a_change() -> None:
    seed()
    shelf.forget()
    strange: list[object] = []
    stop = threading.Event()

    def read() -> None:
        own = Shelf()
        while not stop.is_set():
            own.forget()
            days = own.book().calendar.days
            if (MOVED in days) != (WORKED in days):
                strange.append(sorted(days))
        connections.close_all()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        move_day_off(off_on=MOVED, worked_on=WORKED, decree="№ 1", actor=SYSTEM)
        with transaction.atomic():
            clear_day(on=MOVED, actor=SYSTEM)
            clear_day(on=WORKED, actor=SYSTEM)
    stop.set()
    for thread in threads:
        thread.join()
    assert strange == []


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_at_once_each_gets_an_edition_of_its_own() -> None:
    seed()
    rules = rules_on(SPRING)
    start = threading.Barrier(4)
    editions: list[int] = []

    def write(rule_id: str) -> None:
        start.wait()
        rule = replace(rules[rule_id], amount=7, valid_from=date(2026, 1, 1))
        editions.append(enter_version(rule=rule, base=1, actor=SYSTEM).edition)
        connections.close_all()

    ids = ("app.answer", "app.redirect", "cmp.decide", "cmp.forward")
    threads = [threading.Thread(target=write, args=[rule_id]) for rule_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(editions) == [2, 3, 4, 5]
    shelf.forget()
    assert {rules_on(SPRING)[rule_id].amount for rule_id in ids} == {7}
    assert read_book().number == 5


@pytest.mark.django_db
def test_a_failing_room_stops_the_whole_change(seeded: None) -> None:
    Promise.objects.create(
        reference="P-9", rule="app.nothing", start_on=SPRING, due_on=date(2026, 4, 1)
    )
    with pytest.raises(LawError):
        clear_day(on=date(2026, 3, 8), actor=SYSTEM)
    assert read_book().calendar.days.keys() >= {date(2026, 3, 8)}
