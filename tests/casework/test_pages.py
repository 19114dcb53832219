"""The desk's pages of cases: who may, what they show, how often they ask the database."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from baqylau.casework.models import Case, Step
from baqylau.casework.queries.cases import facts, facts_of, steps_of
from baqylau.casework.rules.advice import is_doubtful
from baqylau.casework.rules.facts import picture_of
from baqylau.casework.rules.refusals import next_kinds
from baqylau.institutions.models import Institution
from baqylau.institutions.services import add_interest, close
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.modules import registry
from baqylau.kernel.permissions import may
from tests.casework.making import (
    AKIMAT,
    FILED,
    POLICE,
    closed,
    filed,
    happen,
    make_more,
    open_one,
    silent,
)
from tests.casework.test_steps import DUE
from tests.cast import Cast, SignIn

pytestmark = pytest.mark.django_db
LIST = "/desk/cases/"


def page(case: Case) -> str:
    return f"{LIST}{case.number[2:]}/"


@pytest.mark.parametrize("role", ["adviser", "lawyer", "coordinator"])
def test_those_who_work_on_cases_see_them(house: None, sign_in: SignIn, role: str) -> None:
    case = filed()
    client = sign_in(role)
    assert case.number in client.get(LIST).text
    assert "27" in client.get(page(case)).text
    assert client.get(f"{page(case)}step/answered/").status_code == 200


# The worklist of these asks for keys and reports as well.
@pytest.mark.django_db(databases=["default", "sealed"])
@pytest.mark.parametrize(
    "role",
    ["administrator", "official", "editor", "intake_officer", "custodian", "shopper", "member"],
)
def test_all_others_see_none_of_it(house: None, sign_in: SignIn, role: str) -> None:
    case = filed()
    client = sign_in(role)
    for address in (LIST, page(case), f"{page(case)}step/answered/", f"{page(case)}assign/"):
        assert client.get(address).status_code == 403, address
    sent = client.post(f"{page(case)}strike/", {"seen": 2, "target": 2})
    assert sent.status_code == 403
    assert case.number not in client.get("/desk/").text
    assert case.number not in client.get("/desk/search/?q=1").text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_clock_explains_itself_in_the_readers_language(
    house: None, sign_in: SignIn, language: str
) -> None:
    case = filed()
    text = sign_in("adviser", language=language).get(page(case)).text
    assert {"kk": "заңгер", "ru": "юрист", "en": "lawyer"}[language] in text.lower()
    assert text.count("<details>") >= 1
    assert f'datetime="{DUE.isoformat()}"' in text
    assert "2026" in text


def test_an_overdue_case_is_late_today_and_was_not_yesterday(house: None, cast: Cast) -> None:
    filed()
    filed(date(2026, 6, 29))
    text = cast.adviser.client.get(LIST).text
    assert text.count('<tr class="late">') == 1
    assert "casework" not in text


def test_a_step_is_typed_and_the_page_shows_what_follows(house: None, cast: Cast) -> None:
    case = open_one()
    client = cast.adviser.client
    sent = {"on": FILED.isoformat(), "seen": 1, "procedure": "appeal", "body": "полиция"}
    sent["reference"] = "ЖТ-2026-77"
    answer = client.post(f"{page(case)}step/filed/", sent, follow=True)
    assert "ЖТ-2026-77" in answer.text
    assert "Полиция департаменті" in answer.text
    case.refresh_from_db()
    assert case.next_due_on == DUE
    assert f"{page(case)}step/answered/" in answer.text
    assert f"{page(case)}step/court/" not in answer.text


def moves(text: str) -> tuple[str, list[str]]:
    """The step that stands first, "" for none, and the others, by their codes."""
    links = [part.split('/"')[0] for part in text.split("/step/")[1:]]
    first = text.partition("Келесі қадам</h2>")[2].partition("</p>")[0]
    due = first.partition("/step/")[2].partition('/"')[0]
    return due, [link for link in links if link != due]


MADE: dict[str, Callable[[], Case]] = {
    "filed": open_one,
    "silence": filed,
    "answered": lambda: filed(date(2026, 6, 29)),
    "reviewed": lambda: happen(filed(), "answered", date(2026, 6, 1)),
    "complaint": silent,
    "forwarded": lambda: happen(silent(), "complaint", date(2026, 6, 8)),
    "closed": lambda: happen(
        happen(filed(), "answered", date(2026, 6, 1)),
        "reviewed",
        date(2026, 6, 2),
        finding="granted",
    ),
    "": closed,
}


@pytest.mark.parametrize("due", list(MADE))
def test_the_step_that_is_due_stands_first_and_no_step_is_missing(
    house: None, cast: Cast, due: str
) -> None:
    case = MADE[due]()
    found, others = moves(cast.adviser.client.get(page(case)).text)
    assert found == due
    # Silence is refused while the term runs, so it is not offered either.
    early = {"silence"} if due == "answered" else set()
    possible = set(next_kinds(picture_of(facts(steps_of(case)))))
    assert {*others, *filter(None, [due])} == possible - early
    assert early <= possible
    assert others


def test_a_term_stands_in_whole_sentences_and_a_body_by_its_name(house: None, cast: Cast) -> None:
    client = cast.adviser.client
    text = client.get(page(filed(date(2026, 6, 29)))).text
    assert re.search(r"</time>\. [А-ЯҚҒҮҰӘӨІҢ]", text)
    form = client.get(f"{page(open_one())}step/filed/?body={AKIMAT}").text
    assert f'value="{AKIMAT}"' in form
    name = Institution.objects.get(code=AKIMAT).name_kk
    assert f'<p class="hint" id="id_body_helptext">{name}</p>' in form


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "Үнсіздікті жазу"), ("ru", "Записать молчание"), ("en", "Note the silence")],
)
def test_steps_are_offered_as_what_one_does(
    house: None, sign_in: SignIn, language: str, words: str
) -> None:
    case = filed()
    client = sign_in("adviser", language=language)
    assert (
        f'<a class="button" href="{page(case)}step/silence/">{words}</a>'
        in client.get(page(case)).text
    )
    assert f"<h1>{words}</h1>" in client.get(f"{page(case)}step/silence/").text


def test_a_filing_older_than_the_case_is_marked_and_its_term_runs_from_it(
    house: None, cast: Cast
) -> None:
    said = "мәселе ашылғанға дейін берілген"
    older = happen(open_one(), "filed", FILED, procedure="appeal")
    text = cast.adviser.client.get(page(older)).text
    assert said in text
    assert f'datetime="{DUE.isoformat()}"' in text
    assert said not in cast.adviser.client.get(page(filed())).text


def test_what_was_typed_stays_when_it_is_refused(house: None, cast: Cast) -> None:
    case = filed()
    sent = {"on": "2026-05-01", "seen": 2, "reference": "ЗТ-5"}
    answer = cast.adviser.client.post(f"{page(case)}step/answered/", sent)
    assert answer.status_code == 400
    assert 'value="ЗТ-5"' in answer.text
    assert 'value="2026-05-01"' in answer.text
    assert Step.objects.filter(case=case).count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [("тараз 905", ""), ("ешқайда", "id_body_error"), ("", "id_body_error"), ("т", "")],
)
def test_a_body_is_found_by_a_part_of_its_name(
    house: None, cast: Cast, typed: str, said: str
) -> None:
    sent = {"on": "2026-07-01", "seen": 1, "procedure": "appeal", "body": typed}
    answer = cast.adviser.client.post(f"{page(open_one())}step/filed/", sent)
    assert said in answer.text


def test_several_bodies_that_fit_are_named(house: None, cast: Cast) -> None:
    make_more("№ 906 мектеп")
    sent = {"on": "2026-07-01", "seen": 1, "procedure": "appeal", "body": "мектеп"}
    answer = cast.adviser.client.post(f"{page(open_one())}step/filed/", sent)
    assert answer.status_code == 400
    assert "0000000c" in answer.text


def test_a_double_click_writes_once(house: None, cast: Cast) -> None:
    case = filed()
    sent = {"on": "2026-06-01", "seen": 2}
    for _click in range(2):
        cast.adviser.client.post(f"{page(case)}step/answered/", sent)
    assert Step.objects.filter(case=case).count() == 3


def test_an_adviser_takes_over_and_a_coordinator_gives(house: None, cast: Cast) -> None:
    case = filed()
    adviser, coordinator = cast.adviser, cast.coordinator
    sent = {"person": coordinator.user.key, "seen": 2}
    assert adviser.client.post(f"{page(case)}assign/", sent).status_code == 400
    own = {"person": adviser.user.key, "seen": 2}
    assert adviser.client.post(f"{page(case)}assign/", own).status_code == 302
    given = {"person": coordinator.user.key, "seen": 3}
    assert coordinator.client.post(f"{page(case)}assign/", given).status_code == 302
    case.refresh_from_db()
    assert case.person == coordinator.user.key
    assert coordinator.user.name in adviser.client.get(LIST).text


def test_a_conflict_of_interest_is_said_in_the_form(house: None, cast: Cast) -> None:
    case = filed()
    akimat = Institution.objects.get(code=AKIMAT)
    add_interest(actor=SYSTEM, institution=akimat, person=cast.lawyer.user.key, tie="works")
    sent = {"person": cast.lawyer.user.key, "seen": 2}
    answer = cast.coordinator.client.post(f"{page(case)}assign/", sent)
    assert answer.status_code == 400
    assert "қақтығысы" in answer.text


def test_a_body_that_is_gone_offers_its_successor(house: None, cast: Cast) -> None:
    case = filed()
    close(actor=SYSTEM, code=AKIMAT, until_on=date(2026, 6, 1), successor=POLICE)
    client = cast.adviser.client
    assert "Полиция департаменті" in client.get(page(case)).text
    client.post(f"{page(case)}heir/", {"seen": 2})
    case.refresh_from_db()
    assert case.body is not None
    assert case.body.code == POLICE


def test_a_step_is_struck_out_with_a_button(house: None, cast: Cast) -> None:
    case = happen(filed(), "answered", date(2026, 6, 1))
    client = cast.adviser.client
    assert 'name="target" value="3"' in client.get(page(case)).text
    client.post(f"{page(case)}strike/", {"seen": 3, "target": 3})
    case.refresh_from_db()
    assert case.stage == "filed"
    assert "<del>" in client.get(page(case)).text
    assert client.post(f"{page(case)}strike/", {"seen": 3, "target": 2}).status_code == 409
    assert client.post(f"{page(case)}strike/", {}).status_code == 409


def test_what_is_not_there_is_404(house: None, cast: Cast) -> None:
    case = filed()
    for address in (
        f"{LIST}2026-000999/",
        f"{LIST}nonsense/",
        f"{LIST}1/",
        f"{page(case)}step/opened/",
        f"{page(case)}step/struck/",
        f"{page(case)}step/dance/",
    ):
        assert cast.adviser.client.get(address).status_code == 404, address


def test_the_worklist_names_what_is_next(house: None, cast: Cast) -> None:
    overdue, fresh, done, refused = filed(), filed(date(2026, 6, 29)), closed(), silent()
    answered = happen(filed(), "answered", date(2026, 6, 1))
    text = cast.adviser.client.get("/desk/").text
    assert overdue.number in text
    assert "үнсіздікті" in text
    assert answered.number in text
    for absent in (fresh, done, refused):
        assert absent.number not in text


# The worklist of these asks for keys and reports as well.
@pytest.mark.django_db(databases=["default", "sealed"])
def test_a_coordinator_sees_what_is_overdue_with_anybody(house: None, cast: Cast) -> None:
    open_one()
    case = filed()
    own = {"person": cast.lawyer.user.key, "seen": 2}
    cast.coordinator.client.post(f"{page(case)}assign/", own)
    assert case.number in cast.coordinator.client.get("/desk/").text
    assert case.number in cast.lawyer.client.get("/desk/").text
    assert case.number not in cast.adviser.client.get("/desk/").text


@pytest.mark.parametrize(
    "query",
    ["Ж-2026-1", "000001", "ж 2026 1", "акимдиги", "тараз қаласының әкімдігі", "жүргізуші куәлігі"],
)
def test_a_case_is_found_by_number_body_and_service(house: None, cast: Cast, query: str) -> None:
    case = open_one(service="s901")
    assert case.number in cast.adviser.client.get("/desk/search/", {"q": query}).text


def test_rights_are_as_the_table_says(house: None, cast: Cast) -> None:
    table = {action.code: action for action in registry["casework"].actions}
    assert all(action.personal for action in table.values())
    assert may(cast.coordinator.actor, "casework.assign")
    assert not may(cast.adviser.actor, "casework.assign")
    assert not may(cast.administrator.actor, "casework.see")


def test_an_outcome_that_contradicts_the_steps_is_asked_about_once(house: None, cast: Cast) -> None:
    case = happen(filed(), "answered", FILED + timedelta(days=10))
    case = happen(case, "reviewed", FILED + timedelta(days=11), finding="granted")
    address = f"{page(case)}step/closed/"
    sent = {"on": "2026-06-01", "seen": case.steps, "outcome": "solved", "evidence": "letter"}
    asked = cast.adviser.client.post(address, sent)
    assert asked.status_code == 400
    assert 'name="anyway"' in asked.text
    assert Case.objects.get(pk=case.pk).stage == "reviewed"
    assert cast.adviser.client.post(address, {**sent, "anyway": "1"}).status_code == 302
    assert Case.objects.get(pk=case.pk).outcome == "solved"


@pytest.mark.parametrize(
    ("finding", "outcome", "is_asked"),
    [
        ("granted", "appeal_won", False),
        ("granted", "reasoned_refusal", True),
        ("granted", "silence", True),
        ("reasoned", "reasoned_refusal", False),
        ("reasoned", "appeal_won", True),
        ("partly", "advised", True),
        ("partly", "lost", False),
    ],
)
def test_which_outcomes_contradict_a_finding(
    house: None, finding: str, outcome: str, is_asked: object
) -> None:
    case = happen(filed(), "answered", FILED + timedelta(days=10))
    case = happen(case, "reviewed", FILED + timedelta(days=11), finding=finding)
    assert is_doubtful(picture_of(facts_of([case])[case.pk]), outcome) is is_asked


def test_of_several_bodies_one_is_taken_by_a_button_and_nothing_else_is_lost(
    house: None, cast: Cast
) -> None:
    for number in range(1, 15):
        make_more(f"№ {number} кітапхана")
    case, client = open_one(), cast.adviser.client
    address = f"{page(case)}step/filed/"
    sent = {"on": "2026-06-01", "seen": case.steps, "procedure": "appeal", "reference": "77-А"}
    several = client.post(address, {**sent, "body": "кітапхана"})
    codes = re.findall(r'name="take_body" value="([^"]+)"', several.text)
    assert len(set(codes)) == len(codes) == 12
    again = client.post(address, {**sent, "body": "кітапхана", "take_body": codes[3]})
    assert again.status_code == 200
    assert f'value="{codes[3]}"' in again.text
    assert 'value="77-А"' in again.text
    assert Case.objects.get(pk=case.pk).steps == case.steps
    assert client.post(address, {**sent, "body": codes[3]}).status_code == 302
