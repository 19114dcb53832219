"""What may follow what, dates that cannot contradict each other, mistakes taken back."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from baqylau.casework.models import Case, Step
from baqylau.casework.rules.refusals import StepRefusedError
from baqylau.casework.services import assign, move_to_heir, strike_step
from baqylau.casework.services.writing import AbolishedError, TiedError
from baqylau.institutions.models import Institution
from baqylau.institutions.services import add_interest, close
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.law.errors import LawError
from tests.casework.making import (
    ADVISER,
    AKIMAT,
    FILED,
    POLICE,
    closed,
    filed,
    happen,
    open_one,
    silent,
)
from tests.cast import make_user

pytestmark = pytest.mark.django_db
DUE = date(2026, 5, 28)


def test_an_appeal_starts_the_clock(house: None) -> None:
    case = filed()
    assert (case.stage, case.procedure, case.next_due_on) == ("filed", "appeal", DUE)
    assert case.is_unsure
    assert case.body is not None
    assert case.body.code == AKIMAT


def test_an_appeal_may_be_older_than_the_case(house: None) -> None:
    case = happen(open_one(), "filed", FILED, procedure="appeal")
    assert case.next_due_on == DUE


@pytest.mark.parametrize(
    ("code", "words"), [("kk", "бұрын келмейді"), ("ru", "раньше обращения"), ("en", "before the")]
)
def test_an_answer_before_the_appeal_is_refused_in_a_sentence(
    house: None, code: str, words: str
) -> None:
    case = filed()
    with pytest.raises(StepRefusedError) as refusal:
        happen(case, "answered", FILED - timedelta(days=1))
    with translation.override(code):
        assert words in refusal.value.message
    assert refusal.value.field == "on"
    assert Step.objects.filter(case=case).count() == 2


def test_a_redirection_before_the_filing_is_refused_in_its_own_sentence(house: None) -> None:
    case = filed()
    with pytest.raises(StepRefusedError) as refusal:
        happen(case, "redirected", FILED - timedelta(days=1), body=POLICE)
    assert date_format(FILED) in refusal.value.message
    with translation.override("kk"):
        assert "қайта жіберілмейді" in refusal.value.message
    assert Step.objects.filter(case=case).count() == 2


def test_an_outcome_before_the_first_step_of_the_case_is_refused(house: None) -> None:
    case = open_one()
    with pytest.raises(StepRefusedError) as refusal:
        happen(case, "closed", date(2026, 6, 30), outcome="advised", evidence="nothing")
    assert refusal.value.field == "on"
    with translation.override("kk"):
        assert "2026 жылғы 1 шілде" in refusal.value.message
    with translation.override("ru"):
        assert "1 июля 2026" in refusal.value.message
    assert happen(case, "closed", date(2026, 7, 1), outcome="advised", evidence="nothing").closed_on


def test_an_outcome_before_the_case_was_opened_is_refused_though_the_filing_is_older(
    house: None,
) -> None:
    case = happen(open_one(), "filed", FILED, procedure="appeal")
    case = happen(case, "answered", FILED + timedelta(days=10))
    with pytest.raises(StepRefusedError):
        happen(case, "closed", date(2026, 6, 30), outcome="solved", evidence="letter")


@pytest.mark.parametrize("kind", ["extended", "answered", "silence", "redirected", "closed"])
def test_nothing_that_follows_from_a_filing_lies_before_it(house: None, kind: str) -> None:
    case = happen(
        open_one(opened_on=FILED - timedelta(days=20)), "filed", FILED, procedure="appeal"
    )
    given = {"outcome": "solved", "evidence": "letter"} if kind == "closed" else {}
    given |= {"body": POLICE} if kind == "redirected" else {}
    with pytest.raises(StepRefusedError) as refusal:
        happen(case, kind, FILED - timedelta(days=1), **given)
    assert refusal.value.field == "on"
    assert date_format(FILED) in refusal.value.message


@pytest.mark.parametrize("kind", ["forwarded", "decided", "court"])
def test_nothing_that_follows_from_a_complaint_lies_before_it(house: None, kind: str) -> None:
    case = happen(silent(), "complaint", date(2026, 6, 8))
    given = {"finding": "reasoned"} if kind == "decided" else {}
    with pytest.raises(StepRefusedError) as refusal:
        happen(case, kind, date(2026, 6, 7), **given)
    assert date_format(date(2026, 6, 8)) in refusal.value.message


def test_nothing_happens_tomorrow(house: None) -> None:
    with pytest.raises(StepRefusedError):
        happen(filed(), "answered", date(2026, 7, 2))


def test_a_step_lies_after_the_one_before_it(house: None) -> None:
    case = happen(filed(), "answered", FILED + timedelta(days=9))
    with pytest.raises(StepRefusedError):
        happen(case, "reviewed", FILED + timedelta(days=8), finding="granted")


def test_silence_is_noted_from_the_day_after_the_last(house: None) -> None:
    case = filed()
    with pytest.raises(StepRefusedError) as refusal:
        happen(case, "silence", DUE)
    assert date_format(DUE) in refusal.value.message
    case = happen(case, "silence", DUE + timedelta(days=1))
    assert (case.stage, case.next_due_on) == ("refused", date(2026, 8, 28))


def test_the_passing_of_time_changes_no_row(house: None) -> None:
    case = filed()
    assert list(Case.objects.overdue(DUE)) == []
    assert list(Case.objects.overdue(DUE + timedelta(days=1))) == [case]


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        ("filed", {}),
        ("filed", {"procedure": "prayer"}),
        ("closed", {"outcome": "appeal_won"}),
        ("closed", {"outcome": "appeal_won", "evidence": "nothing"}),
        ("closed", {"outcome": "advised"}),
        ("answered", {}),
        ("court", {}),
        ("struck", {}),
        ("opened", {}),
        ("nonsense", {}),
        ("filed", {"procedure": "appeal", "reference": "Әлия Серікова"}),
        ("filed", {"procedure": "appeal", "body": "ffffffff"}),
    ],
)
def test_what_cannot_follow_or_says_too_little_is_refused(
    house: None, kind: str, details: dict[str, str]
) -> None:
    case = open_one()
    with pytest.raises(DomainError):
        happen(case, kind, date(2026, 7, 1), **details)
    assert Step.objects.count() == 1


def test_impossible_days_are_refused_by_the_calendar(house: None) -> None:
    with pytest.raises(LawError):
        happen(open_one(), "filed", date(1991, 12, 16), procedure="appeal")


def test_an_extension_after_the_term_is_refused_by_the_law(house: None) -> None:
    with pytest.raises(LawError):
        happen(filed(), "extended", DUE + timedelta(days=5))
    case = happen(filed(), "extended", FILED + timedelta(days=5), until=date(2026, 6, 15))
    assert case.next_due_on == date(2026, 6, 15)


def test_redirection_goes_to_another_body_and_begins_anew(house: None) -> None:
    case = filed()
    with pytest.raises(StepRefusedError):
        happen(case, "redirected", FILED + timedelta(days=2), body=AKIMAT)
    case = happen(case, "redirected", date(2026, 5, 6), body=POLICE)
    assert case.body_id == Institution.objects.get(code=POLICE).pk
    assert case.next_due_on is not None
    assert case.next_due_on > DUE


def test_only_an_outcome_closes_and_a_closed_case_owes_nothing(house: None) -> None:
    case = closed()
    assert (case.stage, case.outcome, case.next_due_on) == ("closed", "appeal_won", None)
    assert case.closed_on == FILED + timedelta(days=12)
    with pytest.raises(StepRefusedError):
        happen(case, "answered", date(2026, 6, 1))
    case = happen(case, "reopened", date(2026, 6, 1))
    assert (case.stage, case.outcome, case.closed_on) == ("reviewed", "", None)


def test_a_refusal_leads_to_complaint_decision_and_court(house: None) -> None:
    case = happen(silent(), "complaint", date(2026, 6, 8))
    assert case.next_due_on == date(2026, 6, 11)
    case = happen(case, "forwarded", date(2026, 6, 11))
    case = happen(case, "decided", date(2026, 6, 30), finding="reasoned")
    assert (case.stage, case.next_due_on) == ("decided", date(2026, 7, 30))
    case = happen(case, "court", date(2026, 7, 1))
    assert (case.stage, case.next_due_on) == ("in_court", None)


def test_the_same_form_sent_twice_writes_once(house: None) -> None:
    case = filed()
    happen(case, "answered", date(2026, 6, 1), seen=2)
    with pytest.raises(ConflictError):
        happen(case, "answered", date(2026, 6, 1), seen=2)
    assert Step.objects.filter(case=case).count() == 3


def test_a_mistake_is_struck_out_and_stays_to_be_seen(house: None) -> None:
    case = happen(filed(), "answered", date(2026, 6, 1))
    case = strike_step(actor=ADVISER, number=case.number, target=3)
    assert (case.stage, case.next_due_on, case.steps) == ("filed", DUE, 4)
    assert Step.objects.filter(case=case).count() == 4
    case = happen(case, "silence", date(2026, 6, 2))
    with pytest.raises(StepRefusedError):
        strike_step(actor=ADVISER, number=case.number, target=2)
    for nothing in (1, 3, 4, 77):
        with pytest.raises(StepRefusedError):
            strike_step(actor=ADVISER, number=case.number, target=nothing)


def test_striking_a_redirection_brings_the_first_body_back(house: None) -> None:
    case = happen(filed(), "redirected", date(2026, 5, 6), body=POLICE)
    case = strike_step(actor=ADVISER, number=case.number, target=3)
    assert (case.body_id, case.next_due_on) == (Institution.objects.get(code=AKIMAT).pk, DUE)


def test_cases_are_given_to_those_who_work_on_cases(house: None) -> None:
    case = filed()
    lawyer, editor = make_user("lawyer"), make_user("editor")
    assert assign(actor=ADVISER, number=case.number, person=lawyer.key).person == lawyer.key
    assert assign(actor=ADVISER, number=case.number, person=lawyer.key).steps == 3
    for other in (editor.key, "", "nobody"):
        with pytest.raises(DomainError):
            assign(actor=ADVISER, number=case.number, person=other)


def test_a_conflict_of_interest_blocks_assignment_and_work(house: None) -> None:
    case = filed()
    lawyer = make_user("lawyer")
    akimat = Institution.objects.get(code=AKIMAT)
    for person in (lawyer.key, ADVISER.key):
        add_interest(actor=SYSTEM, institution=akimat, person=person, tie="works")
    with pytest.raises(TiedError):
        assign(actor=SYSTEM, number=case.number, person=lawyer.key)
    with pytest.raises(TiedError):
        happen(case, "answered", date(2026, 6, 1))
    with pytest.raises(TiedError):
        strike_step(actor=ADVISER, number=case.number, target=2)


def test_a_case_goes_on_with_the_successor(house: None) -> None:
    case = filed()
    with pytest.raises(StepRefusedError):
        move_to_heir(actor=ADVISER, number=case.number)
    close(actor=SYSTEM, code=AKIMAT, until_on=date(2026, 6, 1), successor=POLICE)
    with pytest.raises(AbolishedError):
        happen(silent_again(case), "complaint", date(2026, 6, 20), body=AKIMAT)
    case = move_to_heir(actor=ADVISER, number=case.number)
    assert case.body_id == Institution.objects.get(code=POLICE).pk


def silent_again(case: Case) -> Case:
    return happen(case, "silence", date(2026, 6, 10))


def test_a_step_costs_a_handful_of_statements(
    house: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = filed()
    with django_assert_max_num_queries(10):
        happen(case, "answered", date(2026, 6, 1))
