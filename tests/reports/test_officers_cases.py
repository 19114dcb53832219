"""A case without names, and the last word of a report."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from baqylau.casework.models import Case
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.reports.models import Report
from baqylau.reports.rules.contents import Kind, dumped, loaded
from baqylau.reports.rules.endings import MONTHS, delete_on
from baqylau.reports.services import answering, closing, triage
from baqylau.reports.services.once import add_once
from baqylau.reports.services.triage import Chosen
from baqylau.reports.taxonomy import Ending, State
from tests.casework.making import AKIMAT, TARAZ
from tests.cast import Cast
from tests.reports.making import STORY, file
from tests.reports.officers import (
    MARK,
    OTHER,
    KilledError,
    Officer,
    add,
    fresh,
    killed,
    reporter_says,
)

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
CHOSEN = Chosen("corruption", TARAZ, "normal", 2, AKIMAT)


def opened(officer: Officer, report: Report, mark: str = MARK, seen: int = 0) -> str:
    row = fresh(report)
    return triage.triage(
        desk=officer.desk(row),
        talk=officer.talk(row).items(),
        actor=officer.held.actor,
        chosen=CHOSEN,
        mark=mark,
        seen=seen,
    )


def test_without_agreement_no_case_is_opened(places: None, pair: list[Officer]) -> None:
    _filed, report = file()
    with pytest.raises(DomainError) as refused:
        opened(pair[0], report)
    assert refused.value.code == "not_agreed"
    assert not Case.objects.exists()


def test_an_officer_cannot_write_the_reporters_agreement(places: None, pair: list[Officer]) -> None:
    _filed, report = file()
    forger = pair[0]
    assert add(forger.talk(report), Kind.AGREED, forger.held)
    items = forger.talk(report).items()
    assert items[-1].kind == Kind.AGREED
    assert not triage.has_agreed(report, items)
    with pytest.raises(DomainError) as refused:
        opened(forger, report)
    assert refused.value.code == "not_agreed"
    assert not Case.objects.exists()
    reporter_says(report, pair[0].held, Kind.AGREED)
    assert opened(forger, report)


def test_a_case_holds_codes_and_nothing_that_leads_back(places: None, pair: list[Officer]) -> None:
    _filed, report = file()
    reporter_says(report, pair[0].held, Kind.AGREED)
    number = opened(pair[0], report)
    assert opened(pair[0], report) == number
    case = Case.objects.get()
    shown = json.dumps([str(value) for value in vars(case).values()])
    for secret in (report.pk, str(report.locator), STORY[:8], pair[0].held.actor.key):
        assert secret not in shown
    told = Entry.objects.using("default").filter(subject=f"case:{number}")
    assert {row.actor for row in told} == {"system"}
    assert not any(report.pk in row.payload for row in told)
    (one,) = triage.cases_of(pair[1].desk(fresh(report)).items())
    assert (one.number, one.chosen) == (number, CHOSEN)
    sealed = Entry.objects.using("sealed").values_list("payload", flat=True)
    assert not any(number in payload for payload in sealed)


@pytest.mark.parametrize("step", ["open_case", "settled"])
def test_a_case_that_was_cut_off_is_finished_once_at_the_next_opening(
    places: None, pair: list[Officer], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    _filed, report = file()
    reporter_says(report, pair[0].held, Kind.AGREED)
    with monkeypatch.context() as patch:
        if step == "open_case":
            patch.setattr(triage, "open_case", killed)
        else:
            patch.setattr(triage, "add_once", _dies_at_the_number)
        with pytest.raises(KilledError):
            opened(pair[0], report)
    desk = pair[1].desk(fresh(report))
    for _look in range(2):
        triage.complete(desk=desk, actor=pair[1].held.actor)
    (one,) = triage.cases_of(desk.items())
    assert one.number == Case.objects.get().number


def _dies_at_the_number(*, values: Mapping[str, object] | object, **given: Any) -> bool:  # noqa: ANN401 - what add_once takes
    if isinstance(values, dict) and "number" in values:
        raise KilledError
    return add_once(values=values, **given)  # type: ignore[arg-type] # as it came


def test_what_casework_refuses_is_given_up_and_said(places: None, pair: list[Officer]) -> None:
    _filed, report = file()
    reporter_says(report, pair[0].held, Kind.AGREED)
    desk = pair[0].desk(report)
    wrong = Chosen("corruption", "000000000", "normal", 2)
    with pytest.raises(DomainError):
        triage.triage(
            desk=desk,
            talk=pair[0].talk(report).items(),
            actor=pair[0].held.actor,
            chosen=wrong,
            mark=MARK,
            seen=0,
        )
    assert [one.is_given_up for one in triage.cases_of(desk.items())] == [True]
    assert opened(pair[0], report, OTHER, seen=1) == Case.objects.get().number


def test_two_officers_do_not_open_two_cases_without_knowing(
    places: None, pair: list[Officer]
) -> None:
    _filed, report = file()
    reporter_says(report, pair[0].held, Kind.AGREED)
    opened(pair[0], report)
    with pytest.raises(ConflictError):
        opened(pair[1], report, OTHER)
    assert Case.objects.count() == 1


def test_a_case_page_shows_nothing_of_its_report(
    places: None, pair: list[Officer], cast: Cast
) -> None:
    _filed, report = file()
    reporter_says(report, pair[0].held, Kind.AGREED)
    number = opened(pair[0], report)
    shown = cast.lawyer.client.get(f"/desk/cases/{number[2:]}/").text
    assert number in shown
    for secret in (report.pk, str(report.locator), pair[0].held.actor.key, STORY[:8]):
        assert secret not in shown


@pytest.mark.parametrize(("language", "word"), [("kk", "Хабарыңыз"), ("ru", "Ваше"), ("", "Хаб")])
def test_the_standard_sentence_is_said_once_in_the_reporters_language(
    pair: list[Officer], language: str, word: str
) -> None:
    _filed, report = file(answers=dumped({"story": STORY, "language": language}))
    for officer in pair:
        answering.acknowledge(to=officer.talk(fresh(report)), actor=officer.held.actor)
    said = [item for item in pair[0].talk(report).items() if item.kind == Kind.OFFICER]
    assert len(said) == 1
    assert loaded(said[0].content)["text"].startswith(word)
    assert fresh(report).acknowledged_on == clock.today()
    assert fresh(report).answered_on is None


def test_the_first_answer_acknowledges_and_feedback_is_kept_apart(pair: list[Officer]) -> None:
    _filed, report = file()
    to, actor = pair[0].talk(report), pair[0].held.actor
    answering.answer(to=to, actor=actor, text="Қашан?", mark=MARK)
    row = fresh(report)
    assert (row.state, row.acknowledged_on, row.answered_on) == (
        State.ANSWERED,
        clock.today(),
        None,
    )
    answering.answer(to=to, actor=actor, text="Болды.", mark=OTHER, is_feedback=True)
    assert fresh(report).answered_on == clock.today()
    answering.ask_for_case(to=to, actor=actor, text="Келісесіз бе?", mark="ef" * 16)
    assert loaded(to.items()[-1].content)["asks"] == "case"


@pytest.mark.parametrize("ending", Ending.values)
def test_a_closed_report_tells_by_its_day_of_deletion_alone_how_it_ended(
    pair: list[Officer], ending: str
) -> None:
    _filed, report = file()
    for _press in range(2):
        closing.close(
            talk=pair[0].talk(fresh(report)),
            desk=pair[0].desk(fresh(report)),
            actor=pair[0].held.actor,
            ending=ending,
            text="Рақмет.",
            mark=MARK,
        )
    row = fresh(report)
    assert (row.state, row.closed_on) == (State.CLOSED, clock.today())
    assert row.delete_on == delete_on(ending, clock.today())
    assert set(MONTHS.values()) == {1, 12, 36}
    assert closing.endings_of(pair[1].desk(row).items()) == [ending]
    assert [i.kind for i in pair[1].talk(row).items()] == [Kind.REPORT, Kind.OFFICER]
    for told in Entry.objects.using("sealed").filter(action__startswith="reports."):
        assert f'"{ending}"' not in told.payload
    reporter_says(row, pair[0].held, Kind.REPORTER, text="Тағы да")
    row = fresh(report)
    assert (row.state, row.closed_on, row.delete_on) == (State.NEW, None, None)
