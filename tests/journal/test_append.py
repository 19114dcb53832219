"""The way into the journal: last in the change's own transaction, one after another."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connection, connections, transaction
from pytest_django import DjangoAssertNumQueries

from baqylau.journal import queries
from baqylau.journal.models import Entry
from baqylau.journal.services import Draft, append, append_many
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from tests.journal.chains import WRITER, findings, start_writer, write

MOMENT = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
BOTH = ["default", "sealed"]


@pytest.mark.django_db
def test_entries_are_numbered_and_linked() -> None:
    write(3)
    assert [entry.number for entry in Entry.objects.order_by("number")] == [1, 2, 3]
    assert findings() == []


@pytest.mark.django_db(databases=BOTH)
def test_the_sealed_chain_knows_the_day_and_not_the_hour() -> None:
    with clock.frozen(MOMENT):
        write(1, "sealed")
        write(1)
    assert Entry.objects.using("sealed").get().at == "2026-03-05"
    assert Entry.objects.get().at == "2026-03-05T09:30:00+00:00"


@pytest.mark.django_db(transaction=True)
def test_nothing_is_journalled_outside_the_transaction_that_it_records() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        append(action="test.wrote", actor=WRITER)


@pytest.mark.django_db
def test_what_is_rolled_back_leaves_no_gap() -> None:
    write(1)
    with transaction.atomic():
        append(action="test.wrote", actor=WRITER)
        transaction.set_rollback(True)
    write(1)
    assert queries.count("default") == 2
    assert findings() == []


@pytest.mark.django_db
def test_many_entries_at_once_are_the_same_chain_with_their_own_moments() -> None:
    write(1)
    drafts = [
        Draft("case.opened", WRITER, f"case:{n}", {"n": n, "on": date(2026, 3, n)}, MOMENT)
        for n in range(1, 6)
    ]
    with transaction.atomic():
        append_many(drafts=drafts)
    made = list(Entry.objects.filter(action="case.opened").order_by("number"))
    write(1)
    assert [entry.number for entry in made] == [2, 3, 4, 5, 6]
    assert {entry.at for entry in made} == {"2026-03-05T09:30:00+00:00"}
    assert made[0].payload == '{"n":1,"on":"2026-03-01"}'
    assert findings() == []


@pytest.mark.django_db
def test_no_draft_is_no_entry() -> None:
    with transaction.atomic():
        append_many(drafts=[])
    assert queries.last("default") is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "refused",
    [
        Draft("", WRITER),
        Draft("a" * 65, WRITER),
        Draft("a.b", WRITER, "s" * 97),
        Draft("a.b", WRITER, "line\nbreak"),
        Draft("a.b", WRITER, "nul\0"),
        Draft("a.b", WRITER, "", {"half": "\ud800"}),
        Draft("a.b", WRITER, "", {"much": "x" * 4_000}),
        Draft("a.b", WRITER, "", {"float": 1.5}),  # type: ignore[dict-item]  # the very thing that is refused
        Draft("a.b", WRITER, "", {"deep": [["x"]]}),  # type: ignore[list-item]  # the very thing that is refused
    ],
)
def test_what_would_not_come_back_as_it_was_is_refused_whole(refused: Draft) -> None:
    with pytest.raises(DomainError), transaction.atomic():
        append_many(drafts=[Draft("a.b", WRITER), refused])
    assert queries.count("default") == 0


@pytest.mark.django_db(transaction=True)
def test_eight_threads_make_one_chain() -> None:
    each = 25

    def work() -> None:
        try:
            write(each)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert queries.count("default") == 8 * each
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_two_processes_make_one_chain() -> None:
    processes = [start_writer(name, threads=2, count=30) for name in ("a", "b")]
    said = [process.communicate(timeout=60)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert {entry.subject for entry in Entry.objects.all()} == {*said[0], *said[1]}
    assert queries.count("default") == 120
    assert findings() == []


@pytest.mark.django_db
def test_a_walk_in_pieces_sees_every_entry_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "CHUNK", 3)
    write(9)
    assert [row[0] for row in queries.rows("default")] == list(range(1, 10))
    assert [row[0] for row in queries.rows("default", after=7)] == [8, 9]


@pytest.mark.django_db
def test_a_batch_costs_a_handful_of_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    drafts = [Draft("a.b", WRITER, f"case:{n}") for n in range(100)]
    with django_assert_max_num_queries(6), transaction.atomic():
        append_many(drafts=drafts)
    assert connection.vendor in {"sqlite", "postgresql"}
