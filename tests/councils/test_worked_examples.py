"""Each clock of the module against the worked examples of the shared law.

The examples say from which day so many working days lead to which: a clock is asked with the start
of every one of them, and the day that it gives is counted by hand beside it, over the days that
the examples themselves were written for.
"""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from baqylau.councils.models import DraftKind
from baqylau.councils.queries.drafts import least
from baqylau.councils.rules.clocks import (
    ANSWER_RULES,
    NOTICE_RULE,
    SEND_RULE,
    answer_deadline,
    notice_clock,
    sending_clock,
)
from baqylau.councils.rules.steps import Fact, picture_of
from baqylau.councils.taxonomy import DocumentKind
from baqylau.law.deadline import Deadline
from baqylau.law.rules import rule_on
from tests.casework.test_clocks import LAW

VECTORS = Path(__file__).parents[1] / "law" / "vectors"
TERMS = {
    "pc.final_doc_send": 7,
    "pc.final_doc_answer": 10,
    "pc.hearing_notice": -3,
    "council.answer": 10,
    "app.answer": 15,
    "svc.draft_discussion": 10,
}
"""Working days, as the shared table of terms gives them."""


def starts() -> list[date]:
    """The first days of the worked examples."""
    found = []
    for name in ("calendar-vectors.tsv", "term-vectors.tsv"):
        with (VECTORS / name).open(encoding="utf-8", newline="") as table:
            found += [
                date.fromisoformat(row["start"]) for row in csv.DictReader(table, delimiter="\t")
            ]
    return found


def examples(amount: int) -> dict[date, date]:
    """Worked examples of exactly so many working days: first day and last."""
    found = {}
    with (VECTORS / "calendar-vectors.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            if int(row["working_days"]) == amount:
                found[date.fromisoformat(row["start"])] = date.fromisoformat(row["due"])
    with (VECTORS / "term-vectors.tsv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            if row["unit"] == "working_day" and int(row["amount"]) == amount:
                found[date.fromisoformat(row["start"])] = date.fromisoformat(row["due"])
    return found


def by_hand(start: date, amount: int) -> date:
    """Day by day over the calendar, the first day not counted."""
    step = timedelta(days=1 if amount > 0 else -1)
    day, left = start, abs(amount)
    while left:
        day += step
        left -= LAW.calendar.is_working_day(day)
    return day


def sending(start: date) -> Deadline:
    clock = sending_clock(DocumentKind.FINAL, start, None, LAW)
    assert clock is not None
    return clock.deadline


def answer(kind: str) -> Callable[[date], Deadline]:
    def ask(start: date) -> Deadline:
        picture = picture_of(start, [Fact(1, "sent", start), Fact(2, "received", start)])
        found = answer_deadline(picture, kind, LAW)
        assert found is not None
        return found

    return ask


def notice(start: date) -> Deadline:
    """Back from the hearing."""
    early = start - timedelta(days=30)
    picture = picture_of(early, [Fact(1, "sent", early), Fact(2, "notice", early, until_on=start)])
    clock = notice_clock(picture, LAW)
    assert clock is not None
    return clock.deadline


CLOCKS: dict[str, Callable[[date], Deadline]] = {
    SEND_RULE: sending,
    NOTICE_RULE: notice,
    **{rule: answer(kind) for kind, rule in ANSWER_RULES.items()},
}


@pytest.mark.parametrize("rule", TERMS)
def test_a_term_is_as_long_as_the_shared_table_says(rule: str) -> None:
    found = rule_on(LAW.rules, rule, date(2026, 5, 4))
    assert (found.amount, found.unit.value) == (TERMS[rule], "working_day")


@pytest.mark.parametrize("start", starts(), ids=str)
@pytest.mark.parametrize("rule", CLOCKS)
def test_each_clock_counts_from_the_hard_days_as_by_hand(rule: str, start: date) -> None:
    counted_from = start
    # An appeal that comes on a day off is registered on the next working day (article 64).
    while rule == "app.answer" and not LAW.calendar.is_working_day(counted_from):
        counted_from += timedelta(days=1)
    assert CLOCKS[rule](start).due_on == by_hand(counted_from, TERMS[rule])


@pytest.mark.parametrize("rule", [rule for rule in CLOCKS if examples(TERMS[rule])])
def test_where_an_example_has_the_clocks_own_length_its_day_is_the_clocks_day(rule: str) -> None:
    for start, due in examples(TERMS[rule]).items():
        assert CLOCKS[rule](start).due_on == due
        assert by_hand(start, TERMS[rule]) == due


def test_there_are_examples_for_the_answer_to_a_letter_and_for_the_notice() -> None:
    assert len(examples(TERMS["app.answer"])) >= 2
    assert len(examples(TERMS[NOTICE_RULE])) >= 1


@pytest.mark.django_db
@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("start", starts(), ids=str)
def test_a_draft_on_public_services_stays_open_as_long_as_the_law_wants(start: date) -> None:
    found = least(DraftKind.SERVICE, start)
    assert found is not None
    assert found.due_on == by_hand(start, TERMS["svc.draft_discussion"])
    assert least(DraftKind.DECISION, start) is None
