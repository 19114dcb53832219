"""Every term of a recommendation, exactly as the law package and its worked examples count it."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from baqylau.councils.rules.clocks import (
    ANSWER_RULES,
    ClockKind,
    answer_deadline,
    clocks,
    projection,
    promise_clock,
    sending_clock,
    with_term,
)
from baqylau.councils.rules.order import ALLOWED, StepRefusedError, check, check_struck, next_kinds
from baqylau.councils.rules.steps import Fact, Picture, picture_of, standing
from baqylau.councils.taxonomy import DocumentKind, State, StepKind
from baqylau.law.amounts import Unit
from baqylau.law.counting import count
from tests.casework.test_clocks import DAYS, LAW, due

VECTORS = Path(__file__).parents[1] / "law" / "vectors"
WRITTEN = date(2021, 1, 4)
TODAY = date(2026, 7, 1)
GAPS = st.integers(0, 60).map(timedelta)


@pytest.fixture(scope="module", autouse=True)
def _calendar_at_hand() -> None:
    """The calendar is made once, not within the first example's time."""
    assert LAW.calendar.is_working_day(TODAY)


def story(*facts: Fact) -> Picture:
    """A recommendation written long ago with these steps."""
    numbered = [Fact(n, f.kind, f.on, f.finding, f.until_on) for n, f in enumerate(facts, start=1)]
    return picture_of(WRITTEN, numbered)


def step(kind: str, on: date, finding: str = "", until: date | None = None) -> Fact:
    return Fact(0, kind, on, finding, until)


def arrived(on: date) -> tuple[Fact, Fact]:
    return step("sent", on), step("received", on)


@given(DAYS, st.sampled_from(list(DocumentKind)))
def test_the_answer_is_due_when_the_law_of_the_document_says(on: date, kind: str) -> None:
    expected = due(ANSWER_RULES[kind], on)
    picture = story(*arrived(on))
    assert answer_deadline(picture, kind, LAW) == expected
    shown = projection(picture, kind, LAW)
    assert (shown.due_on, shown.state) == (expected.due_on, State.SENT)
    assert shown.is_unsure == bool(expected.unconfirmed_years)


@given(DAYS)
def test_no_term_runs_while_nobody_knows_whether_it_arrived(on: date) -> None:
    picture = story(step("sent", on))
    assert clocks(picture, DocumentKind.FINAL, LAW) == []
    assert projection(picture, DocumentKind.FINAL, LAW).due_on is None


@given(DAYS)
def test_a_final_document_goes_out_within_seven_working_days(on: date) -> None:
    clock = sending_clock(DocumentKind.FINAL, on, None, LAW)
    assert clock is not None
    assert clock.deadline == due("pc.final_doc_send", on)
    assert clock.is_ours
    assert clock.is_running
    late = sending_clock(DocumentKind.FINAL, on, clock.deadline.due_on + timedelta(days=1), LAW)
    assert late is not None
    assert late.was_missed
    assert not late.is_running


@pytest.mark.parametrize("kind", [DocumentKind.COUNCIL, DocumentKind.LETTER])
def test_no_law_says_when_a_letter_goes_out(kind: str) -> None:
    assert sending_clock(kind, date(2026, 5, 4), None, LAW) is None


@given(DAYS)
def test_a_hearing_is_announced_three_working_days_before(on: date) -> None:
    hearing = on + timedelta(days=7)
    picture = story(*arrived(on), step("notice", on, until=hearing))
    found = {clock.kind: clock for clock in clocks(picture, DocumentKind.FINAL, LAW)}
    notice = found[ClockKind.NOTICE]
    assert notice.deadline == due("pc.hearing_notice", hearing)
    assert notice.was_missed == (on > notice.deadline.due_on)


@pytest.mark.parametrize("name", ["calendar-vectors.tsv", "term-vectors.tsv"])
def test_the_worked_examples_hold_for_the_units_that_are_used_here(name: str) -> None:
    rows = list(csv.DictReader((VECTORS / name).read_text("utf-8").splitlines(), delimiter="\t"))
    assert rows
    for row in rows:
        amount = int(row.get("amount") or row["working_days"])
        unit = row.get("unit") or "working_day"
        start = date.fromisoformat(row["start"])
        assert count(start, amount, Unit(unit), LAW.calendar).due_on.isoformat() == row["due"]


