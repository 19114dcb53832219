"""Figures of cases: each number is the length of the list that it opens, whatever happens."""

from datetime import date, timedelta

import pytest
from django.test import Client

from baqylau.casework.figures import FIGURES, FOLDS
from baqylau.casework.models import Case
from baqylau.casework.services import assign, strike_step
from baqylau.casework.taxonomy import Outcome
from baqylau.figures import verification
from baqylau.figures.queries import pages
from baqylau.figures.queries.definitions import figure
from baqylau.figures.queries.telling import last_number
from baqylau.figures.rules.results import Answer, Estimate, Exact, Why, Withheld
from baqylau.figures.rules.spans import choose
from baqylau.figures.services.folding import catch_up, counted, fold_next
from baqylau.journal.queries import rows as entries
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from tests.casework.making import (
    ADVISER,
    AKIMAT,
    FILED,
    POLICE,
    SCHOOL,
    closed,
    filed,
    happen,
    open_one,
    silent,
)
from tests.cast import Cast

pytestmark = pytest.mark.django_db

COORDINATOR = Actor("coordinator-1", frozenset({"coordinator"}))


def asked(period: str = "2026") -> pages.Asked:
    """A coordinator asks today."""
    chosen = choose(period)
    assert chosen
    return pages.Asked(COORDINATOR, chosen, clock.today())


def whole(code: str, period: str = "2026") -> Answer:
    """A figure's whole as it is now."""
    catch_up()
    return pages.whole(figure(code), asked(period)).answer


def parts(code: str, by: str, period: str = "2026") -> dict[str, Answer]:
    """A figure by a dimension, as it is now."""
    catch_up()
    rows = pages.table(figure(code), asked(period), by).rows
    return {row.value: row.answer for row in rows if row.answer != Exact(0)}


def test_a_case_counts_on_the_day_it_was_opened(house: None) -> None:
    filed(date(2026, 3, 30))
    filed(date(2026, 4, 2))
    assert whole("casework.opened") == Exact(2)
    assert whole("casework.opened", "2026-Q1") == Exact(1)
    assert whole("casework.opened", "2026-05") == Exact(0)
    assert parts("casework.opened", "body") == {AKIMAT: Exact(2)}


def test_a_case_that_is_redirected_counts_with_the_body_that_has_it_now(house: None) -> None:
    case = filed()
    assert parts("casework.opened", "body") == {AKIMAT: Exact(1)}
    happen(case, "redirected", FILED + timedelta(days=2), body=POLICE)
    assert parts("casework.opened", "body") == {POLICE: Exact(1)}
    assert whole("casework.opened") == Exact(1)


def test_a_case_that_is_opened_again_is_not_closed_any_more(house: None) -> None:
    case = closed()
    assert parts("casework.closed", "outcome") == {"appeal_won": Exact(1)}
    happen(case, "reopened", FILED + timedelta(days=20))
    assert whole("casework.closed") == Exact(0)
    assert whole("casework.solved") == Withheld(Why.NOTHING)
    details = {"outcome": "unfounded", "evidence": "letter"}
    happen(case, "closed", FILED + timedelta(days=30), **details)
    assert parts("casework.closed", "outcome") == {"unfounded": Exact(1)}


def test_a_closing_that_is_struck_out_takes_its_number_back(house: None) -> None:
    case = closed()
    catch_up()
    strike_step(actor=ADVISER, number=case.number, target=5)
    assert whole("casework.closed") == Exact(0)
    # Read from the first entry, nothing is left of it either.
    assert list(verification.differences()) == []


def test_what_changes_no_number_leaves_all_as_they_are(house: None, cast: Cast) -> None:
    case = filed()
    before = whole("casework.opened")
    assign(actor=cast.coordinator.actor, number=case.number, person=cast.adviser.actor.key)
    assert whole("casework.opened") == before


def test_solved_is_what_the_person_came_for(house: None) -> None:
    for outcome in Outcome:
        case = open_one(opened_on=FILED)
        details = {"outcome": outcome, "evidence": "letter"}
        happen(case, "closed", FILED + timedelta(days=5), **details)
    share = whole("casework.solved")
    assert isinstance(share, Estimate)
    assert (share.part, share.n) == (4, len(Outcome))
    assert share.low < share.value < share.high


def test_days_run_from_opening_to_closing(house: None) -> None:
    for days in (1, 2, 3, 4, 5, 6, 7):
        case = open_one(opened_on=FILED)
        details = {"outcome": "advised", "evidence": "nothing"}
        happen(case, "closed", FILED + timedelta(days=days), **details)
    found = whole("casework.days")
    assert isinstance(found, Estimate)
    assert (found.value, found.low, found.high, found.n) == (4, 1, 7, 7)


