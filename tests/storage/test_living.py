"""Whether a kept connection to PostgreSQL lives is asked, but not for every request."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection, connections

from baqylau.storage.postgresql.base import TRUSTED, DatabaseWrapper

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a file is always there"),
]


@pytest.fixture
def kept() -> Iterator[DatabaseWrapper]:
    """A connection as a thread of the server keeps it between two requests."""
    other = connections.create_connection("default")
    assert isinstance(other, DatabaseWrapper)
    other.inc_thread_sharing()
    other.connect()
    other.health_check_enabled = True
    yield other
    other.close()


def end_at_the_server(kept: DatabaseWrapper) -> None:
    """The server ends the connection, as when it is started anew."""
    number = kept.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])


def begin_a_request(kept: DatabaseWrapper) -> None:
    """What Django does before the first question of a request."""
    kept.health_check_done = False
    kept.close_if_health_check_failed()


def test_a_dead_connection_is_found_before_a_request_uses_it(kept: DatabaseWrapper) -> None:
    end_at_the_server(kept)
    begin_a_request(kept)
    assert kept.connection is None


def test_one_that_has_just_answered_is_not_asked_again(kept: DatabaseWrapper) -> None:
    begin_a_request(kept)
    end_at_the_server(kept)
    begin_a_request(kept)
    assert kept.connection is not None
    kept._answered_at -= TRUSTED
    begin_a_request(kept)
    assert kept.connection is None


def test_one_that_has_failed_is_closed_after_its_request(kept: DatabaseWrapper) -> None:
    begin_a_request(kept)
    end_at_the_server(kept)
    begin_a_request(kept)
    with pytest.raises(OperationalError), kept.cursor() as cursor:
        cursor.execute("SELECT 1")
    kept.close_if_unusable_or_obsolete()
    assert kept.connection is None
    with kept.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
