"""The search in memory: finds by everyday words, follows every change, serves many threads."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baqylau.catalogue.models import MissedQuery, ServiceAlias
from baqylau.catalogue.queries import search as finding
from baqylau.catalogue.queries import words as word_queries
from baqylau.catalogue.queries.search import Keeper, found_law, found_services, keeper, search
from baqylau.catalogue.services import words as word_services
from baqylau.catalogue.services.publishing import publish, withdraw
from baqylau.catalogue.services.words import add_alias, note_missed, remove_alias, settle_missed
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import registry
from baqylau.text import build_index
from tests.catalogue.making import (
    EDITOR,
    make_card,
    make_law_card,
    make_published,
    make_service,
    next_version,
    service_words,
)

pytestmark = pytest.mark.django_db


def codes(query: str) -> list[str]:
    return [hit.code for hit in search(query)]


@pytest.mark.parametrize("query", ["тууын тіркеу", "тууын тиркеу", "tuuyn tirkeu", "рождение"])
def test_a_service_is_found_by_its_name_in_any_script(query: str) -> None:
    make_service()
    assert codes(query) == ["s05"]


def test_a_new_alias_leads_there_at_once_and_a_removed_one_no_more() -> None:
    make_service()
    assert codes("метрика") == []
    alias = add_alias(actor=EDITOR, code="S05 ", language="kk", text="  метрика ")
    assert codes("метрика") == ["s05"]
    (one,) = found_services("метрика", "kk")
    assert one.why == "Ел аузында былай аталады: «метрика»"
    remove_alias(actor=EDITOR, alias=alias)
    assert codes("метрика") == []


def test_the_words_of_a_card_are_searched_only_while_it_is_published() -> None:
    card = make_card()
    assert codes("медициналық") == []
    publish(actor=EDITOR, card=card, edition=1)
    assert codes("медициналық") == ["s05"]
    withdraw(actor=EDITOR, card=card, number=1)
    assert codes("медициналық") == []


def test_the_title_of_the_card_is_shown_rather_than_the_official_name() -> None:
    make_published()
    assert found_services("тууын тіркеу", "kk")[0].title == "Бала туғанда"
    assert found_services("тууын тіркеу", "en")[0].title == "Registration of a birth"


def test_law_cards_are_found_apart_from_services() -> None:
    make_service()
    make_law_card()
    assert codes("ақша сұрады") == []
    (one,) = found_law("ақша сұрады", "ru")
    assert one.title == "Сізден ақша сұрады ма?"


def test_a_service_is_found_only_while_it_is_valid() -> None:
    make_service(valid_from=date(2026, 12, 1), valid_until=date(2027, 1, 1))
    found = []
    for month, year in ((11, 2026), (12, 2026), (1, 2027)):
        with clock.frozen(datetime(year, month, 10, tzinfo=UTC)):
            found.append(codes("тууын тіркеу"))
    assert found == [[], ["s05"], []]


def test_a_question_costs_one_row_while_nothing_changes() -> None:
    make_service()
    search("туу")
    with CaptureQueriesContext(connection) as asked:
        search("тіркеу")
    assert len(asked) == 1


def test_a_publication_changes_what_is_found() -> None:
    card = make_published()
    next_version(card, kk=service_words(answer="Перзентхана туралы"))
    assert codes("перзентхана") == ["s05"]


def test_threads_that_come_while_one_builds_are_answered_from_the_old_index(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own, begun, may_end = Keeper(), threading.Event(), threading.Event()
    revisions = iter([1, 2, 2, 2])
    monkeypatch.setattr(finding, "_revision", lambda: next(revisions))
    built: list[int] = []

    def slow(revision: int, day: str) -> finding.Snapshot:
        if revision == 2:
            begun.set()
            assert may_end.wait(10)
        built.append(revision)
        empty = build_index([])
        return finding.Snapshot(revision, day, empty, empty)

    monkeypatch.setattr(finding, "build", slow)
    assert own.current().revision == 1
    builder = threading.Thread(target=own.current)
    builder.start()
    assert begun.wait(10)
    assert own.current().revision == 1
    may_end.set()
    builder.join(10)
    assert own.current().revision == 2
    assert built == [1, 2]


def test_threads_that_come_first_wait_for_one_index(monkeypatch: pytest.MonkeyPatch) -> None:
    own, built = Keeper(), []
    monkeypatch.setattr(finding, "_revision", lambda: 1)

    def build(revision: int, day: str) -> finding.Snapshot:
        built.append(revision)
        empty = build_index([])
        return finding.Snapshot(revision, day, empty, empty)

    monkeypatch.setattr(finding, "build", build)
    _together(own.current, 8)
    assert built == [1]


def _together(work: Callable[[], object], count: int) -> None:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "сөз" * 60}, "text"),
        ({"language": "de"}, "language"),
        ({"code": "s99"}, "service"),
    ],
)
def test_an_unfit_alias_is_refused(values: dict[str, str], field: str) -> None:
    make_service()
    with pytest.raises(DomainError) as refused:
        add_alias(**{"actor": EDITOR, "code": "s05", "language": "kk", "text": "туу", **values})  # type: ignore[arg-type]  # mypy does not follow names into a call
    assert refused.value.field == field
    assert not ServiceAlias.objects.exists()


def test_the_same_alias_twice_is_one_and_comes_back_when_added_again() -> None:
    make_service()
    alias = add_alias(actor=EDITOR, code="s05", language="kk", text="метрика")
    remove_alias(actor=EDITOR, alias=alias)
    again = add_alias(actor=EDITOR, code="s05", language="kk", text="метрика")
    assert again.pk == alias.pk
    assert again.is_active


def test_missed_queries_are_counted_by_day_without_numbers() -> None:
    for _ in range(3):
        note_missed("Ұшақ билеті 870412300123")
    note_missed("+7 701 123 45 67")
    assert list(MissedQuery.objects.values_list("text", "count")) == [("ұшақ билеті", 3)]
    (one,) = word_queries.missed(clock.today())
    assert (one.text, one.count, one.last_on) == ("ұшақ билеті", 3, clock.today())
    settle_missed(text="ұшақ билеті")
    assert not MissedQuery.objects.exists()


def test_missed_queries_older_than_ninety_days_are_not_listed() -> None:
    with clock.frozen(datetime(2026, 1, 1, 12, tzinfo=UTC)):
        note_missed("ұшақ билеті")
    assert word_queries.missed(date(2026, 3, 31)) != []
    assert word_queries.missed(date(2026, 4, 1)) == []


def test_a_machine_cannot_fill_the_log_of_missed_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_services, "MISSED_A_DAY", 2)
    for word in ("алма", "өрік", "жүзім"):
        note_missed(word)
    note_missed("алма")
    assert sorted(MissedQuery.objects.values_list("text", "count")) == [("алма", 2), ("өрік", 1)]


def test_the_server_builds_the_index_before_anybody_searches() -> None:
    make_service()
    assert registry["catalogue"].warm is not None
    registry["catalogue"].warm()
    held = keeper._snapshot
    assert held is not None
    assert keeper.current() is held
    registry["catalogue"].warm()
    assert keeper.current() is held, "nothing had changed"


@pytest.fixture
def slow_index(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every index counts as slow to build, and a worker stands ready; lists the calls for it."""
    calls: list[str] = []

    def warm_soon() -> bool:
        calls.append("call")
        return True

    monkeypatch.setattr(finding, "QUICK", -1.0)
    monkeypatch.setattr(finding, "warm_soon", warm_soon)
    return calls


