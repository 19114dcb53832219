"""A house with a record in every place, and people in every role before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from baqylau.kernel import clock
from baqylau.reports.queries.holders import forget
from baqylau.reports.queries.standing import standing
from tests.accountability.reporting import NOW
from tests.cast import Cast
from tests.reception.conftest import desk, house, keys
from tests.security import records

__all__ = ["desk", "house", "keys", "places"]


@pytest.fixture
def places(desk: None, cast: Cast, tmp_path: Path, settings: Settings) -> Iterator[records.Places]:
    """What stands in the places of every address of the desk, each a real record's."""
    settings.FILES_ROOT = tmp_path / "files"
    settings.SPOOL_ROOT = tmp_path / "spool"
    standing.forget()
    forget()
    with clock.frozen(NOW):
        yield records.plant(cast)
