"""The harmless screen."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from baqylau.web.quiet import month
from tests.cast import Cast

QUIET = "/desk/quiet/"


@given(st.dates(min_value=date(1, 1, 2), max_value=date(9999, 11, 30)))
def test_a_month_holds_each_of_its_days_once_below_its_weekday(day: date) -> None:
    weeks = month(day)
    days = [each for week in weeks for each in week if each]
    assert days[0].day == 1
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(days))
    assert (days[-1] + timedelta(days=1)).month != day.month
    for week in weeks:
        assert len(week) == 7
        assert all(each is None or each.weekday() == place for place, each in enumerate(week))


@pytest.mark.django_db
def test_hiding_shows_a_calendar_and_back_leads_to_the_page(cast: Cast) -> None:
    client = cast.adviser.client
    answer = client.post(QUIET, {"next": "/desk/search/?q=secret"})
    assert answer.headers["Location"] == QUIET
    page = client.get(QUIET).text
    assert "secret" not in page
    assert "<table" in page
    assert client.get(f"{QUIET}?back").headers["Location"] == "/desk/search/?q=secret"


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", ""])
def test_back_never_leads_to_a_stranger(cast: Cast, elsewhere: str) -> None:
    client = cast.adviser.client
    client.post(QUIET, {"next": elsewhere})
    assert client.get(f"{QUIET}?back").headers["Location"] == "/desk/"


@pytest.mark.django_db
def test_the_way_back_is_forgotten_once_it_is_taken(cast: Cast) -> None:
    client = cast.adviser.client
    client.post(QUIET, {"next": "/desk/keys/"})
    client.get(f"{QUIET}?back")
    assert client.get(f"{QUIET}?back").headers["Location"] == "/desk/"


def test_anybody_may_see_it(client: Client) -> None:
    page = client.get(QUIET)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
