"""The whole path: a talk, a case, a letter, its number, silence, a complaint, the outcome."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from baqylau.casework.models import Case
from baqylau.casework.queries.work import address
from baqylau.kernel import clock
from baqylau.kernel.modules import registry
from baqylau.reception.models import Consultation, Letter
from baqylau.reception.queries.letters import contents
from baqylau.reception.verification import differences
from tests.casework.making import AKIMAT
from tests.cast import Cast
from tests.reception.lettering import APPEAL, SILENCE
from tests.reception.making import record

pytestmark = pytest.mark.django_db
LETTERS = "/desk/reception/letters/"


@contextmanager
def on(day: date) -> Iterator[None]:
    """Noon of the day."""
    with clock.frozen(datetime(day.year, day.month, day.day, 7, tzinfo=UTC)):
        yield


def begin(cast: Cast) -> tuple[Consultation, Case]:
    """A talk on 1 July and the case that was opened from it, through the pages."""
    row = record(cast.adviser.actor, service="s901", kind="service_failure", body=AKIMAT)
    sent = {
        "kind": "service_failure",
        "territory": "311000000",
        "body": AKIMAT,
        "urgency": "normal",
        "severity": "2",
    }
    cast.adviser.client.post(f"/desk/reception/{row.number[2:]}/help/case/", sent)
    return row, Case.objects.get()


def write(cast: Cast, row: Consultation, kind: str, typed: dict[str, str]) -> Letter:
    """A letter through its pages, printed as PDF."""
    client = cast.adviser.client
    page = f"/desk/reception/{row.number[2:]}/help/letter/"
    client.post(page, {"kind": kind, "language": "kk"})
    of = Letter.objects.order_by("-id")[0]
    sent = {"seen": "1", "body": AKIMAT, **contents(of), **typed}
    answer = client.post(f"{LETTERS}{of.key}/write/", sent)
    assert answer.status_code == 302, answer.text
    assert client.post(f"{LETTERS}{of.key}/pdf/").content.startswith(b"%PDF")
    return of


def step(cast: Cast, case: Case, kind: str, **details: str) -> int:
    """A step through its page; the status that answers."""
    case.refresh_from_db()
    sent = {"on": clock.today().isoformat(), "seen": str(case.steps), **details}
    page = f"/desk/cases/{case.number[2:]}/step/{kind}/"
    status: int = cast.adviser.client.post(page, sent).status_code
    case.refresh_from_db()
    return status


def tasks(cast: Cast, case: Case) -> str:
    """What the adviser's worklist says about the case, "" for nothing."""
    shown = cast.adviser.client.get("/desk/").text
    return shown.partition(f'href="{address(case)}"')[2].partition("</tr>")[0]


def test_from_the_talk_to_an_appeal_that_was_won_after_silence(desk: None, cast: Cast) -> None:
    row, case = begin(cast)
    write(cast, row, "appeal", APPEAL)
    filed = {"procedure": "appeal", "body": AKIMAT, "reference": "ЖТ-2026-12345"}
    assert step(cast, case, "filed", **filed) == 302
    due = case.next_due_on
    assert due is not None

    with on(due):
        assert "overdue" not in tasks(cast, case)
        assert step(cast, case, "silence") == 400
        assert case.stage == "filed"
    with on(due + timedelta(days=1)):
        assert "Мерзімінде жауап келмеді" in tasks(cast, case)
        assert step(cast, case, "silence") == 302
        assert case.stage == "refused"
        of = write(cast, row, "silence", {**SILENCE, "answer_due": due.isoformat()})
        shown = cast.adviser.client.get(f"{LETTERS}{of.key}/").text
        assert f"/desk/cases/{case.number[2:]}/step/complaint/?" in shown
        assert step(cast, case, "complaint", body=AKIMAT, reference="Ш-77") == 302
    with on(due + timedelta(days=3)):
        assert step(cast, case, "forwarded") == 302
    with on(due + timedelta(days=20)):
        assert step(cast, case, "decided", finding="granted", reference="Ш-77/1") == 302
        assert step(cast, case, "closed", outcome="appeal_won", evidence="nothing") == 400
        assert step(cast, case, "closed", outcome="appeal_won", evidence="decision") == 302
        assert tasks(cast, case) == ""
    assert (case.stage, case.outcome) == ("closed", "appeal_won")
    assert list(differences()) == []


def test_the_complaint_about_silence_begins_with_what_the_case_knows(
    desk: None, cast: Cast
) -> None:
    row, case = begin(cast)
    step(cast, case, "filed", procedure="appeal", body=AKIMAT, reference="ЖТ-2026-12345")
    due = case.next_due_on
    assert due is not None
    with on(due + timedelta(days=1)):
        step(cast, case, "silence")
        page = f"/desk/reception/{row.number[2:]}/help/letter/"
        cast.adviser.client.post(page, {"kind": "silence", "language": "kk"})
        known = contents(Letter.objects.get())
    assert known["appeal_number"] == "ЖТ-2026-12345"
    assert known["appeal_date"] == "2026-07-01"
    assert known["answer_due"] == due.isoformat()


def test_an_answer_dated_before_the_appeal_is_refused_in_words(desk: None, cast: Cast) -> None:
    _row, case = begin(cast)
    step(cast, case, "filed", procedure="appeal", body=AKIMAT)
    sent = {"on": "2026-06-30", "seen": str(case.steps)}
    answer = cast.adviser.client.post(f"/desk/cases/{case.number[2:]}/step/answered/", sent)
    assert answer.status_code == 400
    assert 'id="id_on_error"' in answer.text
    assert 'value="2026-06-30"' in answer.text


def test_extension_and_redirection_move_the_last_day_and_the_page_says_how(
    desk: None, cast: Cast
) -> None:
    _row, case = begin(cast)
    step(cast, case, "filed", procedure="appeal", body=AKIMAT)
    first = case.next_due_on
    assert first is not None
    with on(date(2026, 7, 3)):
        assert step(cast, case, "redirected", body="0000000b", reference="12-1") == 302
        moved = case.next_due_on
        assert moved is not None
        assert moved > first
    with on(date(2026, 7, 10)):
        assert step(cast, case, "extended", reference="12-2") == 302
        assert case.next_due_on is not None
        assert case.next_due_on > moved
        shown = cast.adviser.client.get(f"/desk/cases/{case.number[2:]}/").text
    assert f'datetime="{case.next_due_on.isoformat()}"' in shown
    assert "<details>" in shown


def test_a_term_that_touches_a_year_whose_calendar_may_change_is_marked(
    desk: None, cast: Cast
) -> None:
    _row, case = begin(cast)
    with on(date(2026, 12, 21)):
        step(cast, case, "filed", procedure="appeal", body=AKIMAT)
        assert case.is_unsure
        assert case.next_due_on is not None
        assert case.next_due_on.year == 2027
        shown = cast.adviser.client.get(f"/desk/cases/{case.number[2:]}/").text
    assert "өзгеруі мүмкін" in shown


def test_every_room_may_show_what_belongs_to_a_case(desk: None, cast: Cast) -> None:
    row, case = begin(cast)
    related = registry["reception"].related
    assert related is not None
    subject = f"case:{case.number}"
    assert [hit.label for hit in related(cast.adviser.actor, subject)] == [row.number]
    assert list(related(cast.adviser.actor, "letter:x")) == []
    assert list(related(cast.outsider.actor, subject)) == []