def test_five_closed_cases_have_no_median(house: None) -> None:
    for _case in range(5):
        closed()
    assert whole("casework.days") == Withheld(Why.FEW)


def test_a_body_is_late_today_and_was_not_before(house: None) -> None:
    filed()
    silent()
    assert whole("casework.overdue") == Exact(1)
    assert parts("casework.overdue", "body") == {AKIMAT: Exact(1)}
    early = pages.Asked(COORDINATOR, asked().chosen, date(2026, 5, 27))
    assert pages.whole(figure("casework.overdue"), early).answer == Exact(0)


def _lives() -> None:
    """Cases of many kinds in many states."""
    for number, body in enumerate([AKIMAT, POLICE, SCHOOL] * 3):
        kind = "corruption" if number % 4 == 0 else "service_failure"
        case = open_one(body=body, kind=kind, service="s901" if number % 2 else "", opened_on=FILED)
        if number % 3 == 1:
            happen(case, "filed", FILED + timedelta(days=number), procedure="appeal")
        if number % 3 == 2:
            outcome = {"outcome": "solved" if number % 2 else "unfounded", "evidence": "letter"}
            happen(case, "closed", FILED + timedelta(days=number), **outcome)
    open_one(body="")
    for _case in range(4):
        closed()
    happen(closed(), "reopened", FILED + timedelta(days=20))
    silent()


def _length(client: Client, url: str) -> int:
    """How many rows the list has on all its pages."""
    length, place = 0, ""
    while True:
        answer = client.get(f"{url}{place}")
        assert answer.status_code == 200, url
        length += answer.text.count('<td class="ref"')
        further = answer.context["page"].next
        if further is None:
            return length
        place = f"&after={further}"


def _said(answer: Answer) -> int:
    """The length of the list behind an answer: of an estimate its n."""
    if isinstance(answer, Exact):
        return answer.number
    assert isinstance(answer, Estimate)
    return answer.n


@pytest.mark.parametrize("known", FIGURES, ids=lambda each: str(each.code))
def test_every_number_is_the_length_of_the_list_that_it_opens(
    house: None, cast: Cast, known: object
) -> None:
    _lives()
    catch_up()
    assert known in FIGURES
    client, compared = cast.coordinator.client, 0
    of = next(each for each in FIGURES if each is known)
    for by in of.dimensions:
        question = asked("2026-Q2")
        rows = [pages.whole(of, question), *pages.table(of, question, by.code).rows]
        for row in rows:
            if row.url and not isinstance(row.answer, Withheld):
                assert _length(client, row.url) == _said(row.answer), row.url
                if row.counted:
                    assert isinstance(row.answer, Estimate)
                    assert _length(client, row.counted) == row.answer.part, row.counted
                compared += 1
    assert compared


def test_steps_folded_one_by_one_and_all_together_are_the_same(house: None) -> None:
    _lives()
    (fold,) = FOLDS
    while fold_next(fold=fold, last=last_number(), most=1):
        pass
    assert verification.kept(fold) == counted(fold, last_number())


def test_the_list_says_what_it_is_narrowed_to_and_carries_it_on(house: None, cast: Cast) -> None:
    filed()
    text = cast.coordinator.client.get(
        f"/desk/cases/?state=&opened_from=2026-04-01&opened_until=2026-07-01&body={AKIMAT}&room=-"
    ).text
    assert "01.04.2026 – 30.06.2026" in text
    assert "Тараз қаласының әкімдігі" in text
    assert '<input type="hidden" name="opened_from" value="2026-04-01">' in text
    assert '<input type="hidden" name="room" value="-">' in text


@pytest.mark.parametrize("wrong", ["2026-99-01", "x", "", "9" * 400, "2026-04-01T00:00"])
def test_a_wrong_day_in_the_address_narrows_nothing(house: None, cast: Cast, wrong: str) -> None:
    filed()
    answer = cast.coordinator.client.get("/desk/cases/", {"opened_from": wrong, "outcome": wrong})
    assert answer.status_code == 200


def test_numbers_are_counted_for_cases_alone_and_name_nobody(house: None) -> None:
    _lives()
    catch_up()
    people = {row[3] for row in entries("default")} - {"system"}
    kept = " ".join(key[4] for fold in FOLDS for key in verification.kept(fold))
    assert Case.objects.count()
    assert not [key for key in people if key in kept]
