"""Help from a consultation: its case is opened once, and nothing about the visitor goes with it."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import translation

from baqylau.casework.models import Case
from baqylau.casework.services import open_case
from baqylau.institutions.queries import institution
from baqylau.institutions.services import add_interest, close
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError
from baqylau.reception.models import Consultation
from baqylau.reception.queries.consultations import consultation
from baqylau.reception.services import correct_consultation, strike_consultation
from baqylau.reception.services.helping import begin_help, link_case
from baqylau.reception.services.letters import begin_letter
from baqylau.reception.services.referrals import agree_referral
from baqylau.reception.verification import differences
from tests.casework.making import AKIMAT, POLICE, SCHOOL
from tests.cast import Cast, SignIn
from tests.reception.making import ADVISER, COLLEAGUE, COORDINATOR, MERKE, record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are read in English here."""
    with translation.override("en"):
        yield


TARAZ = "311000000"


def helped(row: Consultation, actor: Actor = ADVISER, **changes: object) -> Case:
    given = {"kind": "service_failure", "territory": TARAZ, "body": AKIMAT, **changes}
    return begin_help(actor=actor, number=row.number, **given)  # type: ignore[arg-type]  # mypy does not follow names into a call


def again(row: Consultation) -> Consultation:
    return consultation(row.number[2:])


def test_a_case_is_opened_and_the_consultation_says_so(desk: None) -> None:
    row = record(service="s901", kind="service_failure")
    case = helped(row, urgency="urgent", severity=3)
    now = again(row)
    assert (now.case, now.result) == (case, "case")
    assert (case.source, case.person, case.body.code) == ("reception", ADVISER.key, AKIMAT)  # type: ignore[union-attr]  # it is there, or the test fails here
    assert case.service == row.service
    assert case.room == row.room
    assert (case.urgency, case.severity) == ("urgent", 3)


def test_asking_twice_opens_one_case(desk: None) -> None:
    row = record()
    assert helped(row) == helped(row, kind="waste")
    assert Case.objects.count() == 1


def test_a_case_that_was_opened_and_not_linked_is_found_again(desk: None) -> None:
    """As after a loss of power between the two."""
    row = record()
    alone = open_case(
        idempotency_key=f"reception:{row.number[2:]}",
        actor=ADVISER,
        source="reception",
        kind="information",
        territory=TARAZ,
    )
    assert helped(row) == alone
    assert again(row).case == alone


def test_the_journal_learns_of_the_link_and_agrees_with_the_rows(desk: None) -> None:
    row = record()
    case = helped(row)
    said = Entry.objects.get(action="reception.linked")
    assert json.loads(said.payload)["case"] == case.number
    assert json.loads(said.payload)["result"] == "case"
    assert list(differences()) == []


def test_a_correction_leaves_the_case_where_it_is(desk: None) -> None:
    row = record()
    case = helped(row)
    correct_consultation(actor=ADVISER, number=row.number, language="ru")
    assert again(row).case == case
    assert list(differences()) == []


def test_nothing_of_the_visitor_reaches_the_case_or_the_journal(desk: None) -> None:
    row = record(answer="Сәуле Қасымова келді", contact="c0ffee00")
    case = helped(row)
    written = [each.payload for each in Entry.objects.filter(subject=f"case:{case.number}")]
    assert not [text for text in written if "c0ffee00" in text or "Сәуле" in text]
    assert "c0ffee00" not in str(vars(case))


def test_a_struck_consultation_opens_nothing(desk: None) -> None:
    row = record()
    strike_consultation(actor=ADVISER, number=row.number, reason="twice")
    with pytest.raises(DomainError, match="struck out"):
        helped(row)
    assert not Case.objects.exists()


def test_a_demand_for_money_gets_no_case_no_letter_and_no_yes(desk: None, cast: Cast) -> None:
    row = record(cast.adviser.actor, kind="corruption")
    actor = cast.adviser.actor
    acts: tuple[Callable[[], object], ...] = (
        lambda: helped(row, actor),
        lambda: begin_letter(actor=actor, number=row.number, kind="appeal", language="kk"),
        lambda: agree_referral(actor=actor, number=row.number, body=AKIMAT, language="kk"),
    )
    for act in acts:
        with pytest.raises(DomainError, match="safe channel"):
            act()
    shown = cast.adviser.client.get(address(row)).text
    assert "/help/case/" not in shown
    assert 'name="kind"' not in shown
    assert not Case.objects.exists()


def test_a_colleague_of_another_room_may_not(desk: None) -> None:
    row = record()
    record(COLLEAGUE, room=MERKE)
    with pytest.raises(NotAllowedError):
        helped(row, COLLEAGUE)
    assert helped(row, COORDINATOR).person == COORDINATOR.key


