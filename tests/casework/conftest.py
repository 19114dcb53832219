"""The law as it ships, districts, services and a few bodies."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from baqylau.kernel import clock
from baqylau.law.seed import seeded_calendar
from baqylau.lawbook.services.seed import seed as seed_law
from baqylau.territories.services import seed as seed_territories
from tests.casework.making import make_bodies

NOON = datetime(2026, 7, 1, 7, 0, tzinfo=UTC)


@pytest.fixture
def house(db: None) -> Iterator[None]:
    """Wednesday, 1 July 2026, in a house with law, districts and bodies."""
    seeded_calendar()
    with clock.frozen(NOON):
        seed_law()
        seed_territories()
        make_bodies()
        yield
