"""Where nothing is published: a site in production, and one in which nothing has happened."""

import pytest
from pytest_django import Settings

from baqylau.accountability.training import load as publishing
from baqylau.figures.models import Closing
from baqylau.kernel.errors import DomainError
from tests.casework.conftest import house
from tests.casework.making import open_one
from tests.cast import make_user

__all__ = ["house"]
pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


def test_no_invented_number_enters_a_production_site(house: None, settings: Settings) -> None:
    make_user("coordinator")
    open_one()
    settings.IS_TRAINING = False
    with pytest.raises(DomainError) as refused:
        publishing.load(1, 1, silent)
    assert refused.value.code == "production"
    assert not Closing.objects.exists()


def test_nothing_is_published_before_anything_has_happened(house: None) -> None:
    make_user("coordinator")
    assert publishing.load(1, 1, silent) == 0
    assert not Closing.objects.exists()


def test_nothing_is_published_where_nobody_may_close(house: None) -> None:
    open_one()
    assert publishing.load(1, 1, silent) == 0
    assert not Closing.objects.exists()
