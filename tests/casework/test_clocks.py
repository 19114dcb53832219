"""Terms follow from the steps, exactly as the law package counts them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.casework.rules.clocks import TERMS, ClockKind, Terms, clocks, projection
from baqylau.casework.rules.facts import Fact, Picture, picture_of, standing
from baqylau.casework.rules.refusals import ALLOWED, check, next_kinds
from baqylau.casework.taxonomy import Finding, Procedure, Stage, StepKind
from baqylau.kernel.errors import DomainError
from baqylau.law.calendar import Calendar
from baqylau.law.deadline import Deadline, compute
from baqylau.law.extensions import Extension
from baqylau.law.rule_table import shipped_rules
from baqylau.law.rules import Rule, rule_on
from baqylau.law.seed import seeded_calendar

DAYS = st.dates(date(2021, 1, 4), date(2025, 6, 30))
AFTER = st.integers(0, 200).map(timedelta)
TODAY = date(2026, 7, 1)


@dataclass(frozen=True)
class Shipped:
    """The law as it ships."""

    rules: tuple[Rule, ...] = shipped_rules()

    @property
    def calendar(self) -> Calendar:
        return seeded_calendar()


LAW = Shipped()


def due(
    rule: str, on: date, *, after_hours: bool = False, extensions: tuple[Extension, ...] = ()
) -> Deadline:
    """What the law package says, asked directly."""
    found = rule_on(LAW.rules, rule, on)
    return compute(found, on, LAW.calendar, extensions=extensions, after_hours=after_hours)


def story(*facts: Fact) -> Picture:
    """A case opened long ago with these steps."""
    opened = Fact(1, StepKind.OPENED, date(2021, 1, 4), body="body")
    return picture_of([opened, *(replace(f, number=n) for n, f in enumerate(facts, start=2))])


def filed(on: date, procedure: str = Procedure.APPEAL, *, late: bool = False) -> Fact:
    return Fact(0, StepKind.FILED, on, procedure=procedure, is_after_hours=late)


def kinds(picture: Picture) -> dict[ClockKind, Deadline]:
    return {clock.kind: clock.deadline for clock in clocks(picture, LAW)}


@given(DAYS, st.sampled_from(list(Procedure)), st.booleans())
def test_the_answer_is_due_when_the_law_of_the_procedure_says(
    on: date, procedure: Procedure, late: bool
) -> None:
    picture = story(filed(on, procedure, late=late))
    expected = due(TERMS[procedure].answer, on, after_hours=late)
    assert kinds(picture) == {ClockKind.ANSWER: expected}
    assert projection(picture, LAW).next_due_on == expected.due_on


@given(DAYS, AFTER)
def test_redirection_begins_the_term_anew_at_the_other_body(on: date, gap: timedelta) -> None:
    picture = story(filed(on), Fact(0, StepKind.REDIRECTED, on + gap, body="other"))
    assert kinds(picture)[ClockKind.ANSWER].due_on == due("app.answer", on + gap).due_on
    assert projection(picture, LAW).body == "other"


@given(DAYS, st.integers(0, 12).map(timedelta))
def test_an_extension_reaches_as_far_as_the_law_allows(on: date, gap: timedelta) -> None:
    decided = on + gap
    rule = rule_on(LAW.rules, "app.extend_max", on)
    counts_from = due("app.answer", on).counts_from
    if decided < counts_from:
        decided = counts_from
    expected = due("app.answer", on, extensions=(Extension(rule, decided),))
    picture = story(filed(on), Fact(0, StepKind.EXTENDED, decided))
    assert kinds(picture)[ClockKind.ANSWER].due_on == expected.due_on
    assert expected.due_on > due("app.answer", on).due_on


@given(DAYS, AFTER)
def test_silence_is_a_refusal_on_the_last_day_and_three_months_run_from_it(
    on: date, gap: timedelta
) -> None:
    last = due("app.answer", on).due_on
    picture = story(filed(on), Fact(0, StepKind.SILENCE, last + timedelta(days=1) + gap))
    assert kinds(picture)[ClockKind.COMPLAINT].due_on == due("cmp.file", last).due_on
    assert projection(picture, LAW).stage == Stage.REFUSED


@given(DAYS, AFTER, st.sampled_from([f for f in Finding if f != Finding.GRANTED]))
def test_a_refusal_leaves_three_months_from_the_answer(
    on: date, gap: timedelta, finding: Finding
) -> None:
    answered = Fact(0, StepKind.ANSWERED, on + gap)
    picture = story(filed(on), answered, Fact(0, StepKind.REVIEWED, on + gap, finding=finding))
    expected = due("cmp.file", on + gap).due_on
    assert projection(picture, LAW).next_due_on == expected


@given(DAYS, AFTER, AFTER, AFTER)
def test_a_complaint_goes_on_to_the_court_month(
    on: date, first: timedelta, second: timedelta, third: timedelta
) -> None:
    complaint = due("app.answer", on).due_on + timedelta(days=1) + first
    forwarded, decided = complaint + second, complaint + second + third
    silence = Fact(0, StepKind.SILENCE, complaint)
    picture = story(filed(on), silence, Fact(0, StepKind.COMPLAINT, complaint))
    assert projection(picture, LAW).next_due_on == due("cmp.forward", complaint).due_on
    steps = [filed(on), silence, Fact(0, StepKind.COMPLAINT, complaint)]
    steps += [Fact(0, StepKind.FORWARDED, forwarded)]
    assert projection(story(*steps), LAW).next_due_on == due("cmp.decide", forwarded).due_on
    steps += [Fact(0, StepKind.DECIDED, decided, finding=Finding.REASONED)]
    assert projection(story(*steps), LAW).next_due_on == due("court.file", decided).due_on
    steps += [Fact(0, StepKind.COURT, decided)]
    assert projection(story(*steps), LAW).next_due_on is None


def test_a_final_document_has_no_window_for_a_complaint() -> None:
    on = date(2024, 3, 4)
    picture = story(filed(on, Procedure.FINAL_DOCUMENT), Fact(0, StepKind.ANSWERED, on))
    assert list(kinds(picture)) == [ClockKind.ANSWER]


def test_a_late_answer_opens_the_window_anew() -> None:
    on, answered = date(2024, 3, 4), date(2024, 6, 3)
    silence = Fact(0, StepKind.SILENCE, date(2024, 5, 2))
    picture = story(filed(on), silence, Fact(0, StepKind.ANSWERED, answered))
    assert kinds(picture)[ClockKind.COMPLAINT].due_on == due("cmp.file", answered).due_on
    (clock,) = [each for each in clocks(picture, LAW) if each.kind == ClockKind.ANSWER]
    assert clock.was_missed
    assert not clock.is_running


def test_a_term_across_an_unconfirmed_year_is_marked() -> None:
    assert projection(story(filed(date(2025, 12, 22))), LAW).is_unsure
    assert not projection(story(filed(date(2025, 6, 2))), LAW).is_unsure


def test_an_extension_that_fits_no_longer_leaves_the_earlier_day() -> None:
    on = date(2025, 3, 4)
    picture = story(filed(on), Fact(0, StepKind.EXTENDED, date(2025, 9, 1)))
    assert kinds(picture)[ClockKind.ANSWER].due_on == due("app.answer", on).due_on


@st.composite
def lives(draw: st.DrawFn) -> list[Fact]:
    """Steps that are tried one after another; those that are refused are left out."""
    facts = [Fact(1, StepKind.OPENED, date(2024, 1, 8), body="body", person="p")]
    on = date(2024, 1, 8)
    for _try in range(draw(st.integers(0, 12))):
        picture = picture_of(facts)
        kind = draw(st.sampled_from(list(StepKind)))
        on += timedelta(days=draw(st.integers(-3, 40)))
        fact = Fact(
            facts[-1].number + 1,
            kind,
            on,
            procedure=draw(st.sampled_from(list(Procedure))) if kind == StepKind.FILED else "",
            body=draw(st.sampled_from(["", "other", "body"])),
            finding=draw(st.sampled_from(["", *Finding])),
            outcome="advised",
            evidence="nothing",
        )
        try:
            check(picture, fact, TODAY, LAW)
        except DomainError:
            continue
        facts.append(fact)
    return facts


@given(lives())
def test_whatever_was_let_in_adds_up_with_days_in_order(facts: list[Fact]) -> None:
    picture = picture_of(facts)
    shown = projection(picture, LAW)
    assert (shown.stage == Stage.CLOSED) == (shown.closed_on is not None)
    assert shown.stage != Stage.CLOSED or shown.next_due_on is None
    ours = {StepKind.OPENED, StepKind.ASSIGNED, StepKind.MOVED}
    days = [fact.on for fact in standing(facts) if fact.kind not in ours]
    assert days == sorted(days)
    assert all(kind in ALLOWED[picture.stage] for kind in next_kinds(picture))


@given(lives())
def test_what_lists_show_does_not_depend_on_how_often_it_is_asked(facts: list[Fact]) -> None:
    assert projection(picture_of(facts), LAW) == projection(picture_of(list(facts)), LAW)
    running = [clock for clock in clocks(picture_of(facts), LAW) if clock.is_running]
    assert len(running) <= 1


@pytest.mark.parametrize("procedure", list(Procedure))
def test_every_procedure_has_rules_that_exist(procedure: Procedure) -> None:
    terms: Terms = TERMS[procedure]
    for rule in (terms.answer, terms.extension, terms.complaint):
        if rule:
            assert rule_on(LAW.rules, rule, TODAY).rule_id == rule