def test_who_searches_after_a_change_does_not_wait_for_a_slow_index(slow_index: list[str]) -> None:
    make_service()
    assert codes("метрика") == []
    add_alias(actor=EDITOR, code="s05", language="kk", text="метрика")
    assert codes("метрика") == []
    assert slow_index == ["call"]
    keeper.refresh()
    assert codes("метрика") == ["s05"]
    assert slow_index == ["call"]


def test_a_worker_that_is_busy_with_something_else_is_not_waited_for_for_ever(
    slow_index: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_service()
    keeper.current()
    add_alias(actor=EDITOR, code="s05", language="kk", text="метрика")
    assert codes("метрика") == []
    monkeypatch.setattr(finding, "PATIENCE", 0.0)
    assert codes("метрика") == ["s05"]
    monkeypatch.setattr(finding, "PATIENCE", 60.0)
    add_alias(actor=EDITOR, code="s05", language="kk", text="сүйінші")
    assert codes("сүйінші") == [], "the patience begins anew with each change"


def test_without_a_worker_the_one_who_searches_builds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "QUICK", -1.0)
    make_service()
    keeper.current()
    add_alias(actor=EDITOR, code="s05", language="kk", text="метрика")
    assert codes("метрика") == ["s05"]


def test_forgetting_builds_anew() -> None:
    make_service()
    first = keeper.current()
    assert keeper.current() is first
    keeper.forget()
    assert keeper.current() is not first
