"""The edges of terms: extended twice, redirected twice, the last day and the day after it."""

from datetime import date, timedelta

import pytest
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from baqylau.casework.models import Case
from baqylau.casework.rules.advice import due_next
from baqylau.casework.rules.clocks import TERMS, ClockKind, clocks, projection
from baqylau.casework.rules.facts import Fact, Picture
from baqylau.casework.rules.refusals import StepRefusedError, check, next_kinds
from baqylau.casework.taxonomy import DOING, Finding, Procedure, Stage, StepKind
from baqylau.law.errors import LawError
from tests.casework.making import POLICE, SCHOOL, filed, happen, open_one, silent
from tests.casework.test_clocks import DAYS, LAW, due, kinds, lives, story
from tests.casework.test_clocks import filed as filing
from tests.casework.test_steps import DUE
from tests.cast import Cast

DAY = timedelta(days=1)
ON = date(2025, 3, 4)
"""A Tuesday; an answer is due on 31 March, two months are over on 4 May, a Sunday."""


def extended(on: date, until: date | None = None) -> Fact:
    return Fact(0, StepKind.EXTENDED, on, until=until)


def answer_due(*facts: Fact) -> date:
    return kinds(story(*facts))[ClockKind.ANSWER].due_on


def refused(picture: Picture, fact: Fact, today: date = date(2026, 7, 1)) -> StepRefusedError:
    with pytest.raises(StepRefusedError) as refusal:
        check(picture, fact, today, LAW)
    return refusal.value


def test_a_second_extension_goes_on_from_the_first() -> None:
    first, second = extended(ON + DAY, date(2025, 4, 14)), extended(ON + 2 * DAY, date(2025, 4, 28))
    assert answer_due(filing(ON), first) == date(2025, 4, 14)
    assert answer_due(filing(ON), first, second) == date(2025, 4, 28)


def test_two_extensions_reach_no_further_than_one() -> None:
    first = extended(ON + DAY, date(2025, 4, 14))
    longest = answer_due(filing(ON), extended(ON + DAY))
    assert answer_due(filing(ON), first, extended(date(2025, 4, 10))) == longest
    with pytest.raises(LawError) as refusal:
        check(story(filing(ON), first), extended(date(2025, 4, 10), longest + DAY), longest, LAW)
    assert (refusal.value.code, refusal.value.field) == ("extension_too_long", "until")


def test_a_second_extension_takes_no_day_back() -> None:
    picture = story(filing(ON), extended(ON + DAY, date(2025, 4, 28)))
    with pytest.raises(LawError) as refusal:
        check(picture, extended(ON + 2 * DAY, date(2025, 4, 14)), date(2025, 5, 1), LAW)
    assert refusal.value.code == "extension_shortens"


def test_an_answer_to_a_request_for_information_is_extended_once() -> None:
    request, first = filing(ON, Procedure.INFORMATION), extended(ON + DAY)
    picture = story(request, first)
    with pytest.raises(LawError) as refusal:
        check(picture, extended(ON + 2 * DAY), date(2025, 5, 1), LAW)
    assert refusal.value.code == "extension_repeated"


def test_an_extension_that_fits_no_longer_takes_no_other_with_it() -> None:
    request, first = filing(ON, Procedure.INFORMATION), extended(ON + DAY)
    once = answer_due(request, first)
    assert once > answer_due(request)
    assert answer_due(request, first, extended(ON + 2 * DAY)) == once
    assert answer_due(request, extended(ON + 300 * DAY), first) == once


def test_an_earlier_extension_that_fits_no_longer_blocks_no_new_one() -> None:
    picture = story(filing(ON), extended(ON - DAY))
    check(picture, extended(ON + DAY, date(2025, 4, 14)), date(2025, 5, 1), LAW)
    assert answer_due(filing(ON), extended(ON - DAY), extended(ON + DAY)) > answer_due(filing(ON))


@pytest.mark.parametrize("procedure", [each for each in Procedure if not TERMS[each].extension])
def test_what_no_law_extends_is_not_offered_to_be_extended(procedure: Procedure) -> None:
    picture = story(filing(ON, procedure))
    assert StepKind.EXTENDED not in next_kinds(picture)
    refused(picture, extended(ON + DAY))


