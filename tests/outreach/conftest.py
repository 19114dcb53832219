"""The house of cases with the key of identities, the three campaigns and a speaker."""

from pathlib import Path

import pytest
from pytest_django import Settings

from baqylau.contacts import keyring
from baqylau.outreach.services.campaigns import seed as seed_campaigns
from tests.casework.conftest import house

__all__ = ["house", "keys", "reach"]


@pytest.fixture
def keys(tmp_path: Path, settings: Settings) -> Path:
    """A folder of keys with the key of identities, and a folder for files."""
    settings.KEYS = tmp_path / "keys"
    settings.FILES_ROOT = tmp_path / "files"
    keyring.make()
    return tmp_path / "keys"


@pytest.fixture
def reach(house: None, keys: Path) -> None:
    """Wednesday, 1 July 2026, in a programme that goes out to people."""
    seed_campaigns()
