"""The house of the cases, with categories of members and a council of five."""

from collections.abc import Iterator

import pytest

from baqylau.councils import seeds
from baqylau.councils.models import Council
from baqylau.councils.services import admitting
from baqylau.institutions.training.load import load as load_institutions
from baqylau.lawbook.services.seed import seed as seed_law
from baqylau.territories.services import seed as seed_territories
from tests.casework.conftest import house
from tests.councils.making import make_council, make_member

__all__ = ["council", "house"]


@pytest.fixture(autouse=True)
def _fresh_budgets() -> Iterator[None]:
    """No network has sent a comment yet, and none of these counts in another test."""
    admitting.forget()
    yield
    admitting.forget()


@pytest.fixture
def council(house: None) -> Council:
    """Wednesday, 1 July 2026: a council at the akimat with a chair and four members."""
    seeds.load()
    made = make_council()
    make_member(made, "Нұрлан Үлгібаев", is_chair=True)
    for name in ("Серік Сынақов", "Гүлмира Мысалова", "Бақыт Жаттығуов", "Айдана Үлгітай"):
        make_member(made, name)
    return made


@pytest.fixture
def training_register(db: None) -> int:
    """The law as it ships and the training register of bodies; the number of its rows."""
    seed_law()
    seed_territories()
    return load_institutions(2017, 1, lambda _done, _total: None)
