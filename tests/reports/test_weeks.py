"""Weekly lists of slips: each week once, signed, chained, empty ones too; and asking them."""

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from baqylau.journal import keys
from baqylau.kernel import clock
from baqylau.kernel.modules import registry
from baqylau.reports.models import Slip, SlipList
from baqylau.reports.rules.weeks import monday_of, next_week, weeks_between
from baqylau.reports.services.filing import file_report
from baqylau.reports.services.weeks import publish_weeks
from baqylau.seal import slips
from tests.reports.browsing import Reporter
from tests.reports.conftest import TODAY
from tests.reports.making import House, file, sent

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
WEEK, NEXT = "2026-W27", "2026-W28"
MONDAY = TODAY + timedelta(days=5)
DAYS = st.dates(date(2020, 1, 1), date(2060, 1, 1))


def read(week: str) -> slips.WeekList:
    return slips.read_list(SlipList.objects.get(pk=week).text, bytes.fromhex(keys.public()))


def asked(text: str, language: str = "kk") -> Reporter:
    path = "/report/slips/"
    return Reporter(language).open(path).press("", path, slip=text)


def test_a_week_is_published_when_it_is_over_and_once(ready: House) -> None:
    filed, _report = file(site="localhost")
    assert publish_weeks() == "0 published"
    with clock.frozen(MONDAY):
        assert publish_weeks() == "1 published"
        first = SlipList.objects.get(pk=WEEK).text
        assert publish_weeks() == "0 published"
    assert SlipList.objects.get(pk=WEEK).text == first
    slip = slips.read(filed.slip, bytes.fromhex(keys.public()))
    assert slips.standing(slip, read(WEEK)) == "listed"
    assert len(read(WEEK).slips) == slips.FILL


def test_which_of_the_lines_were_real_is_forgotten(ready: House) -> None:
    file(site="localhost")
    with clock.frozen(MONDAY):
        publish_weeks()
    assert not Slip.objects.exists()


def test_weeks_without_slips_are_published_too_and_each_names_the_one_before(ready: House) -> None:
    with clock.frozen(TODAY + timedelta(days=21)):
        assert publish_weeks() == "3 published"
    weeks = list(SlipList.objects.order_by("week").values_list("week", flat=True))
    assert weeks == ["2026-W27", "2026-W28", "2026-W29"]
    assert read("2026-W27").previous == slips.FIRST_LIST
    assert read("2026-W28").previous == read("2026-W27").hash
    assert read("2026-W29").previous == read("2026-W28").hash


def test_before_there_are_keys_nothing_is_published(db: None, folders: None, still: None) -> None:
    assert publish_weeks() == "0 published"
    assert not SlipList.objects.exists()


def test_a_slip_wanted_only_the_second_time_is_listed_all_the_same(ready: House) -> None:
    page = sent()
    assert file_report(sent=page).slip == ""
    again = file_report(sent=sent(id=page.id, secret=page.secret, site="localhost"))
    with clock.frozen(MONDAY):
        publish_weeks()
    slip = slips.read(again.slip, bytes.fromhex(keys.public()))
    assert slips.standing(slip, read(WEEK)) == "listed"


def test_after_its_list_no_slip_is_given_that_would_seem_removed(ready: House) -> None:
    page = sent()
    file_report(sent=page)
    with clock.frozen(MONDAY):
        publish_weeks()
        again = file_report(sent=sent(id=page.id, secret=page.secret, site="localhost"))
    assert again.slip == ""


def test_a_listed_slip_is_given_again_after_its_list(ready: House) -> None:
    page = sent(site="localhost")
    first = file_report(sent=page)
    with clock.frozen(MONDAY):
        publish_weeks()
        assert file_report(sent=page).slip == first.slip


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_pasted_slip_is_looked_up(ready: House, language: str) -> None:
    filed, _report = file(site="localhost")
    waits = asked(f"\r\n{filed.slip}\r\n", language)
    assert waits.answer.status_code == 200
    assert WEEK in waits.words
    with clock.frozen(MONDAY):
        publish_weeks()
        found = asked(filed.slip, language)
    assert WEEK in found.words
    assert found.words != waits.words
    assert found.answer.headers["Cache-Control"] == "no-store"


def test_a_slip_that_is_missing_from_its_list_is_said_loudly(ready: House) -> None:
    filed, _report = file(site="localhost")
    Slip.objects.all().delete()
    with clock.frozen(MONDAY):
        publish_weeks()
        assert "тізімінде жоқ" in asked(filed.slip).words


def test_a_slip_of_another_site_is_told_from_a_missing_one(ready: House) -> None:
    filed, _report = file(site="baska.example.org")
    with clock.frozen(MONDAY):
        publish_weeks()
        assert "басқа сайттың" in asked(filed.slip).words


@pytest.mark.parametrize("text", ["", " ", "x", "baqylau-slip 1", "🙂" * 100, "x" * 3_000, "a\0"])
def test_what_is_no_slip_gets_a_sentence(ready: House, text: str) -> None:
    keys.make()
    reporter = asked(text)
    assert reporter.answer.status_code == 400
    assert 'class="error"' in reporter.html


def test_a_changed_slip_is_not_ours(ready: House) -> None:
    filed, _report = file(site="localhost")
    reporter = asked(filed.slip.replace("2026-07-01", "2026-07-02"))
    assert "Қолтаңба сәйкес келмейді" in reporter.words


def test_a_page_that_lay_open_too_long_is_sent_once_more(ready: House) -> None:
    filed, _report = file(site="localhost")
    reporter = Reporter().open("/report/slips/")
    page = {**reporter.fields, "slip": filed.slip}
    with clock.frozen(TODAY + timedelta(days=1)):
        reporter.send(page, "/report/slips/")
    assert reporter.answer.status_code == 400
    assert "тағы бір рет" in reporter.words


def test_lists_are_named_on_the_page_and_can_be_taken_along(ready: House) -> None:
    with clock.frozen(MONDAY):
        publish_weeks()
    assert f"/report/slips/{WEEK}.txt" in Reporter().open("/report/slips/").html
    answer = Client().get(f"/report/slips/{WEEK}.txt")
    assert answer.text == SlipList.objects.get(pk=WEEK).text
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert Client().get(f"/report/slips/{NEXT}.txt").status_code == 404


def test_the_clock_publishes_every_morning() -> None:
    jobs = {job.code: job for job in registry["reports"].jobs}
    assert jobs["reports.slips"].run is publish_weeks
    assert jobs["reports.slips"].at


@given(DAYS, DAYS)
def test_weeks_follow_each_other_without_a_gap(one: date, other: date) -> None:
    first, until = slips.week_of(min(one, other)), slips.week_of(max(one, other))
    weeks = list(weeks_between(first, until))
    assert len(weeks) == (monday_of(until) - monday_of(first)).days // 7
    assert all(next_week(a) == b for a, b in zip(weeks, [*weeks, until][1:], strict=True))


@given(DAYS)
def test_the_monday_of_a_week_lies_in_it(day: date) -> None:
    monday = monday_of(slips.week_of(day))
    assert monday.weekday() == 0
    assert timedelta() <= day - monday < timedelta(days=7)
