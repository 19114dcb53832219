"""Which periods may be closed when, what is published is what was seen, and nothing half."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from baqylau.figures.models import Cell, Closing, Draft
from baqylau.figures.queries.definitions import figures
from baqylau.figures.queries.periods import in_the_way, open_quarters, standings
from baqylau.figures.queries.preparing import basis_of, prepare
from baqylau.figures.services import close, count, fold_all
from baqylau.figures.services import closing as module
from baqylau.figures.work import unclosed
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.figures import Span
from baqylau.kernel.work import Asked
from tests.casework.making import FILED
from tests.cast import Cast
from tests.figures.closing import AFTER, CODE, COORDINATOR, cases, period, quarter

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
NEXT = datetime(2027, 1, 20, 7, 0, tzinfo=UTC)


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(DomainError) as refusal:
        yield
    assert refusal.value.code == code


def look_and_close() -> None:
    draft = count(actor=COORDINATOR, chosen=quarter())
    close(actor=COORDINATOR, chosen=quarter(), seen=draft.digest)


def test_an_earlier_quarter_with_records_is_closed_first(house: None) -> None:
    with clock.frozen(AFTER):
        cases(3)
        cases(3, before=100)
        fold_all()
        earlier, *_rest = open_quarters(clock.today())
        count(actor=COORDINATOR, chosen=quarter())
        assert in_the_way(quarter()) == earlier
        assert earlier.first < quarter().first
        with refused("order"):
            close(actor=COORDINATOR, chosen=quarter())
        assert not Closing.objects.exists()
        close(actor=COORDINATOR, chosen=earlier)
        close(actor=COORDINATOR, chosen=quarter())


def test_an_empty_quarter_keeps_nobody_waiting(house: None) -> None:
    with clock.frozen(AFTER):
        cases(3)
        assert in_the_way(quarter()) is None
        close(actor=COORDINATOR, chosen=quarter())
    assert Closing.objects.count() == 1


def test_a_year_with_one_quarter_open_is_not_closed(house: None) -> None:
    with clock.frozen(NEXT):
        cases(3)
        year = period(str(FILED.year))
        with refused("order"):
            close(actor=COORDINATOR, chosen=year)
        close(actor=COORDINATOR, chosen=quarter())
        close(actor=COORDINATOR, chosen=year)
    assert Closing.objects.count() == 2


def test_a_month_asks_for_no_other(house: None) -> None:
    with clock.frozen(AFTER):
        cases(3)
        cases(3, before=100)
        month = period(f"{FILED:%Y-%m}")
        closing = close(actor=COORDINATOR, chosen=month)
        tables = Cell.objects.filter(closing=closing).exclude(dimension="")
        public = [each.code for each in figures() if each.has_public_records]
        assert not tables.exclude(figure__in=public).exists()


def test_what_was_looked_at_is_what_is_published(house: None) -> None:
    with clock.frozen(AFTER):
        cases(40)
        draft = count(actor=COORDINATOR, chosen=quarter())
        assert not Cell.objects.exists()
        closing = close(actor=COORDINATOR, chosen=quarter(), seen=draft.digest)
        assert (closing.digest, closing.number) == (draft.digest, draft.number)
        assert Cell.objects.filter(closing=closing).count() == len(draft.cells)
        assert not Draft.objects.exists()


def test_what_has_changed_since_it_was_looked_at_is_not_published(house: None) -> None:
    with clock.frozen(AFTER):
        cases(40)
        draft = count(actor=COORDINATOR, chosen=quarter())
        # One more changes no rounded cell by itself, and yet what the tables rest on.
        cases(1)
        with refused("moved"):
            close(actor=COORDINATOR, chosen=quarter(), seen=draft.digest)
        assert not Closing.objects.exists()
        again = count(actor=COORDINATOR, chosen=quarter())
        close(actor=COORDINATOR, chosen=quarter(), seen=again.digest)
    assert Closing.objects.count() == 1


def test_entries_that_change_no_sum_make_nobody_count_again(house: None, cast: Cast) -> None:
    with clock.frozen(AFTER):
        cases(40)
        draft = count(actor=COORDINATOR, chosen=quarter())
        assert cast.adviser.actor.key
        assert Entry.objects.using("default").count() > draft.number
        closing = close(actor=COORDINATOR, chosen=quarter(), seen=draft.digest)
        assert closing.number == draft.number


def test_the_tables_of_a_quarter_rest_on_the_three_before_it(house: None) -> None:
    with clock.frozen(AFTER):
        cases(2)
        before = basis_of(quarter())
        cases(1, before=200)
        fold_all()
        assert basis_of(quarter()) != before
        after = basis_of(quarter())
        cases(1, before=500)
        fold_all()
        assert basis_of(quarter()) == after


def test_an_empty_journal_is_not_closed() -> None:
    with clock.frozen(AFTER), refused("not_over"):
        close(actor=COORDINATOR, chosen=quarter())
    assert prepare(quarter(), AFTER.date()).number == 0


@pytest.mark.parametrize("broken", ["append", "as_rows", "_row"])
def test_killed_on_the_way_nothing_is_half_closed(
    house: None, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    def die(*_args: object, **_words: object) -> None:
        raise KeyboardInterrupt

    with clock.frozen(AFTER):
        cases(5)
        monkeypatch.setattr(module, broken, die)
        with pytest.raises(KeyboardInterrupt):
            look_and_close()
        monkeypatch.undo()
        assert not Closing.objects.exists()
        assert not Cell.objects.exists()
        look_and_close()
    assert Closing.objects.count() == 1


@pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
def test_of_two_who_close_at_once_one_does(house: None) -> None:
    with clock.frozen(AFTER):
        cases(5)
        seen = count(actor=COORDINATOR, chosen=quarter()).digest
    start, said = threading.Barrier(4), []

    def press() -> None:
        with clock.frozen(AFTER):
            start.wait()
            try:
                close(actor=COORDINATOR, chosen=quarter(), seen=seen)
                said.append("done")
            except DomainError as error:
                said.append(error.code)
        connections.close_all()

    threads = [threading.Thread(target=press) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["closed", "closed", "closed", "done"]
    assert Closing.objects.count() == 1
    assert Entry.objects.using("default").filter(action="figures.closed").count() == 1


def test_a_clock_that_was_set_back_opens_nothing(house: None) -> None:
    with clock.frozen(AFTER):
        cases(5)
        close(actor=COORDINATOR, chosen=quarter())
    with clock.frozen(AFTER - timedelta(days=300)):
        (found,) = [each for each in standings(clock.today())[Span.QUARTER] if each.closing]
        assert found.chosen == quarter()
        assert not found.is_waiting
        with pytest.raises(DomainError):
            close(actor=COORDINATOR, chosen=quarter())
        assert open_quarters(clock.today()) == []


def test_a_quarter_waits_in_the_worklist_from_its_tenth_day(house: None, cast: Cast) -> None:
    with clock.frozen(AFTER):
        cases(3)
        fold_all()
    days_of = quarter().period
    assert days_of
    end = days_of.until - timedelta(days=1)

    def waiting(days: int, actor: Actor | None = None) -> list[str]:
        asked = Asked(actor or cast.coordinator.actor, end + timedelta(days=days))
        return [task.url for task in unclosed(asked)]

    address = f"/desk/periods/{CODE}/"
    assert waiting(9) == []
    assert waiting(10) == waiting(100) == [address]
    assert waiting(100, cast.adviser.actor) == []
    with clock.frozen(AFTER):
        close(actor=COORDINATOR, chosen=quarter())
    assert waiting(100) == []
