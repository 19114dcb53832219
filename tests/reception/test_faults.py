"""All that is wrong on the screen of a consultation is said in one answer."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from baqylau.catalogue.models import PublicService
from baqylau.contacts.models import Contact
from baqylau.institutions.services import close
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM
from baqylau.reception import keyring
from baqylau.reception.models import Call, Consultation, Draft, Guess
from baqylau.reception.rules.visitor import Newcomer
from baqylau.reception.services.faults import faults_of, faults_of_new
from tests.casework.making import AKIMAT, SCHOOL
from tests.cast import Cast
from tests.reception.making import ADVISER, MERKE, PLAIN, record
from tests.reception.sending import FORM, send

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.usefixtures("desk")
MONEY = {"kind": "corruption", "result": "safe_channel"}


def marked(answer: "Answer") -> set[str]:
    """The fields that the page, answered with 400, marks as wrong."""
    assert answer.status_code == 400
    return set(answer.context["form"].errors)


def found(**said: Any) -> set[str]:  # noqa: ANN401 - fields of Visit
    """The fields in which a visit is wrong."""
    visit = replace(PLAIN, **said)
    return {error.field for error in faults_of_new(actor=ADVISER, visit=visit, newcomer=None)}


def test_body_phone_earlier_visit_and_slip_are_refused_in_one_answer(cast: Cast) -> None:
    answer = send(
        cast.adviser.client,
        body="жоқ мұндай мекеме",
        agreed="on",
        name="Әлия",
        phone="12",
        earlier="999",
        slip="998",
    )
    assert marked(answer) == {"body", "phone", "earlier", "slip"}
    for text in ("жоқ мұндай мекеме", 'value="12"', 'value="999"', 'value="998"'):
        assert text in answer.text
    assert answer.text.count('class="error"') >= 4
    assert not Consultation.objects.exists()
    assert not Contact.objects.exists()
    assert Draft.objects.count() == 1


def test_what_only_the_service_refuses_comes_together_too(cast: Cast) -> None:
    close(actor=SYSTEM, code=SCHOOL, until_on=date(2026, 6, 1), successor=AKIMAT)
    PublicService.objects.filter(code="s901").update(valid_until=date(2026, 6, 1))
    answer = send(
        cast.adviser.client,
        service="s901",
        body="905",
        answer="ә" * 2_001,
        agreed="on",
        name="…",
        phone="8 701 123",
        slip="77",
    )
    assert marked(answer) == {"service", "body", "answer", "name", "phone", "slip"}
    assert f'name="take_body" value="{AKIMAT}"' in answer.text


def test_a_phone_is_looked_at_before_the_visitor_has_agreed(cast: Cast) -> None:
    answer = send(cast.adviser.client, name="Әлия", phone="12", result="call_back")
    assert marked(answer) == {"agreed", "phone", "call_on"}


def test_a_call_needs_its_day_and_a_phone(cast: Cast) -> None:
    answer = send(cast.adviser.client, agreed="on", name="Әлия", agreed_to_call="on", slip="5")
    assert marked(answer) == {"agreed_to_call", "slip"}
    assert not Call.objects.exists()


def test_each_try_of_a_code_counts_once_in_an_answer_with_many_faults(cast: Cast) -> None:
    first = record(room=MERKE)
    wrong = f"{(int(keyring.code_of(first.number, first.issue)) + 1) % 10**8:08}"
    answer = send(
        cast.adviser.client, earlier=first.number, earlier_digits=wrong, slip="77", body="жоқ"
    )
    assert marked(answer) == {"earlier_digits", "slip", "body"}
    assert max(Guess.objects.values_list("wrong", flat=True)) == 1


def test_a_right_code_stays_right_beside_another_fault(cast: Cast) -> None:
    first = record(room=MERKE)
    code = keyring.code_of(first.number, first.issue)
    answer = send(cast.adviser.client, earlier=first.number, earlier_digits=code, slip="77")
    assert marked(answer) == {"slip"}
    assert not Guess.objects.filter(wrong__gt=0).exists()
    assert f'value="{code}"' in answer.text


def test_an_impossible_day_does_not_close_the_room_as_well(cast: Cast) -> None:
    assert marked(send(cast.adviser.client, held_on="2027-01-01", slip="77")) == {
        "held_on",
        "slip",
    }
    assert marked(send(cast.adviser.client, held_on="31.02.2026")) == {"held_on"}


def test_everything_beside_the_safe_channel_is_named_at_once() -> None:
    said = {**MONEY, "answer": "сөз", "service": "s901", "body": AKIMAT, "acted_as": "parent"}
    assert found(**said) == {"answer", "service", "body", "acted_as"}
    assert found(**{**said, "kind": "information"}) >= {"kind", "answer"}
    assert found(**MONEY) == set()


def test_codes_that_nobody_offers_are_named() -> None:
    assert found(language="de") == {"language"}
    assert found(continues="К-2026-000777", slip="778") == {"continues", "slip"}


def test_a_visitor_nobody_met_is_refused_and_a_good_visit_is_not() -> None:
    assert found(contact="c0ffee0000000000") == {"contact"}
    good = Newcomer("Әлия", "8 (701) 123-45-67", "kk")
    visit = replace(PLAIN, agreed_to_call=True)
    assert faults_of_new(actor=ADVISER, visit=visit, newcomer=good) == []
    assert faults_of(PLAIN) == []


def test_nothing_is_written_by_looking() -> None:
    visit = replace(PLAIN, slip="9", answer="ә" * 2_001)
    newcomer = Newcomer("Әлия", "12", "kk")
    assert len(faults_of_new(actor=ADVISER, visit=visit, newcomer=newcomer)) == 3
    assert not Consultation.objects.exists()
    assert not Contact.objects.exists()


def test_a_correction_names_its_faults_together_too(cast: Cast) -> None:
    row = record(cast.adviser.actor)
    close(actor=SYSTEM, code=SCHOOL, until_on=date(2026, 6, 1), successor=AKIMAT)
    sent = {**FORM, "seen": 1, "body": "905", "answer": "ә" * 2_001, "earlier": "999"}
    answer = cast.adviser.client.post(f"/desk/reception/{row.number[2:]}/correct/", sent)
    assert marked(answer) == {"body", "answer", "earlier"}


def test_an_old_sheet_is_not_too_old_to_be_corrected_with_a_fault(cast: Cast) -> None:
    day = date(2026, 1, 5)
    row = record(cast.adviser.actor, held_on=day, origin="sheet")
    assert (clock.today() - day).days > 31
    sent = {**FORM, "seen": 1, "held_on": day.isoformat(), "earlier": "999"}
    answer = cast.adviser.client.post(f"/desk/reception/{row.number[2:]}/correct/", sent)
    assert marked(answer) == {"earlier"}