def test_whoever_is_tied_to_the_body_gets_no_case_about_it(desk: None, cast: Cast) -> None:
    actor = cast.adviser.actor
    row = record(actor)
    add_interest(actor=SYSTEM, institution=institution(AKIMAT), tie="relative", person=actor.key)
    with pytest.raises(DomainError, match="conflict of interest"):
        helped(row, actor)
    assert again(row).case is None


def test_a_body_that_is_gone_names_its_heir(desk: None) -> None:
    row = record()
    close(actor=SYSTEM, code=SCHOOL, until_on=clock.today(), successor=POLICE)
    with pytest.raises(DomainError, match=POLICE):
        helped(row, body=SCHOOL)


def test_a_second_visit_goes_on_with_the_case_of_the_first(desk: None) -> None:
    first = record()
    case = helped(first)
    second = record(continues=first.number)
    link_case(actor=ADVISER, number=second.number, case=case.number)
    assert again(second).case == case
    assert list(differences()) == []


def test_a_consultation_belongs_to_one_case(desk: None) -> None:
    row, other = record(), record()
    helped(row)
    with pytest.raises(DomainError, match="another case"):
        link_case(actor=ADVISER, number=row.number, case=helped(other).number)


def test_a_link_made_on_an_old_page_is_a_conflict(desk: None) -> None:
    row, other = record(), record()
    case = helped(other)
    correct_consultation(actor=ADVISER, number=row.number, language="ru")
    with pytest.raises(ConflictError):
        link_case(actor=ADVISER, number=row.number, case=case.number, seen=1)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_open_one_case(desk: None) -> None:
    row = record()

    def click(_turn: int) -> str:
        try:
            with clock.frozen(clock.now()):
                return helped(row).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = set(pool.map(click, range(4)))
    assert len(numbers) == 1
    assert Entry.objects.filter(action="reception.linked").count() == 1
    assert list(differences()) == []


# Pages


def address(row: Consultation) -> str:
    return f"/desk/reception/{row.number[2:]}/help/"


def test_the_case_is_opened_in_one_form_with_what_is_known_filled_in(
    desk: None, cast: Cast
) -> None:
    row = record(cast.adviser.actor, service="s901", kind="service_failure", body=AKIMAT)
    client = cast.adviser.client
    shown = client.get(address(row) + "case/").text
    assert f'value="{AKIMAT}"' in shown
    assert '<option value="service_failure" selected>' in shown
    sent = {
        "kind": "service_failure",
        "territory": TARAZ,
        "body": "әкімдігі",
        "urgency": "normal",
        "severity": "2",
    }
    answer = client.post(address(row) + "case/", sent)
    assert (answer.status_code, answer["Location"]) == (302, address(row))
    case = again(row).case
    assert case is not None
    assert case.number in client.get(address(row)).text
    assert case.number in client.get(f"/desk/reception/{row.number[2:]}/").text
    client.post(address(row) + "case/", sent)
    assert Case.objects.count() == 1


def test_from_the_case_one_gets_back_to_the_consultation(desk: None, cast: Cast) -> None:
    row = record(cast.adviser.actor)
    case = helped(row, cast.adviser.actor)
    shown = cast.adviser.client.get(f"/desk/cases/{case.number[2:]}/").text
    assert row.number in shown
    assert f'href="/desk/reception/{row.number[2:]}/"' in shown


def test_the_case_shows_no_consultation_of_a_room_that_one_does_not_work_in(
    desk: None, cast: Cast, sign_in: SignIn
) -> None:
    row = record(cast.adviser.actor)
    case = helped(row, cast.adviser.actor)
    shown = sign_in("adviser").get(f"/desk/cases/{case.number[2:]}/").text
    assert row.number not in shown


def test_an_earlier_visits_case_is_offered(desk: None, cast: Cast) -> None:
    first = record(cast.adviser.actor)
    case = helped(first, cast.adviser.actor)
    second = record(cast.adviser.actor, continues=first.number)
    client = cast.adviser.client
    assert case.number in client.get(address(second)).text
    client.post(address(second) + "link/", {"case": case.number})
    assert again(second).case == case


@pytest.mark.parametrize("role", ["administrator", "official", "editor", "shopper", "custodian"])
def test_others_do_not_help(desk: None, sign_in: SignIn, role: str) -> None:
    row, client = record(), sign_in(role)
    assert client.get(address(row)).status_code == 403
    assert client.post(address(row) + "case/", {}).status_code == 403
    assert client.post(address(row) + "letter/", {}).status_code == 403