@given(DAYS, st.integers(0, 12).map(timedelta), st.integers(0, 60).map(timedelta))
def test_redirection_forgets_the_extension_and_begins_anew(
    on: date, first: timedelta, second: timedelta
) -> None:
    steps = [filing(on), extended(on + first), Fact(0, StepKind.REDIRECTED, on + first, body="b")]
    assert answer_due(*steps) == due("app.answer", on + first).due_on
    steps.append(Fact(0, StepKind.REDIRECTED, on + first + second, body="c"))
    assert answer_due(*steps) == due("app.answer", on + first + second).due_on
    assert projection(story(*steps), LAW).body == "c"


def test_what_came_after_hours_counts_so_only_with_the_body_that_got_it_then() -> None:
    late = filing(ON, late=True)
    assert answer_due(late) == due("app.answer", ON, after_hours=True).due_on
    redirected = Fact(0, StepKind.REDIRECTED, ON + DAY, body="other")
    assert answer_due(late, redirected) == due("app.answer", ON + DAY).due_on


def test_a_redirection_goes_before_neither_the_filing_nor_the_last_redirection() -> None:
    once = story(filing(ON), Fact(0, StepKind.REDIRECTED, ON + 3 * DAY, body="other"))
    for kind, body in ((StepKind.REDIRECTED, "third"), (StepKind.ANSWERED, "")):
        refusal = refused(once, Fact(9, kind, ON + 2 * DAY, body=body))
        assert date_format(ON + 3 * DAY) in refusal.message


@given(DAYS, st.sampled_from(list(Procedure)))
def test_silence_begins_the_day_after_the_last_and_not_before(
    on: date, procedure: Procedure
) -> None:
    picture = story(filing(on, procedure))
    last = kinds(picture)[ClockKind.ANSWER].due_on
    silence = Fact(9, StepKind.SILENCE, last)
    assert date_format(last) in refused(picture, silence).message
    check(picture, Fact(9, StepKind.SILENCE, last + DAY), last + DAY, LAW)
    assert due_next(picture, clocks(picture, LAW), last) == StepKind.ANSWERED
    assert due_next(picture, clocks(picture, LAW), last + DAY) == StepKind.SILENCE


def test_the_last_day_is_a_working_day_though_the_month_ends_in_holidays() -> None:
    """Two months from 4 March 2025 are over on Sunday, 4 May: Monday is the last day."""
    last = answer_due(filing(ON), extended(ON + DAY))
    assert last == date(2025, 5, 5)
    picture = story(filing(ON), extended(ON + DAY))
    for day in (date(2025, 5, 4), last):
        refused(picture, Fact(9, StepKind.SILENCE, day))
    check(picture, Fact(9, StepKind.SILENCE, last + DAY), last + DAY, LAW)


def window(*facts: Fact) -> tuple[Picture, date]:
    """The case with an answer that refuses, and the last day for a complaint."""
    answered = Fact(0, StepKind.ANSWERED, ON + 9 * DAY)
    reviewed = Fact(0, StepKind.REVIEWED, ON + 9 * DAY, finding=Finding.REASONED)
    picture = story(filing(ON), answered, reviewed, *facts)
    return picture, kinds(picture)[ClockKind.COMPLAINT].due_on


@pytest.mark.parametrize(("days", "is_missed"), [(0, False), (1, True)])
def test_a_complaint_on_the_last_day_of_its_window_is_in_time(days: int, is_missed: bool) -> None:
    picture, last = window()
    complaint = Fact(9, StepKind.COMPLAINT, last + days * DAY)
    check(picture, complaint, last + days * DAY, LAW)
    (clock,) = [
        each for each in clocks(window(complaint)[0], LAW) if each.kind == ClockKind.COMPLAINT
    ]
    assert (clock.was_missed, clock.is_running) == (is_missed, False)
    expected = StepKind.CLOSED if is_missed else StepKind.COMPLAINT
    assert due_next(picture, clocks(picture, LAW), last + days * DAY) == expected
    assert {StepKind.COMPLAINT, StepKind.CLOSED} <= set(next_kinds(picture))


def test_the_court_is_offered_until_its_last_day_and_never_after_a_victory() -> None:
    complained = Fact(0, StepKind.COMPLAINT, date(2025, 4, 1))
    decided = Fact(0, StepKind.DECIDED, date(2025, 5, 6), finding=Finding.PARTLY)
    picture, _last = window(complained, decided)
    last = kinds(picture)[ClockKind.COURT].due_on
    assert due_next(picture, clocks(picture, LAW), last) == StepKind.COURT
    assert due_next(picture, clocks(picture, LAW), last + DAY) == StepKind.CLOSED
    won = Fact(0, StepKind.DECIDED, date(2025, 5, 6), finding=Finding.GRANTED)
    picture, _last = window(complained, won)
    assert due_next(picture, clocks(picture, LAW), last) == StepKind.CLOSED


