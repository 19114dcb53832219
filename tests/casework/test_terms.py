"""Answers in time, late, and never: each term counts once, and opens the list that it counts."""

from datetime import date, timedelta

import pytest
from django.test import Client

from baqylau.casework.figures import FOLDS
from baqylau.casework.figures_terms import FIGURES
from baqylau.casework.models import Case, Step
from baqylau.casework.queries import answers
from baqylau.casework.rules.facts import Fact
from baqylau.casework.rules.terms import ended_terms, is_in_time, is_silence
from baqylau.casework.services import strike_step
from baqylau.casework.taxonomy import StepKind
from baqylau.figures import verification
from baqylau.figures.queries.telling import last_number
from baqylau.figures.rules.results import Answer, Estimate, Exact, Why, Withheld
from baqylau.figures.services.folding import catch_up, counted, fold_next
from baqylau.journal.models import Entry
from tests.casework.making import ADVISER, AKIMAT, FILED, POLICE, filed, happen, open_one, silent
from tests.casework.test_figures import asked, parts, whole
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DUE = date(2026, 5, 28)
"""The last day of an appeal that was filed on FILED."""
DAY = timedelta(days=1)


def answered(on: date, body: str = AKIMAT, **changes: str) -> Case:
    """A case whose appeal was answered on the day."""
    case = open_one(opened_on=FILED, body=body, **changes)
    happen(case, "filed", FILED, procedure="appeal")
    return happen(case, "answered", on)


def numbers() -> tuple[Answer, ...]:
    """Answers and silence of the year."""
    return whole("casework.answers"), whole("casework.silence")


def in_time() -> tuple[int | None, int]:
    """So many in time, of so many."""
    found = whole("casework.in_time")
    assert isinstance(found, Estimate)
    return found.part, found.n


def test_an_answer_on_the_last_day_is_in_time_and_one_a_day_later_is_not(house: None) -> None:
    answered(DUE)
    assert in_time() == (1, 1)
    answered(DUE + DAY)
    assert in_time() == (1, 2)
    assert numbers() == (Exact(2), Exact(0))


def test_the_last_day_is_written_into_the_step_and_into_the_journal(house: None) -> None:
    case = answered(DUE)
    step = Step.objects.select_related("body").get(case=case, kind="answered")
    assert step.body
    assert (step.due_on, step.body.code) == (DUE, AKIMAT)
    entry = Entry.objects.filter(subject=f"case:{case.number}").order_by("-number")[0]
    assert f'"due_on":"{DUE}"' in entry.payload


def test_silence_counts_on_the_day_it_was_noted_and_a_later_answer_changes_nothing(
    house: None,
) -> None:
    case = silent()
    assert numbers() == (Exact(1), Exact(1))
    assert whole("casework.silence", "2026-06") == Exact(1)
    happen(case, "answered", FILED + timedelta(days=40))
    assert numbers() == (Exact(1), Exact(1))
    assert in_time() == (0, 1)


def test_a_case_closed_without_an_answer_is_silence_after_the_last_day_alone(house: None) -> None:
    details = {"outcome": "lost", "evidence": "nothing"}
    happen(filed(), "closed", DUE, **details)
    assert whole("casework.in_time") == Withheld(Why.NOTHING)
    happen(filed(), "closed", DUE + DAY, **details)
    assert numbers() == (Exact(1), Exact(1))


def test_a_case_that_is_opened_again_and_answered_then_counts_once(house: None) -> None:
    case = happen(filed(), "closed", DUE + DAY, outcome="lost", evidence="nothing")
    happen(case, "reopened", DUE + 2 * DAY)
    happen(case, "answered", DUE + 3 * DAY)
    assert numbers() == (Exact(1), Exact(1))


def test_what_is_filed_anew_is_another_term(house: None) -> None:
    case = answered(DUE)
    happen(case, "reviewed", DUE + DAY, finding="granted")
    happen(case, "filed", DUE + 2 * DAY, procedure="appeal", body=POLICE)
    happen(case, "answered", DUE + 3 * DAY)
    assert in_time() == (2, 2)
    assert parts("casework.answers", "body") == {AKIMAT: Exact(1), POLICE: Exact(1)}


def test_after_a_redirection_the_other_body_owes_the_answer(house: None) -> None:
    case = filed()
    happen(case, "redirected", FILED + 2 * DAY, body=POLICE)
    happen(case, "answered", DUE + DAY)
    assert parts("casework.answers", "body") == {POLICE: Exact(1)}
    assert in_time() == (1, 1)


