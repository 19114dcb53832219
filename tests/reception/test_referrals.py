"""A yes for each body, before anything is told; it can be taken back."""

import json
from collections.abc import Iterator

import pytest
from django.utils import translation

from baqylau.institutions.services import close
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.errors import DomainError, NotAllowedError
from baqylau.reception.models import Referral
from baqylau.reception.services import strike_consultation
from baqylau.reception.services.referrals import agree_referral, withdraw_referral
from tests.casework.making import AKIMAT, POLICE, SCHOOL
from tests.cast import Cast
from tests.reception.making import ADVISER, COLLEAGUE, MERKE, record
from tests.reception.test_help import helped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are read in English here."""
    with translation.override("en"):
        yield


def agree(number: str, body: str = AKIMAT, language: str = "kk") -> Referral:
    return agree_referral(actor=ADVISER, number=number, body=body, language=language)


def test_a_yes_is_for_one_body_in_the_language_that_was_read(desk: None) -> None:
    row = record()
    case = helped(row)
    made = agree(row.number, language="ru")
    assert (made.body.code, made.language, made.case) == (AKIMAT, "ru", case)
    assert agree(row.number) == made
    assert agree(row.number, POLICE) != made
    said = Entry.objects.filter(action="reception.referral_agreed").order_by("number").first()
    assert said is not None
    assert json.loads(said.payload) == {"body": AKIMAT, "language": "ru"}


def test_a_yes_can_be_taken_back_and_given_again(desk: None) -> None:
    row = record()
    first = agree(row.number)
    withdraw_referral(actor=ADVISER, number=row.number, body=AKIMAT)
    withdraw_referral(actor=ADVISER, number=row.number, body=AKIMAT)
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert agree(row.number) != first
    assert Entry.objects.filter(action="reception.referral_withdrawn").count() == 1


def test_nobody_says_yes_for_a_body_that_is_gone(desk: None) -> None:
    close(actor=SYSTEM, code=SCHOOL, until_on=clock.today(), successor=POLICE)
    with pytest.raises(DomainError, match=POLICE):
        agree(record().number, SCHOOL)


def test_a_language_that_we_do_not_speak_is_refused(desk: None) -> None:
    with pytest.raises(DomainError):
        agree(record().number, language="de")


def test_a_struck_visit_and_a_strange_colleague_are_refused(desk: None) -> None:
    row = record()
    record(COLLEAGUE, room=MERKE)
    with pytest.raises(NotAllowedError):
        agree_referral(actor=COLLEAGUE, number=row.number, body=AKIMAT, language="kk")
    strike_consultation(actor=ADVISER, number=row.number, reason="twice")
    with pytest.raises(DomainError, match="struck out"):
        agree(row.number)


def test_the_page_shows_the_text_in_three_languages_and_nothing_chosen(
    desk: None, cast: Cast
) -> None:
    row = record(cast.adviser.actor)
    client = cast.adviser.client
    address = f"/desk/reception/{row.number[2:]}/help/referral/"
    first = client.get(address).text
    assert AKIMAT not in first
    text = client.get(address, {"body": "әкімдігі"}).text
    for language in ("kk", "ru", "en"):
        assert f'class="inset" lang="{language}"' in text
    assert " checked" not in text
    sent = {"body": AKIMAT, "language": "ru"}
    assert client.post(address, sent).status_code == 400
    assert not Referral.objects.exists()
    answer = client.post(address, {**sent, "is_agreed": "on"})
    assert answer.status_code == 302
    help_page = f"/desk/reception/{row.number[2:]}/help/"
    assert "Тараз қаласының әкімдігі" in client.get(help_page).text
    client.post(address + "withdraw/", {"body": AKIMAT})
    assert Referral.objects.get().withdrawn_at is not None


def test_no_body_is_told_without_a_name_of_a_body(desk: None, cast: Cast) -> None:
    row = record(cast.adviser.actor)
    address = f"/desk/reception/{row.number[2:]}/help/referral/"
    assert cast.adviser.client.get(address, {"body": "жоқ орган"}).status_code == 400
