"""Visitors who agree to be known, and a demand for money before any name."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from baqylau.contacts import queries as contacts
from baqylau.contacts.models import ActingFor, Consent, Contact, Demographics
from baqylau.contacts.rules import people_range
from baqylau.contacts.services import forget as forget_identity
from baqylau.contacts.services import withdraw
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import Module, registry
from baqylau.reception import verification
from baqylau.reception.models import Call, Consultation, Draft, Word
from baqylau.reception.queries.safe_channel import safe_channel
from baqylau.reception.services import correct_consultation, forget
from tests.casework.conftest import NOON
from tests.cast import Cast
from tests.reception.making import record
from tests.reception.sending import NEW, send, token_of

pytestmark = pytest.mark.usefixtures("desk")
NAMED = {"agreed": "on", "name": "Сәуле Ахметова", "phone": "8 (701) 123-45-67"}
MONEY = "/desk/reception/money/"


def only() -> Consultation:
    return Consultation.objects.get()


def page_of(row: Consultation, more: str = "") -> str:
    return f"/desk/reception/{row.number[2:]}/{more}"


def named(cast: Cast, **typed: str) -> Consultation:
    send(cast.adviser.client, **{**NAMED, **typed})
    return Consultation.objects.order_by("-id")[0]


def autofocused(cast: Cast, do: str, **typed: str) -> list[str]:
    """What the answered screen puts the keyboard at: the tags up to the attribute."""
    page = send(cast.adviser.client, do, **typed).text
    return re.findall(r"(<[a-z]+ [^<>]*?) autofocus", page)


def test_nobody_is_kept_without_a_yes(cast: Cast) -> None:
    answer = send(cast.adviser.client, name="Сәуле", phone="87011234567")
    assert answer.status_code == 400
    assert 'id="id_agreed_error"' in answer.text
    assert not Contact.objects.exists()
    assert not Consultation.objects.exists()


def test_visit_and_visitor_are_written_together(cast: Cast) -> None:
    row = named(cast, language="ru")
    assert Contact.objects.get().key == row.contact
    assert (Consent.objects.get().language, Consent.objects.get().text.number) == ("ru", 1)


def test_a_refused_visit_leaves_no_visitor_behind(cast: Cast) -> None:
    answer = send(cast.adviser.client, **NAMED, held_on="2027-01-01")
    assert answer.status_code == 400
    assert "Сәуле Ахметова" in answer.text
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    "phone",
    [
        "87011234567",
        "+7 701 123 45 67",
        "8 (701) 123-45-67",
        "7011234567",
        "+8 701 123 4567",
        "007 701 123 45 67",
    ],
)
def test_six_spellings_are_one_phone(cast: Cast, phone: str) -> None:
    first = named(cast)
    page = send(cast.adviser.client, "phone", phone=phone, answer="сөз").text
    assert f'name="contact" value="{first.contact}"' in page
    assert first.number in page
    assert "Сәуле" not in page
    assert "сөз" in page


def test_the_keyboard_goes_on_at_what_a_phone_found(cast: Cast) -> None:
    assert autofocused(cast, "phone", phone="87001112233") == ['<p class="empty" tabindex="-1"']
    key = named(cast).contact
    assert autofocused(cast, "phone", phone=NAMED["phone"]) == [
        f'<input type="radio" name="contact" value="{key}"'
    ]
    (box,) = autofocused(cast, "find", query="zzz")
    assert 'id="id_query"' in box


def test_a_phone_that_is_none_is_said_beside_its_field(cast: Cast) -> None:
    for do in ("phone", "save"):
        answer = send(cast.adviser.client, do, **{**NAMED, "phone": "12"})
        assert 'id="id_phone_error"' in answer.text
    assert not Contact.objects.exists()


def test_a_visitor_who_comes_again_is_one_person_with_two_visits(cast: Cast) -> None:
    first = named(cast)
    until = Contact.objects.get().keep_until
    with clock.frozen(NOON.replace(month=8)):
        send(cast.adviser.client, contact=first.contact)
    assert Consultation.objects.filter(contact=first.contact).count() == 2
    assert Contact.objects.get().keep_until > until
    keys = list(Consultation.objects.values_list("contact", flat=True))
    assert people_range(contacts.known(keys), keys.count("")).upper == 1


def test_somebody_who_took_the_yes_back_is_asked_anew(cast: Cast) -> None:
    first = named(cast)
    withdraw(actor=cast.adviser.actor, key=first.contact)
    answer = send(cast.adviser.client, contact=first.contact)
    assert answer.status_code == 400
    assert Consultation.objects.count() == 1


def test_answers_about_oneself_are_counted_apart_from_the_name(cast: Cast) -> None:
    named(cast, sex="female", age="from_18", place="village")
    assert {row.answer for row in Demographics.objects.all()} == {"female", "from_18", "village"}
    assert "from_18" not in Entry.objects.get(action="contacts.counted").payload


def test_a_relative_is_recorded_as_such(cast: Cast) -> None:
    row = named(cast, acted_as="child")
    assert row.acted_as == "child"
    assert ActingFor.objects.get().relation == "child"
    send(cast.adviser.client, acted_as="parent")
    assert Consultation.objects.filter(acted_as="parent", contact="").count() == 1


def test_a_call_is_promised_only_to_somebody_with_a_phone(cast: Cast) -> None:
    answer = send(cast.adviser.client, **{**NAMED, "phone": ""}, agreed_to_call="on")
    assert 'id="id_agreed_to_call_error"' in answer.text
    row = named(cast, agreed_to_call="on", result="call_back", call_on="2026-07-03")
    assert row.agreed_to_call
    assert Call.objects.get().due_on == date(2026, 7, 3)


def test_the_page_shows_a_name_only_for_a_reason_and_once(cast: Cast) -> None:
    row = named(cast)
    client = cast.adviser.client
    assert "Сәуле" not in client.get(page_of(row)).text
    assert client.post(page_of(row, "person/"), {"reason": ""}).status_code == 400
    assert not Entry.objects.filter(action="contacts.revealed").exists()
    shown = client.post(page_of(row, "person/"), {"reason": "call_back"})
    assert "Сәуле Ахметова" in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    assert "Сәуле" not in client.get(page_of(row)).text
    assert Entry.objects.filter(action="contacts.revealed").count() == 1


def test_a_colleague_who_opens_the_page_of_somebody_known_is_noted_once_a_day(
    cast: Cast,
) -> None:
    row = named(cast)
    for _look in range(2):
        cast.adviser.client.get(page_of(row))
        cast.lawyer.client.get(page_of(row))
    assert Entry.objects.filter(action="reception.opened").count() == 1
    with clock.frozen(NOON.replace(day=2)):
        cast.lawyer.client.get(page_of(row))
    assert Entry.objects.filter(action="reception.opened").count() == 2
    record(cast.adviser.actor)
    assert list(verification.differences()) == []


def test_a_consent_is_taken_back_after_a_second_question(cast: Cast) -> None:
    row = named(cast)
    client = cast.adviser.client
    assert client.get(page_of(row, "withdraw/")).status_code == 200
    assert Consent.objects.get().withdrawn_at is None
    client.post(page_of(row, "withdraw/"))
    assert Consent.objects.get().withdrawn_at is not None
    text = client.get(page_of(row)).text
    assert "person/" not in text
    assert client.post(page_of(row, "person/"), {"reason": "visit"}).status_code == 403


def test_an_erased_visitor_is_counted_and_nowhere_else(cast: Cast) -> None:
    row = named(cast, answer="Ұлының ісі туралы айтты")
    send(cast.adviser.client, contact=row.contact, answer="тағы келді")
    client = cast.adviser.client
    assert client.get(page_of(row, "erase/")).status_code == 200
    assert Contact.objects.exists()
    client.post(page_of(row, "erase/"))
    assert not Contact.objects.exists()
    assert not Word.objects.exists()
    assert set(Consultation.objects.values_list("answer", flat=True)) == {""}
    keys = list(Consultation.objects.values_list("contact", flat=True))
    assert (len(keys), contacts.known(keys)) == (2, 1)
    assert "өшірілген" in client.get(page_of(row)).text
    assert list(verification.differences()) == []


def test_a_restored_copy_forgets_again(cast: Cast) -> None:
    row = named(cast, answer="жеке сөз")
    key = row.contact
    cast.adviser.client.post(page_of(row, "erase/"))
    Consultation.objects.filter(pk=row.pk).update(answer="жеке сөз")
    Draft.objects.create(
        token=f"{row.idempotency_key}:again", owner="x", sealed=b"x", updated_at=NOON
    )
    for erase in (item for item in registry.gather("erase")):
        erase.run(key)
    row.refresh_from_db()
    assert (row.answer, row.contact) == ("", key)
    assert not Draft.objects.exists()
    assert forget(key) == 0
    assert forget_identity(key) == 0


def test_a_visitor_of_no_name_has_nothing_to_open(cast: Cast) -> None:
    row = record(cast.adviser.actor)
    for more in ("withdraw/", "erase/"):
        assert cast.adviser.client.get(page_of(row, more)).status_code == 404
    assert cast.adviser.client.post(page_of(row, "person/"), {"reason": "visit"}).status_code == 404


# A demand for money


def test_the_question_about_money_stands_before_the_first_name_field(cast: Cast) -> None:
    text = cast.adviser.client.get(NEW, follow=True).text
    assert text.index("Сізден ақша сұрады ма?") < text.index('name="name"')
    assert text.index('value="money"') < text.index('name="name"')


def test_one_key_leads_to_the_channel_and_keeps_what_was_typed(cast: Cast) -> None:
    client = cast.adviser.client
    key = token_of(client)
    answer = send(client, "money", key=key, query="жер", language="ru")
    assert answer.headers["Location"].startswith(f"{MONEY}?draft={key}")
    text = client.get(answer.headers["Location"]).text
    assert 'lang="ru"' in text
    assert "жер" in client.get(NEW, {"draft": key}).text


def test_only_the_indication_is_written_whatever_was_typed_before(cast: Cast) -> None:
    client = cast.adviser.client
    key = token_of(client)
    typed = {"answer": "Маман ақша сұрады", "service": "s901", "body": "0000000a", **NAMED}
    send(client, "find", key=key, **typed)
    client.post(MONEY, {"key": key, "language": "kk", "channel": "walk_in", "room": "room0001"})
    row = only()
    assert (row.kind, row.result, row.answer) == ("corruption", "safe_channel", "")
    assert (row.service, row.body, row.contact, row.continues) == (None, None, "", None)
    assert not Draft.objects.exists()
    assert not Contact.objects.exists()
    assert not Word.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "corruption", "answer": "Маман ақша сұрады"}, "answer"),
        ({"kind": "information", "result": "safe_channel"}, "kind"),
        ({"kind": "corruption", "result": "safe_channel", "body": "0000000a"}, "body"),
        ({"kind": "corruption", "result": "safe_channel", "service": "s901"}, "service"),
        ({"kind": "corruption", "contact": "00112233445566ff"}, "contact"),
    ],
)
def test_a_record_that_says_more_of_it_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        record(**changes)
    assert refused.value.field == field
    assert not Consultation.objects.exists()


def test_a_consultation_with_a_name_does_not_become_a_corruption_indication(cast: Cast) -> None:
    row = named(cast)
    with pytest.raises(DomainError):
        correct_consultation(actor=cast.adviser.actor, number=row.number, kind="corruption")


@pytest.fixture
def unsealed() -> Iterator[None]:
    """A programme in which no room seals anything."""
    before = dict(registry._modules)
    for code in [module.code for module in registry if module.safe_channel]:
        registry._modules.pop(code)
    yield
    registry._modules.clear()
    registry._modules.update(before)


@pytest.mark.parametrize(("is_training", "phone"), [(True, ""), (True, "+7 726 2"), (False, "")])
def test_without_any_channel_a_training_site_says_where_it_would_stand(
    cast: Cast, unsealed: None, settings: Settings, is_training: bool, phone: str
) -> None:
    settings.IS_TRAINING, settings.SAFE_CHANNEL, settings.PHONE = is_training, "", phone
    text = cast.adviser.client.get(MONEY).text
    assert ("Бұл – оқу сайты" in text) is is_training
    assert ("Әкімшіге айтыңыз" in text) is (phone == "")
    assert "<svg" not in text[text.index("<main") : text.index("</main>")]


def test_without_a_sealed_room_the_configured_channel_is_shown(
    cast: Cast, unsealed: None, settings: Settings
) -> None:
    settings.SAFE_CHANNEL = "https://example.org/xabar"
    text = cast.adviser.client.get(MONEY).text
    assert "https://example.org/<wbr>xabar" in text
    assert "<svg" in text
    picture = text[text.index("<svg") : text.index("</svg>")]
    assert "style=" not in picture
    assert "viewBox=" in picture, "without it the code stays small in its box"
    assert "орнатылмаған" in text


def test_a_sealed_room_offers_its_own_door_and_the_typing_hand(unsealed: None) -> None:
    registry.register(
        Module(
            code="sealed_test",
            label="x",
            safe_channel="services",
            assisted_channel="consultation_drafts",
        )
    )
    try:
        found = safe_channel("https://host", "ru")
    finally:
        registry._modules.pop("sealed_test")
    assert found.is_sealed
    assert found.link.startswith("https://host/ru/")
    assert found.address == found.link.removeprefix("https://")
    assert found.assisted == "/desk/reception/drafts/"


@pytest.mark.parametrize("language", ["xx", "de", "%", "%2F", "../en", "kk\n", "ж"])
def test_an_unknown_language_in_the_address_counts_as_none(cast: Cast, language: str) -> None:
    answer = cast.adviser.client.get(MONEY, {"language": language})
    assert answer.status_code == 200
    assert answer.context["channel"] == cast.adviser.client.get(MONEY).context["channel"]
