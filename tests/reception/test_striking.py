"""Striking a consultation out: with a reason, and with nothing left to be begun from it."""

import json

import pytest

from baqylau.journal.models import Entry
from baqylau.kernel.errors import DomainError
from baqylau.reception import verification
from baqylau.reception.models import Consultation, Referral
from baqylau.reception.queries.letters import contents, letter
from baqylau.reception.services import strike_consultation
from baqylau.reception.services.dropping import drop_letter
from baqylau.reception.services.helping import begin_help
from baqylau.reception.services.letters import open_letter, print_letter
from baqylau.reception.services.referrals import agree_referral, withdraw_referral
from baqylau.reception.taxonomy import LetterState, StrikeReason
from tests.casework.making import AKIMAT, TARAZ
from tests.cast import Cast
from tests.reception.lettering import begun, save, whole
from tests.reception.making import ADVISER, record

pytestmark = pytest.mark.usefixtures("desk")


def page(row: Consultation, more: str = "") -> str:
    return f"/desk/reception/{row.number[2:]}/{more}"


def struck(row: Consultation, reason: str = "twice") -> Consultation:
    return strike_consultation(actor=ADVISER, number=row.number, reason=reason)


@pytest.mark.parametrize("reason", StrikeReason.values)
def test_the_journal_keeps_the_reason_as_a_code(reason: str) -> None:
    row = record()
    struck(row, reason)
    entry = Entry.objects.get(action="reception.struck")
    assert json.loads(entry.payload)["reason"] == reason
    assert list(verification.differences()) == []


@pytest.mark.parametrize("reason", ["", "boredom", "TWICE"])
def test_without_a_reason_of_the_list_nothing_is_struck(reason: str) -> None:
    row = record()
    with pytest.raises(DomainError) as refused:
        struck(row, reason)
    assert refused.value.field == "reason"
    assert not Consultation.objects.get(pk=row.pk).is_struck
    assert not Entry.objects.filter(action="reception.struck").exists()


def test_striking_twice_keeps_the_first_reason() -> None:
    row = record()
    struck(row, "test")
    struck(row, "other")
    entry = Entry.objects.get(action="reception.struck")
    assert json.loads(entry.payload)["reason"] == "test"


def test_the_page_asks_for_the_reason_chooses_none_and_says_what_is_missing(cast: Cast) -> None:
    row = record(cast.adviser.actor)
    client = cast.adviser.client
    asked = client.get(page(row, "strike/")).text
    assert asked.count('name="reason"') == len(StrikeReason)
    assert " checked" not in asked
    answer = client.post(page(row, "strike/"))
    assert answer.status_code == 400
    assert 'class="summary"' in answer.text
    assert not Consultation.objects.get(pk=row.pk).is_struck


def test_the_reason_is_told_on_the_page_of_the_record(cast: Cast) -> None:
    row = record(cast.adviser.actor)
    cast.adviser.client.post(page(row, "strike/"), {"reason": "wrong_person"})
    assert "сызылды: басқа адамның жазбасына жазылған" in cast.adviser.client.get(page(row)).text


def test_a_struck_record_leads_its_strike_page_back_to_itself(cast: Cast) -> None:
    row = record(cast.adviser.actor)
    strike_consultation(actor=cast.adviser.actor, number=row.number, reason="test")
    answer = cast.adviser.client.get(page(row, "strike/"))
    assert answer["Location"] == page(row)


def test_a_struck_record_offers_no_help_no_slip_and_no_further_visit(cast: Cast) -> None:
    row = record(cast.adviser.actor)
    offers = [page(row, "help/"), page(row, "slip/"), "?earlier=", page(row, "correct/")]
    before = cast.adviser.client.get(page(row)).text
    assert all(offer in before for offer in offers)
    strike_consultation(actor=cast.adviser.actor, number=row.number, reason="twice")
    after = cast.adviser.client.get(page(row)).text
    assert not [offer for offer in offers if offer in after]


def test_the_case_of_a_struck_record_can_still_be_reached(cast: Cast) -> None:
    row = record(cast.adviser.actor)
    case = begin_help(
        actor=cast.adviser.actor, number=row.number, kind="information", territory=TARAZ
    )
    strike_consultation(actor=cast.adviser.actor, number=row.number, reason="twice")
    text = cast.adviser.client.get(page(row)).text
    assert case.number in text
    assert page(row, "help/") not in text


def test_a_letter_begun_before_can_only_be_dropped(cast: Cast) -> None:
    of = whole()
    struck(of.consultation)
    for act in (
        lambda: open_letter(actor=ADVISER, key=of.key),
        lambda: save(of, {}),
        lambda: print_letter(actor=ADVISER, key=of.key, form="pdf"),
    ):
        with pytest.raises(DomainError, match="Бұл кеңес сызылған"):
            act()
    assert contents(letter(of.key))
    drop_letter(actor=ADVISER, key=of.key)
    assert letter(of.key).state == LetterState.DROPPED


def test_the_page_of_such_a_letter_offers_nothing_but_dropping(cast: Cast) -> None:
    actor = cast.adviser.actor
    of = begun(row=record(actor), actor=actor)
    strike_consultation(actor=actor, number=of.consultation.number, reason="twice")
    text = cast.adviser.client.get(f"/desk/reception/letters/{of.key}/").text
    assert f"/letters/{of.key}/drop/" in text
    assert f"/letters/{of.key}/write/" not in text
    assert f"/letters/{of.key}/pdf/" not in text
    helped = cast.adviser.client.get(page(of.consultation, "help/")).text
    assert "inset warning" in helped
    assert page(of.consultation, "help/letter/") not in helped


def test_a_yes_can_be_taken_back_after_the_record_is_struck() -> None:
    row = record()
    agree_referral(actor=ADVISER, number=row.number, body=AKIMAT, language="kk")
    struck(row)
    withdraw_referral(actor=ADVISER, number=row.number, body=AKIMAT)
    assert Referral.objects.get().withdrawn_at is not None
