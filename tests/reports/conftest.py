"""A house that is ready to take reports in."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from baqylau.kernel import clock
from baqylau.reports.queries.holders import forget
from baqylau.reports.queries.standing import standing
from baqylau.territories.services import seed as seed_territories
from tests.casework.making import make_bodies
from tests.reports.making import House, make_house
from tests.reports.officers import Officer

TODAY = datetime(2026, 7, 1, 5, tzinfo=UTC)
"""Wednesday, 1 July 2026, ten in the morning in Taraz."""


@pytest.fixture(autouse=True)
def fresh_standing() -> None:
    """Keys, and whose account has ended, are asked anew."""
    standing.forget()
    forget()


@pytest.fixture
def folders(tmp_path: Path, settings: Settings) -> Path:
    """Empty folders for keys, files and spools."""
    settings.KEYS = tmp_path / "keys"
    settings.FILES_ROOT = tmp_path / "files"
    settings.SPOOL_ROOT = tmp_path / "spool"
    return tmp_path


@pytest.fixture
def still() -> Iterator[None]:
    """The clock stands at TODAY."""
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def ready(db: None, folders: Path, still: None) -> House:
    """Two officers, a custodian, a recovery key: the form is open.

    The test names both databases: `pytest.mark.django_db(databases=["default", "sealed"])`.
    """
    return make_house()


@pytest.fixture
def pair(ready: House) -> list[Officer]:
    """Two officers without a browser."""
    return [Officer(held, Client()) for held in ready.officers]


@pytest.fixture
def places(ready: House) -> None:
    """Districts and a few bodies."""
    seed_territories()
    make_bodies()
