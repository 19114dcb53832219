"""Closed periods by their codes, and the meaning of every number."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from baqylau.accountability.queries.overview import board, newest
from baqylau.accountability.queries.periods import (
    NotClosedError,
    UnknownPeriodError,
    all_closed,
    before,
    closed,
    four_quarters,
)
from baqylau.figures.models import Closing
from baqylau.figures.queries.closing import to_publish
from baqylau.figures.rules.results import Exact, Range
from tests.accountability.making import close_quarter, put
from tests.accountability.test_numbers import text_of

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


def test_the_last_closed_quarter_leads_whatever_month_was_closed_since(year: Closing) -> None:
    close_quarter("2026-09")
    newest_one = newest()
    assert newest_one
    assert newest_one.code == "2026-Q3"
    assert [each.code for each in all_closed()["quarter"]] == ["2026-Q3", "2026-Q2"]
    assert [each.code for each in all_closed()["month"]] == ["2026-09"]


def test_the_period_before_is_the_one_right_before(year: Closing) -> None:
    earlier = before(closed("2026-Q3"))
    assert earlier
    assert earlier.first_on == date(2026, 4, 1)
    assert before(closed("2026-Q2")) is None


def test_four_quarters_are_those_that_end_with_a_quarter(year: Closing) -> None:
    assert [each.first_on.month for each in four_quarters(year)] == [7, 4]
    Closing.objects.filter(pk=year.pk).update(first_on=date(2027, 4, 1))
    year.refresh_from_db()
    assert [each.first_on.year for each in four_quarters(year)] == [2027]


@pytest.mark.parametrize("code", ["", "2026-Q0", "26-Q1", "2026-13", "all", "٢٠٢٦"])
def test_what_names_no_period_is_unknown(db: None, code: str) -> None:
    with pytest.raises(UnknownPeriodError):
        closed(code)


def test_a_running_period_says_in_every_language_when_it_may_be_closed(house: None) -> None:
    for language, day in (("kk", "2026 жылғы 1 қазан"), ("ru", "1 октября"), ("en", "1 October")):
        with translation.override(language), pytest.raises(NotClosedError) as refused:
            closed("2026-Q3")
        assert day in refused.value.message


def test_a_range_says_more_only_when_it_is_apart(client: Client, year: Closing) -> None:
    earlier = before(closed("2026-Q3"))
    assert earlier
    put(earlier, "reception.people", Range(5, 10))
    put(year, "reception.people", Range(8, 12))
    with translation.override("en"):
        said = {each.name: each.change for each in board(closed("2026-Q3")).rows}
        assert said["People"] == ""
        put(year, "reception.people", Range(11, 12))
        said = {each.name: each.change for each in board(closed("2026-Q3")).rows}
    assert said["People"] == "The period before: 5–10. Now it is more."


def test_the_home_page_has_what_changed_and_leads_to_each_number(
    client: Client, year: Closing
) -> None:
    put(year, "reception.visits", Exact(321))
    page = client.get("/en/").text
    assert "Our work, quarter 3 of 2026" in page
    assert '<a href="/en/numbers/reception.visits/2026-Q3/">321</a>' in page


@pytest.mark.parametrize("language", ["", "/ru", "/en"])
def test_every_published_number_is_explained_at_its_own_anchor(
    client: Client, db: None, language: str
) -> None:
    addresses = ("numbers/meaning/", "numbers/meaning/public/")
    page = "".join(client.get(f"{language}/{each}").text for each in addresses)
    with translation.override(language.strip("/") or "kk"):
        for figure in to_publish():
            assert re.search(rf'<h[23] id="{re.escape(figure.code)}">', page)
            assert str(figure.sentence)[:40] in text_of(page)


def test_the_meaning_says_that_more_reports_may_mean_more_trust(client: Client, db: None) -> None:
    page = text_of(client.get("/en/numbers/meaning/").text)
    assert "More reports may mean more trust" in page
    assert "counts below 10 are hidden, zeros too, and the others are rounded to 5" in page
