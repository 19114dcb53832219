"""The house of the cases, with two reception rooms, services with cards and keys of its own."""

from pathlib import Path

import pytest
from pytest_django import Settings

from baqylau.contacts.services.texts import seed as seed_contacts
from baqylau.reception import keyring
from tests.casework.conftest import house
from tests.reception.making import make_rooms

__all__ = ["desk", "house", "keys"]


@pytest.fixture
def keys(tmp_path: Path, settings: Settings) -> Path:
    """An empty folder of keys."""
    settings.KEYS = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture
def desk(house: None, keys: Path) -> None:
    """Wednesday, 1 July 2026, at a reception that is ready for its first visitor."""
    keyring.make()
    seed_contacts()
    make_rooms()