def test_an_extension_moves_the_last_day(house: None) -> None:
    case = filed()
    happen(case, "extended", FILED + DAY)
    happen(case, "answered", DUE + 10 * DAY)
    assert in_time() == (1, 1)


def test_a_second_answer_counts_no_more(house: None) -> None:
    case = answered(DUE)
    happen(case, "reviewed", DUE + DAY, finding="beside")
    happen(case, "answered", DUE + 9 * DAY)
    assert in_time() == (1, 1)


def test_silence_that_is_struck_out_lets_the_answer_count(house: None) -> None:
    case = silent()
    happen(case, "answered", FILED + timedelta(days=40))
    strike_step(actor=ADVISER, number=case.number, target=3)
    assert numbers() == (Exact(1), Exact(0))
    assert in_time() == (0, 1)
    assert list(verification.differences()) == []


def _lives() -> None:
    """Terms that ended in every way."""
    answered(DUE, kind="corruption")
    answered(DUE + DAY, body=POLICE, service="s901")
    happen(silent(), "answered", FILED + timedelta(days=40))
    struck = answered(DUE)
    strike_step(actor=ADVISER, number=struck.number, target=3)
    happen(struck, "answered", DUE + 2 * DAY)
    case = filed()
    happen(case, "redirected", FILED + DAY, body=POLICE)
    happen(case, "closed", DUE + 20 * DAY, outcome="silence", evidence="nothing")
    filed()


def test_steps_folded_one_by_one_and_all_together_are_the_same(house: None) -> None:
    _lives()
    (fold,) = FOLDS
    while fold_next(fold=fold, last=last_number(), most=1):
        pass
    assert verification.kept(fold) == counted(fold, last_number())


def _length(client: Client, url: str) -> int:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.text.count('<td class="ref"')


@pytest.mark.parametrize("known", FIGURES, ids=lambda each: str(each.code))
def test_every_number_is_the_length_of_the_list_that_it_opens(
    house: None, cast: Cast, known: object
) -> None:
    from baqylau.figures.queries import pages  # noqa: PLC0415 - beside its one use

    _lives()
    catch_up()
    of, compared = next(each for each in FIGURES if each is known), 0
    for by in of.dimensions:
        for row in pages.table(of, asked("2026-Q2"), by.code).rows:
            if not row.url or isinstance(row.answer, Withheld):
                continue
            client = cast.coordinator.client
            if isinstance(row.answer, Estimate):
                assert _length(client, row.url) == row.answer.n
                assert row.counted
                assert _length(client, row.counted) == row.answer.part
            else:
                assert row.answer == Exact(_length(client, row.url))
            compared += 1
    assert compared


def test_the_list_goes_on_page_by_page_and_loses_nothing(
    house: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "PAGE", 2)
    _lives()
    place, found = None, []
    while True:
        page = answers.page(answers.Wanted(), place)
        found += [step.pk for step in page.rows]
        place = page.next
        if place is None:
            break
    assert len(found) == len(set(found)) == 5
    text = cast.coordinator.client.get("/desk/cases/answers/").text
    assert "after=" in text


@pytest.mark.parametrize("wrong", ["2026-99-01", "x", "", "9" * 400, "-"])
def test_a_wrong_address_narrows_nothing(house: None, cast: Cast, wrong: str) -> None:
    answered(DUE)
    asked_for = {"from": wrong, "until": wrong, "how": wrong, "kind": wrong if wrong != "-" else ""}
    answer = cast.coordinator.client.get("/desk/cases/answers/", asked_for)
    assert answer.text.count('<td class="ref"') == 1


def test_the_list_says_what_it_is_narrowed_to(house: None, cast: Cast) -> None:
    silent()
    text = cast.coordinator.client.get(
        f"/desk/cases/answers/?from=2026-04-01&until=2026-07-01&body={AKIMAT}&how=silence"
    ).text
    assert "01.04.2026 – 30.06.2026" in text
    assert "Тараз қаласының әкімдігі" in text
    assert '<tr class="late">' in text


def test_only_who_sees_cases_sees_the_list(house: None, cast: Cast) -> None:
    assert cast.editor.client.get("/desk/cases/answers/").status_code == 403


def test_a_step_without_a_last_day_ends_no_term() -> None:
    steps = [
        Fact(1, StepKind.FILED, FILED),
        Fact(2, StepKind.ANSWERED, DUE),
        Fact(3, StepKind.SILENCE, DUE + DAY, due_on=DUE),
    ]
    assert ended_terms(steps) == steps[2:]
    assert is_silence(steps[2])
    assert not is_in_time(steps[2])
    assert not is_in_time(steps[1])
