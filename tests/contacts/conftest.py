"""A folder of keys of its own for each test, and the texts of consent that ship."""

from pathlib import Path

import pytest
from pytest_django import Settings

from baqylau.contacts.services.texts import seed


@pytest.fixture
def keys(tmp_path: Path, settings: Settings) -> Path:
    """An empty folder of keys."""
    settings.KEYS = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture
def prepared(keys: Path, db: None) -> Path:
    """As after `baqylau prepare`: a key, and texts of consent."""
    seed()
    return keys
