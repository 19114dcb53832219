"""What every test may use: the cast, and clocks that stand still."""

from collections.abc import Iterable

import pytest
from django.core.cache import cache
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client

from baqylau.lawbook.queries.book import shelf
from baqylau.reports.queries import places
from baqylau.web import queries as site
from baqylau.web.drawn import pages
from tests.cast import Cast, SignIn, make_person
from tests.journal.chains import unguarded


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long tests try that find more the longer they try: `make crash`, `make schema`."""
    parser.addoption("--crash-rounds", type=int, default=1, help="rounds of each crash test")
    parser.addoption(
        "--schema-examples", type=int, default=5, help="requests of a kind to each data address"
    )


@pytest.fixture
def crash_rounds(pytestconfig: pytest.Config) -> int:
    """Rounds of each crash test."""
    return int(pytestconfig.getoption("--crash-rounds"))


@pytest.fixture
def schema_examples(pytestconfig: pytest.Config) -> int:
    """Requests of a kind to each data address."""
    return int(pytestconfig.getoption("--schema-examples"))


def pytest_configure(config: pytest.Config) -> None:
    """Let the journal's guard step aside when a test's tables are emptied."""
    BaseDatabaseOperations.execute_sql_flush = _emptied  # type: ignore[method-assign,assignment]  # another function stands in for Django's own


_flush = BaseDatabaseOperations.execute_sql_flush


def _emptied(operations: BaseDatabaseOperations, statements: Iterable[str]) -> None:
    """Empty the tables after a test; the journal's guard, which would refuse, steps aside."""
    with unguarded(operations.connection):
        _flush(operations, statements)


@pytest.fixture(autouse=True)
def _no_book_of_another_test() -> None:
    """Each test has a database of its own, so what was read from another is not trusted."""
    shelf.forget()
    pages.forget()


@pytest.fixture(autouse=True)
def _no_guess_of_another_test() -> None:
    """What was guessed wrongly is counted by account, and the next test has the same numbers."""
    cache.clear()


@pytest.fixture(autouse=True)
def _nothing_set_at_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of another test's desk; who tests them says `shelf.forget()` first."""
    monkeypatch.setattr(site.shelf, "trusted", 3_600.0)
    site.shelf.keep({})


@pytest.fixture(autouse=True)
def _districts_of_this_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has districts of its own; who tests how long they are trusted sets it."""
    monkeypatch.setattr(places.shelf, "trusted", 0.0)


@pytest.fixture
def cast(db: None) -> Cast:
    """People in every role, each signed in at a desk: `cast.adviser.client`, `.actor`, `.user`."""
    return Cast()


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """`sign_in("lawyer", "editor", language="ru")` gives the browser of somebody new."""

    def browser(*roles: str, language: str = "kk") -> Client:
        return make_person(*roles, language=language).client

    return browser