def test_the_answer_over_the_holidays_of_may() -> None:
    """Ten working days from Monday 4 May 2026: 7 and 9 May are holidays, 11 May is moved to."""
    picture = story(*arrived(date(2026, 5, 4)))
    deadline = answer_deadline(picture, DocumentKind.FINAL, LAW)
    assert deadline is not None
    assert deadline.due_on == date(2026, 5, 20)
    assert not deadline.is_verified


@given(DAYS, GAPS)
def test_a_promise_is_the_bodys_own_day(on: date, gap: timedelta) -> None:
    answer = step("answered", on, "accepted", until=on + gap)
    picture = story(*arrived(on), answer)
    clock = promise_clock(picture)
    assert clock is not None
    assert (clock.due_on, clock.is_running, clock.moves) == (on + gap, True, 0)
    shown = projection(picture, DocumentKind.FINAL, LAW)
    assert (shown.due_on, shown.promised_on) == (on + gap, on + gap)
    moved = story(*arrived(on), answer, step("promised", on + gap, until=on + 2 * gap))
    again = promise_clock(moved)
    assert again is not None
    assert (again.due_on, again.moves) == (on + 2 * gap, 1)
    done = story(*arrived(on), answer, step("executed", on + gap))
    assert projection(done, DocumentKind.FINAL, LAW).due_on is None


@given(DAYS, GAPS)
def test_the_first_answer_ends_the_term_and_says_whether_it_was_in_time(
    on: date, gap: timedelta
) -> None:
    before = story(*arrived(on))
    fact = with_term(before, step("answered", on + gap, "accepted"), DocumentKind.FINAL, LAW)
    last = due("pc.final_doc_answer", on).due_on
    assert fact.due_on == last
    picture = picture_of(WRITTEN, [*_numbered(arrived(on)), _at(fact, 3)])
    shown = projection(picture, DocumentKind.FINAL, LAW)
    assert shown.was_in_time == (on + gap <= last)
    assert shown.due_on is None


def _numbered(facts: tuple[Fact, ...]) -> list[Fact]:
    return [_at(fact, number) for number, fact in enumerate(facts, start=1)]


def _at(fact: Fact, number: int) -> Fact:
    return Fact(number, fact.kind, fact.on, fact.finding, fact.until_on, fact.due_on)


@given(DAYS)
def test_silence_keeps_the_term_running_and_a_late_answer_does_not_undo_it(on: date) -> None:
    last = due("pc.final_doc_answer", on).due_on
    noted = step("silence", last + timedelta(days=1))
    facts = _numbered((*arrived(on), noted))
    facts[2] = _at(with_term(picture_of(WRITTEN, facts[:2]), noted, "final", LAW), 3)
    shown = projection(picture_of(WRITTEN, facts), "final", LAW)
    assert (shown.state, shown.due_on, shown.was_in_time) == (State.SILENT, last, False)
    answer = Fact(4, "answered", last + timedelta(days=9), "accepted")
    late = with_term(picture_of(WRITTEN, facts), answer, "final", LAW)
    assert late.due_on is None
    shown = projection(picture_of(WRITTEN, [*facts, late]), "final", LAW)
    assert (shown.state, shown.was_in_time) == (State.ACCEPTED, False)


def refused(picture: Picture, fact: Fact, today: date = TODAY) -> str:
    with pytest.raises(StepRefusedError) as error:
        check(picture, fact, today, kind="final", law=LAW)
    with translation.override("en"):
        return f"{error.value.field} {error.value}"


MAY = date(2026, 5, 4)


def test_an_answer_dated_before_the_recommendation_is_refused_in_words() -> None:
    picture = picture_of(MAY, _numbered(arrived(MAY)))
    early = step("answered", MAY - timedelta(days=1), "accepted")
    assert "on An answer cannot come before the recommendation." in refused(picture, early)


def test_an_answer_dated_before_its_receipt_is_refused_in_words() -> None:
    picture = story(step("sent", MAY), step("received", MAY + timedelta(days=3)))
    early = step("answered", MAY, "accepted")
    assert "before the body received" in refused(picture, early)


def test_days_to_come_and_days_out_of_order_are_refused() -> None:
    picture = story(*arrived(MAY))
    assert "future" in refused(picture, step("answered", TODAY + timedelta(days=1), "accepted"))
    heard = story(*arrived(MAY), step("hearing", MAY + timedelta(days=3)))
    assert "before the step that went before" in refused(
        heard, step("answered", MAY + timedelta(days=1), "accepted")
    )


def test_silence_cannot_be_noted_before_the_last_day_has_passed() -> None:
    picture, last = story(*arrived(MAY)), date(2026, 5, 20)
    assert "has not passed yet" in refused(picture, step("silence", last))
    check(picture, step("silence", last + timedelta(days=1)), TODAY, kind="final", law=LAW)