def test_without_a_law_for_complaints_none_is_offered_first() -> None:
    last = kinds(story(filing(ON, Procedure.FINAL_DOCUMENT)))[ClockKind.ANSWER].due_on
    silence = Fact(0, StepKind.SILENCE, last + DAY)
    picture = story(filing(ON, Procedure.FINAL_DOCUMENT), silence)
    assert due_next(picture, clocks(picture, LAW), last + DAY) == StepKind.CLOSED


@given(lives(), DAYS)
def test_what_is_due_may_always_be_done_and_has_its_words(facts: list[Fact], today: date) -> None:
    picture = story(*(fact for fact in facts if fact.kind != StepKind.OPENED))
    due_now = due_next(picture, clocks(picture, LAW), today)
    assert (due_now is None) == (picture.stage == Stage.CLOSED)
    assert due_now is None or due_now in next_kinds(picture)
    assert all(kind in DOING for kind in next_kinds(picture))


def test_an_extension_into_an_unconfirmed_year_marks_the_day() -> None:
    on = date(2025, 10, 20)
    assert not projection(story(filing(on)), LAW).is_unsure
    assert not projection(story(filing(on), extended(on, date(2025, 12, 15))), LAW).is_unsure
    longer = projection(story(filing(date(2025, 11, 10)), extended(date(2025, 11, 11))), LAW)
    assert longer.next_due_on
    assert longer.next_due_on.year == 2026
    assert longer.is_unsure


@pytest.mark.django_db
def test_the_mark_of_an_unsure_day_stands_in_the_list_and_on_the_page(
    house: None, cast: Cast
) -> None:
    unsure, sure = filed(), open_one()
    client = cast.adviser.client
    for address in ("/desk/cases/", f"/desk/cases/{unsure.number[2:]}/"):
        assert "өзгеруі мүмкін" in client.get(address).text
    assert "өзгеруі мүмкін" not in client.get(f"/desk/cases/{sure.number[2:]}/").text


@pytest.mark.django_db
def test_redirected_twice_the_case_waits_for_the_last_body(house: None) -> None:
    case = happen(filed(), "redirected", date(2026, 5, 6), body=POLICE)
    case = happen(case, "redirected", date(2026, 5, 12), body=SCHOOL)
    assert case.body is not None
    assert case.body.code == SCHOOL
    assert case.next_due_on == due("app.answer", date(2026, 5, 12)).due_on
    with pytest.raises(StepRefusedError):
        happen(case, "answered", date(2026, 5, 11))


@pytest.mark.django_db
def test_silence_turns_up_the_day_after_and_the_window_runs_from_the_last_day(house: None) -> None:
    case = filed()
    for day, late in ((DUE, 0), (DUE + DAY, 1)):
        assert Case.objects.overdue(day).count() == late
    case = happen(case, "silence", date(2026, 6, 20))
    assert case.next_due_on == due("cmp.file", DUE).due_on


@pytest.mark.django_db
def test_a_window_that_is_over_still_takes_a_complaint_and_says_that_it_came_late(
    house: None, cast: Cast
) -> None:
    case = open_one(opened_on=date(2026, 1, 8))
    for kind, on, details in (
        ("filed", date(2026, 1, 8), {"procedure": "appeal"}),
        ("answered", date(2026, 1, 20), {}),
        ("reviewed", date(2026, 1, 20), {"finding": "reasoned"}),
    ):
        case = happen(case, kind, on, **details)
    assert case.next_due_on
    assert case.next_due_on < date(2026, 7, 1)
    case = happen(case, "complaint", date(2026, 7, 1))
    assert "кешігіп келді" in cast.adviser.client.get(f"/desk/cases/{case.number[2:]}/").text


@pytest.mark.django_db
def test_the_answer_that_comes_after_silence_begins_the_window_anew(house: None) -> None:
    case = silent()
    before = case.next_due_on
    case = happen(case, "answered", date(2026, 6, 15))
    assert before
    assert (case.stage, case.next_due_on) == ("answered", due("cmp.file", date(2026, 6, 15)).due_on)
    assert case.next_due_on
    assert case.next_due_on > before
