"""The desk as the product has it: it locks, and shifts end."""

from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from baqylau.config import settings as product

MORNING = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
"""Nine in the morning in Taraz."""


@pytest.fixture(autouse=True)
def _desk(settings: Settings) -> None:
    settings.STAFF_IDLE = product.STAFF_IDLE
    settings.STAFF_SHIFT = product.STAFF_SHIFT
