"""Deadlines: receipts, extensions, counting anew."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.law.amounts import Unit
from baqylau.law.calendar import Calendar, Day, DayKind
from baqylau.law.deadline import Deadline, compute, recount
from baqylau.law.errors import LawError
from baqylau.law.extensions import Extension
from baqylau.law.rules import ExtendsFrom
from baqylau.law.seed import seeded_calendar
from baqylau.law.words import Wording
from tests.law.factories import checked, shipped, term

pytestmark = pytest.mark.once
THURSDAY, SATURDAY = date(2026, 2, 5), date(2026, 2, 7)
MONDAY = date(2026, 2, 9)


def answer(start: date, *extensions: Extension, after_hours: bool = False) -> Deadline:
    return compute(
        shipped("app.answer"),
        start,
        seeded_calendar(),
        extensions=extensions,
        after_hours=after_hours,
    )


def two_months(decided_on: date, until: date | None = None) -> Extension:
    return Extension(shipped("app.extend_max"), decided_on, until)


def refused(start: date, *extensions: Extension) -> str:
    with pytest.raises(LawError) as refusal:
        answer(start, *extensions)
    return refusal.value.code


def test_an_appeal_of_the_fifth_of_march_is_due_on_the_first_of_april() -> None:
    deadline = answer(date(2026, 3, 5))
    assert deadline.due_on == date(2026, 4, 1)
    assert deadline.term.first_on == date(2026, 3, 6)
    assert len(deadline.term.counted) == 15
    assert date(2026, 3, 9) in [day.on for day in deadline.skipped]


def test_a_receipt_on_a_day_off_counts_as_received_on_the_next_working_day() -> None:
    deadline = answer(SATURDAY)
    assert deadline.counts_from == MONDAY
    assert deadline.due_on == answer(MONDAY).due_on
    assert [day.on.day for day in deadline.waited] == [7, 8]
    assert deadline.skipped[:2] == deadline.waited


def test_a_receipt_after_hours_counts_as_received_on_the_next_working_day() -> None:
    late = answer(date(2026, 2, 6), after_hours=True)
    assert late.counts_from == MONDAY
    assert late.is_after_hours
    assert answer(THURSDAY, after_hours=True).counts_from == date(2026, 2, 6)


def test_the_hour_of_a_receipt_on_a_day_off_changes_nothing() -> None:
    assert answer(SATURDAY, after_hours=True) == answer(SATURDAY)


def test_an_event_that_is_no_receipt_counts_from_its_own_day() -> None:
    rule = shipped("pc.final_doc_send")
    deadline = compute(rule, SATURDAY, seeded_calendar(), after_hours=True)
    assert deadline.counts_from == SATURDAY
    assert deadline.term.first_on == MONDAY


def test_registration_of_a_weekend_appeal_is_due_on_monday() -> None:
    deadline = compute(shipped("app.register"), SATURDAY, seeded_calendar())
    assert deadline.due_on == MONDAY


def test_the_slip_for_a_paper_appeal_is_due_the_same_day() -> None:
    assert compute(shipped("app.talon"), THURSDAY, seeded_calendar()).due_on == THURSDAY


def test_silence_becomes_a_refusal_when_the_term_for_an_answer_ends() -> None:
    due = answer(THURSDAY).due_on
    assert compute(shipped("app.silence_refusal"), due, seeded_calendar()).due_on == due


def test_an_extension_without_a_date_goes_as_far_as_its_rule_allows() -> None:
    deadline = answer(THURSDAY, two_months(date(2026, 2, 20)))
    (applied,) = deadline.extensions
    assert applied.previous_due_on == date(2026, 2, 26)
    assert deadline.due_on == applied.due_on == date(2026, 4, 6)
    assert [day.on for day in applied.rolled] == [date(2026, 4, 5)]


def test_an_extension_to_a_date_ends_on_that_date_or_the_next_working_day() -> None:
    plain = answer(THURSDAY, two_months(date(2026, 2, 20), date(2026, 3, 12)))
    moved = answer(THURSDAY, two_months(date(2026, 2, 20), date(2026, 3, 22)))
    assert plain.due_on == date(2026, 3, 12)
    assert moved.due_on == date(2026, 3, 26)
    assert len(moved.extensions[0].rolled) == 4


def test_an_extended_term_may_be_extended_again_within_the_limit() -> None:
    deadline = answer(
        THURSDAY,
        two_months(date(2026, 2, 20), date(2026, 3, 12)),
        two_months(date(2026, 3, 10), date(2026, 4, 1)),
    )
    assert deadline.due_on == date(2026, 4, 1)
    assert deadline.extensions[1].previous_due_on == date(2026, 3, 12)


def test_an_extension_may_not_pass_its_limit() -> None:
    beyond = two_months(date(2026, 2, 20), date(2026, 4, 7))
    assert refused(THURSDAY, beyond) == "extension_too_long"


def test_days_of_a_refusal_are_written_as_people_write_them() -> None:
    with pytest.raises(LawError) as refusal:
        answer(THURSDAY, two_months(date(2026, 2, 20), date(2026, 4, 7)))
    for language in ("kk", "ru", "en"):
        assert "07.04.2026" in refusal.value.sentence(language)


def test_an_extension_may_not_shorten_the_term() -> None:
    shorter = two_months(date(2026, 2, 20), date(2026, 2, 25))
    assert refused(THURSDAY, shorter) == "extension_shortens"


@pytest.mark.parametrize("decided_on", [date(2026, 2, 4), date(2026, 2, 27)])
def test_a_term_is_extended_only_while_it_runs(decided_on: date) -> None:
    assert refused(THURSDAY, two_months(decided_on)) == "extension_not_in_term"


@pytest.mark.parametrize("rule_id", ["info.extend", "app.redirect"])
def test_a_term_is_extended_only_by_its_own_rule(rule_id: str) -> None:
    other = Extension(shipped(rule_id), date(2026, 2, 20))
    assert refused(THURSDAY, other) == "extension_of_other_rule"


def test_a_request_for_information_is_extended_from_its_first_due_date() -> None:
    start = date(2026, 2, 5)
    extension = Extension(shipped("info.extend"), date(2026, 2, 10))
    deadline = compute(shipped("info.answer"), start, seeded_calendar(), extensions=[extension])
    assert deadline.term.due_on == date(2026, 2, 20)
    assert deadline.term.nominal_on == date(2026, 2, 20)
    assert deadline.due_on == date(2026, 3, 10)
    assert shipped("info.extend").extends_from is ExtendsFrom.DUE


def test_a_request_for_information_is_extended_once() -> None:
    extension = Extension(shipped("info.extend"), date(2026, 2, 10))
    with pytest.raises(LawError) as refusal:
        compute(
            shipped("info.answer"),
            date(2026, 2, 5),
            seeded_calendar(),
            extensions=[extension, extension],
        )
    assert refusal.value.code == "extension_repeated"


def test_a_deadline_is_verified_only_with_all_its_rules() -> None:
    rule = checked(shipped("app.answer"))
    extension = two_months(date(2026, 2, 20))
    plain = compute(rule, THURSDAY, seeded_calendar())
    extended = compute(rule, THURSDAY, seeded_calendar(), extensions=[extension])
    both = replace(extension, rule=checked(extension.rule))
    assert plain.is_verified
    assert not extended.is_verified
    assert compute(rule, THURSDAY, seeded_calendar(), extensions=[both]).is_verified


def test_a_deadline_names_the_unconfirmed_years_on_its_way() -> None:
    assert answer(date(2025, 3, 5)).unconfirmed_years == ()
    assert answer(date(2025, 12, 31)).unconfirmed_years == (2026,)
    assert answer(date(2026, 12, 14)).unconfirmed_years == (2026, 2027)


def test_an_event_older_than_the_act_is_marked() -> None:
    assert answer(date(2018, 3, 2)).is_before_act
    assert not answer(date(2020, 6, 29)).is_before_act


def test_a_term_that_leaves_the_calendar_is_refused() -> None:
    assert refused(date(2030, 12, 30)) == "outside_calendar"
    assert refused(date(2015, 12, 30)) == "outside_calendar"


def with_day_off(on: date) -> Calendar:
    calendar = seeded_calendar()
    moved = Wording("ауыстырылған", "перенесён", "moved")
    extra = Day(on, DayKind.DAY_OFF_TRANSFERRED, moved)
    return Calendar.from_days([*calendar.days.values(), extra], calendar.years.values())


def test_a_transfer_decreed_later_moves_an_open_deadline_and_keeps_its_extensions() -> None:
    start, extension = date(2026, 4, 20), two_months(date(2026, 5, 4), date(2026, 5, 22))
    before = answer(start)
    extended = answer(start, extension, after_hours=True)
    calendar = with_day_off(date(2026, 5, 8))
    assert recount(before, calendar).due_on == date(2026, 5, 15)
    assert before.due_on == date(2026, 5, 14)
    again = recount(extended, calendar)
    assert again.due_on == extended.due_on
    assert again.counts_from == extended.counts_from
    assert again.extensions[0].previous_due_on > extended.extensions[0].previous_due_on


@given(
    start=st.dates(date(2017, 1, 1), date(2029, 12, 31)),
    amount=st.integers(-20, 20),
    unit=st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY]),
    is_receipt=st.booleans(),
    after_hours=st.booleans(),
)
def test_counting_anew_on_the_same_calendar_changes_nothing(
    start: date, amount: int, unit: Unit, is_receipt: bool, after_hours: bool
) -> None:
    rule = term(amount, unit, is_receipt=is_receipt)
    deadline = compute(rule, start, seeded_calendar(), after_hours=after_hours)
    assert recount(deadline, seeded_calendar()) == deadline
