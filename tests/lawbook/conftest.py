"""The lawbook as it ships, loaded for each test that asks for it."""

import pytest

from baqylau.lawbook.services.seed import seed


@pytest.fixture
def seeded(db: None) -> None:
    """Rules, calendar and letters as they ship."""
    seed()