def test_what_a_step_must_say() -> None:
    picture = story(*arrived(MAY))
    assert "finding" in refused(picture, step("answered", MAY))
    assert "finding" in refused(picture, step("answered", MAY, "confirmed"))
    assert "until_on" in refused(picture, step("answered", MAY, "refused", MAY))
    assert "until_on" in refused(
        picture, step("answered", MAY, "accepted", MAY - timedelta(days=1))
    )
    assert "until_on" in refused(picture, step("notice", MAY))
    held = story(*arrived(MAY), step("answered", MAY, "accepted"))
    assert "until_on" in refused(held, step("promised", MAY))
    assert "until_on" in refused(held, step("promised", MAY, until=MAY - timedelta(days=1)))
    assert "finding" in refused(held, step("verified", MAY, "accepted"))


def test_every_state_can_be_reached_and_none_but_withdrawal_is_an_end() -> None:
    assert set(ALLOWED) == set(State)
    assert [state for state in State if not ALLOWED[state]] == [State.WITHDRAWN]
    assert StepKind.STRUCK not in set().union(*ALLOWED.values())


FINDINGS = {"answered": ("accepted", "partly", "refused"), "verified": ("confirmed", "disputed")}


@given(st.data())
def test_whatever_is_written_down_in_order_can_be_struck_out_from_the_end(
    data: st.DataObject,
) -> None:
    """A walk through the steps that are offered: all are taken, and each can be taken back."""
    facts: list[Fact] = []
    day = date(2024, 3, 4)
    for number in range(1, data.draw(st.integers(2, 12)) + 1):
        picture = picture_of(WRITTEN, facts)
        kinds = next_kinds(picture)
        if not kinds:
            break
        kind = data.draw(st.sampled_from(kinds))
        day += timedelta(days=data.draw(st.integers(20, 40)))
        finding = data.draw(st.sampled_from(FINDINGS.get(kind, ("",))))
        fact = Fact(number, kind, day, finding, day if kind in ("promised", "notice") else None)
        check(picture, fact, TODAY + timedelta(days=999), kind="final", law=LAW)
        facts.append(with_term(picture, fact, "final", LAW))
    shown = projection(picture_of(WRITTEN, facts), "final", LAW)
    assert shown.state in State
    assert (shown.answer == "") == (shown.answered_on is None)
    whole, last = picture_of(WRITTEN, facts[:-1]), facts[-1].number
    strike = Fact(len(facts) + 1, "struck", TODAY, target=last)
    check_struck(WRITTEN, facts, strike, TODAY + timedelta(days=999), kind="final", law=LAW)
    assert picture_of(WRITTEN, [*facts, strike]) == whole
    assert len(standing([*facts, strike])) == len(facts) - 1


def test_a_step_on_which_others_rest_is_not_struck_out() -> None:
    facts = _numbered((*arrived(MAY), step("answered", MAY, "accepted"), step("executed", MAY)))
    for target, words in ((3, "Strike out the later steps first"), (9, "cannot be struck out")):
        fact = Fact(5, "struck", TODAY, target=target)
        with translation.override("en"), pytest.raises(StepRefusedError) as error:
            check_struck(WRITTEN, facts, fact, TODAY, kind="final", law=LAW)
        with translation.override("en"):
            assert words in error.value.message


def test_a_promise_after_a_dispute_begins_the_wait_anew() -> None:
    picture = story(
        *arrived(MAY),
        step("answered", MAY, "partly", MAY),
        step("executed", MAY),
        step("verified", MAY, "disputed"),
    )
    shown = projection(picture, "final", LAW)
    assert (shown.state, shown.due_on, shown.found) == (State.DISPUTED, MAY, "disputed")
    unkept = promise_clock(picture)
    assert unkept is not None
    assert (unkept.met_on, unkept.is_running) == (None, True)
    again = story(
        *arrived(MAY),
        step("answered", MAY, "partly", MAY),
        step("executed", MAY),
        step("verified", MAY, "disputed"),
        step("promised", MAY, until=TODAY),
    )
    shown = projection(again, "final", LAW)
    assert (shown.state, shown.due_on, shown.executed_on) == (State.PARTLY, TODAY, None)


def test_a_refusal_takes_the_promises_back() -> None:
    picture = story(
        *arrived(MAY), step("answered", MAY, "accepted", TODAY), step("answered", MAY, "refused")
    )
    assert projection(picture, "final", LAW).promised_on is None
