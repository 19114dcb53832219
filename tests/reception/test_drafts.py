"""What was typed is neither lost nor written twice."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client

from baqylau.contacts.models import Contact
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.modules import registry
from baqylau.reception.models import Consultation, Draft
from baqylau.reception.queries.drafts import drafts_of, opened
from baqylau.reception.rules.drafts import FIELD_LIMIT, kept_fields
from baqylau.reception.rules.visitor import Newcomer
from baqylau.reception.services import forget_old_drafts, keep_draft, take_consultation
from baqylau.reception.services.drafting import MOST
from baqylau.staff.models import Sitting
from tests.casework.conftest import NOON
from tests.cast import Cast, make_person
from tests.reception.making import ADVISER, COLLEAGUE, PLAIN, record
from tests.reception.sending import FORM, NEW, send, token_of

pytestmark = pytest.mark.usefixtures("desk")
TYPED = {**FORM, "answer": "Айтылған сөз", "query": "жер"}


def test_a_draft_is_sealed_and_opens_for_its_author_alone() -> None:
    assert keep_draft(actor=ADVISER, token="token:0001", fields=TYPED)
    row = Draft.objects.get()
    assert "сөз".encode() not in bytes(row.sealed)
    found = opened(ADVISER, "token:0001")
    assert found
    assert found.fields["answer"] == "Айтылған сөз"
    assert opened(COLLEAGUE, "token:0001") is None


def test_a_colleague_overwrites_no_draft() -> None:
    keep_draft(actor=ADVISER, token="token:0001", fields=TYPED)
    assert not keep_draft(actor=COLLEAGUE, token="token:0001", fields={**TYPED, "answer": "x"})
    assert opened(ADVISER, "token:0001").fields["answer"] == "Айтылған сөз"  # type: ignore[union-attr]  # it is there, or the test fails here


def test_an_untouched_form_leaves_no_draft() -> None:
    assert not keep_draft(actor=ADVISER, token="token:0001", fields=FORM)
    assert not Draft.objects.exists()


def test_a_name_is_drafted_only_after_the_yes() -> None:
    named = {**TYPED, "name": "Сәуле", "phone": "87011234567", "sex": "female"}
    assert "name" not in kept_fields(named)
    assert "sex" not in kept_fields(named)
    assert kept_fields({**named, "agreed": "on"})["phone"] == "87011234567"


def test_no_story_of_a_demand_for_money_is_drafted() -> None:
    assert "answer" not in kept_fields({**TYPED, "kind": "corruption"})
    assert "answer" not in kept_fields({**TYPED, "result": "safe_channel"})
    assert "answer" in kept_fields(TYPED)


def test_a_draft_holds_no_page_of_a_novel() -> None:
    kept = kept_fields({**TYPED, "answer": "ә" * 100_000, "unknown": "x"})
    assert len(kept["answer"]) == FIELD_LIMIT
    assert "unknown" not in kept


def test_the_oldest_draft_gives_way_and_old_ones_are_deleted_by_the_clock() -> None:
    for number in range(MOST + 2):
        with clock.frozen(NOON + timedelta(minutes=number)):
            keep_draft(actor=ADVISER, token=f"token:{number:04}", fields=TYPED)
    tokens = {one.token for one in drafts_of(ADVISER)}
    assert len(tokens) == MOST
    assert "token:0001" not in tokens
    with clock.frozen(NOON + timedelta(days=7, minutes=10)):
        assert forget_old_drafts() == "8 drafts"
    assert len(drafts_of(ADVISER)) == MOST - 8
    assert forget_old_drafts in [job.run for job in registry["reception"].jobs]


def test_every_button_keeps_the_draft_and_saving_uses_it_up(cast: Cast) -> None:
    client = cast.adviser.client
    key = token_of(client)
    send(client, "find", key=key, answer="бір")
    text = client.get(NEW, {"draft": key}).text
    assert "бір" in text
    send(client, "later", key=key, answer="екі")
    assert "екі" in client.get("/desk/reception/drafts/").text
    send(client, key=key, answer="үш")
    assert Consultation.objects.get().answer == "үш"
    assert not Draft.objects.exists()


def test_a_draft_is_thrown_away_by_its_author_alone(cast: Cast) -> None:
    key = token_of(cast.adviser.client)
    send(cast.adviser.client, "later", key=key, answer="сөз")
    cast.lawyer.client.post("/desk/reception/drafts/drop/", {"key": key})
    assert Draft.objects.count() == 1
    cast.adviser.client.post("/desk/reception/drafts/drop/", {"key": key})
    assert not Draft.objects.exists()


def test_the_script_keeps_a_draft_without_a_word_and_a_page_comes_back_to_itself(
    cast: Cast,
) -> None:
    client = cast.adviser.client
    key = token_of(client)
    sent = {**FORM, "key": key, "do": "keep", "answer": "сөз"}
    address = f"{NEW}?draft={key}"
    answer = client.post(address, sent, headers={"X-Baqylau-Keep": "1"})
    assert answer.json() == {"kept": True}
    assert client.post(address, sent).headers["Location"] == address


def test_a_form_that_is_sent_twice_leads_to_one_consultation(cast: Cast) -> None:
    key = token_of(cast.adviser.client)
    first = send(cast.adviser.client, key=key, answer="сөз")
    second = send(cast.adviser.client, key=key, answer="сөз")
    assert first.headers["Location"] == second.headers["Location"]
    assert Consultation.objects.count() == 1
    back = cast.adviser.client.get(NEW, {"draft": key})
    assert back.headers["Location"] == first.headers["Location"]


def test_what_was_typed_after_saving_is_offered_as_a_correction(cast: Cast) -> None:
    client = cast.adviser.client
    key = token_of(client)
    address = send(client, key=key, answer="бірінші").headers["Location"]
    again = send(client, key=key, answer="екінші", kind="waste")
    assert again.headers["Location"] == f"{address}correct/"
    page = client.get(again.headers["Location"]).text
    assert "екінші" in page
    assert "бұрын сақталған" in page
    assert Consultation.objects.get().answer == "бірінші"
    sent = {**FORM, "seen": 1, "answer": "екінші", "held_on": "2026-07-01", "kind": "waste"}
    client.post(f"{address}correct/", sent)
    assert Consultation.objects.get().answer == "екінші"
    assert not Draft.objects.exists()


def test_a_late_draft_does_not_rise_again_after_saving(cast: Cast) -> None:
    key = token_of(cast.adviser.client)
    send(cast.adviser.client, key=key, answer="сөз")
    assert not keep_draft(actor=cast.adviser.actor, token=key, fields=TYPED)
    send(cast.adviser.client, "keep", key=key, answer="сөз")
    assert not Draft.objects.exists()


def test_what_was_sent_to_a_locked_desk_is_kept_for_its_author(cast: Cast) -> None:
    client = cast.adviser.client
    key = token_of(client)
    client.post("/desk/lock/", {"next": NEW})
    send(client, key=key, answer="құлыпта жазылған")
    assert not Consultation.objects.exists()
    Sitting.objects.update(locked_at=None)
    page = client.get("/desk/kept/").text
    assert "құлыпта жазылған" in page
    assert key in page


def _at_once(work: Callable[[int], None], count: int = 8) -> None:
    failures: list[BaseException] = []

    def one(number: int) -> None:
        try:
            with clock.frozen(NOON):
                work(number)
        except BaseException as error:  # noqa: BLE001 - told below, outside the thread
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.mark.django_db(transaction=True)
def test_eight_double_clicks_write_one_consultation_and_one_visitor() -> None:
    person = Newcomer("Сәуле Ахметова", "87011234567", "kk")

    def click(_number: int) -> None:
        take_consultation(actor=ADVISER, idempotency_key="token:0001", visit=PLAIN, newcomer=person)

    _at_once(click)
    row = Consultation.objects.get()
    assert Contact.objects.get().key == row.contact
    actions = ("reception.recorded", "contacts.opened")
    for action in actions:
        assert Entry.objects.filter(action=action).count() == 1, action
    assert record(idempotency_key="token:0002").serial == 2


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_save_at_once_end_on_one_page() -> None:
    user = make_person("adviser")
    key = token_of(user.client)
    cookie = user.client.cookies["desk"].value
    led: list[str] = []

    def save(_number: int) -> None:
        client = Client()
        client.cookies["desk"] = cookie
        led.append(send(client, key=key, answer="сөз").headers["Location"])

    _at_once(save, 4)
    assert len(set(led)) == 1
    assert Consultation.objects.count() == 1
