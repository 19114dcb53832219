"""The training year of the councils."""

import pytest

from baqylau.councils.models import Council, DeclaredInterest, Member
from baqylau.councils.training.load import load
from tests.councils.making import make_council


@pytest.fixture
def year(training_register: int) -> int:
    """The year, brought; the number of its rows."""
    return load(2017, 1, lambda _done, _total: None)


def test_the_year_has_two_councils_with_a_chair_who_is_no_civil_servant(year: int) -> None:
    assert Council.objects.count() == 2
    for council in Council.objects.all():
        members = Member.objects.filter(council=council)
        assert members.count() >= 10
        chair = members.get(is_chair=True)
        assert not chair.is_civil_servant
        assert members.values("category").distinct().count() >= 5
    assert DeclaredInterest.objects.count() >= 4


def test_the_same_seed_brings_the_same_codes(year: int) -> None:
    assert sorted(Council.objects.values_list("code", flat=True)) == ["855a4e3c", "bd9e6a18"]


def test_nothing_is_brought_where_councils_are(house: None) -> None:
    make_council()
    assert load(2017, 1, lambda _done, _total: None) == 0
    assert Council.objects.count() == 1
