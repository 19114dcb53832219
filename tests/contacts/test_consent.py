"""Asking, agreeing, taking back; and telling about oneself without being known by it."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from baqylau.contacts import queries
from baqylau.contacts.models import Consent, ConsentText, Contact, Demographics, Purpose
from baqylau.contacts.services import (
    count_answers,
    erase,
    give_consent,
    publish_text,
    reveal,
    withdraw,
)
from baqylau.contacts.services.consent import NoConsentError
from baqylau.contacts.services.texts import seed
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError
from tests.contacts.people import ADVISER, LAWYER, MOMENT, visitor

pytestmark = pytest.mark.django_db
TEXTS = {"kk": "Келісесіз бе?", "ru": "Вы согласны?", "en": "Do you agree?"}


def test_the_version_that_was_read_is_kept_with_its_language(prepared: Path) -> None:
    row = visitor(language="ru")
    (agreed,) = queries.consents_of(row)
    assert (agreed.text.purpose, agreed.text.number, agreed.language) == ("contact", 1, "ru")
    for code in ("kk", "ru", "en"):
        assert len(queries.wording(agreed.text, code)) > 200


def test_a_new_version_is_asked_from_its_day_and_changes_no_earlier_yes(prepared: Path) -> None:
    with clock.frozen(MOMENT):
        row = visitor()
    publish_text(
        actor=LAWYER, purpose="contact", valid_from=date(2026, 6, 1), keep_days=30, texts=TEXTS
    )
    assert queries.text_on("contact", date(2026, 5, 31)).number == 1
    assert queries.text_on("contact", date(2026, 6, 1)).number == 2
    assert queries.consents_of(row)[0].text.number == 1
    with clock.frozen(MOMENT.replace(month=7)):
        other = visitor("Басқа", "")
    assert other.keep_until == date(2026, 7, 5) + timedelta(days=30)


def test_versions_follow_each_other(prepared: Path) -> None:
    day = date(2026, 6, 1)
    publish_text(actor=LAWYER, purpose="contact", valid_from=day, keep_days=30, texts=TEXTS)
    with pytest.raises(ConflictError):
        publish_text(actor=LAWYER, purpose="contact", valid_from=day, keep_days=30, texts=TEXTS)
    with pytest.raises(NotAllowedError):
        publish_text(actor=ADVISER, purpose="papers", valid_from=day, keep_days=30, texts=TEXTS)


def test_nobody_is_asked_without_a_text(prepared: Path) -> None:
    with clock.frozen(MOMENT.replace(year=2025)), pytest.raises(DomainError):
        visitor()
    assert Contact.objects.count() == 0


def test_taking_back_closes_the_name_at_once(prepared: Path) -> None:
    key = visitor().key
    withdraw(actor=ADVISER, key=key)
    with pytest.raises(NoConsentError):
        reveal(actor=ADVISER, key=key, reason="visit")
    withdraw(actor=ADVISER, key=key)
    assert Entry.objects.filter(action="contacts.consent_withdrawn").count() == 1


def test_a_withdrawal_by_mistake_can_be_mended_the_same_day(prepared: Path) -> None:
    key = visitor().key
    withdraw(actor=ADVISER, key=key)
    give_consent(actor=ADVISER, key=key, purpose=Purpose.CONTACT, language="kk")
    assert reveal(actor=ADVISER, key=key, reason="visit").key == key
    assert queries.over_on(clock.today()) == []


def test_papers_are_agreed_to_apart_from_the_name(prepared: Path) -> None:
    row = visitor()
    assert not queries.has_consent(row, Purpose.PAPERS)
    give_consent(actor=ADVISER, key=row.key, purpose=Purpose.PAPERS, language="kk")
    give_consent(actor=ADVISER, key=row.key, purpose=Purpose.PAPERS, language="ru")
    assert queries.has_consent(row, Purpose.PAPERS)
    withdraw(actor=ADVISER, key=row.key, purpose=Purpose.PAPERS)
    assert not queries.has_consent(row, Purpose.PAPERS)
    assert queries.has_consent(row)
    assert Consent.objects.count() == 3


def test_answers_are_counted_once_and_lead_to_nobody(prepared: Path) -> None:
    with clock.frozen(MOMENT):
        keys = [visitor(name, "").key for name in ("А", "Ә", "Б")]
        for key in keys:
            assert count_answers(actor=ADVISER, key=key, answers={"sex": "female", "age": "to_17"})
        assert not count_answers(actor=ADVISER, key=keys[0], answers={"sex": "male"})
    assert queries.counts(date(2026, 3, 1), date(2026, 4, 1)) == {
        ("sex", "female"): 3,
        ("age", "to_17"): 3,
    }
    assert {
        json.dumps(json.loads(e.payload)) for e in Entry.objects.filter(action="contacts.counted")
    } == {"{}"}
    columns = {field.name for field in Demographics._meta.get_fields()}
    assert columns == {"id", "month_on", "question", "answer", "number"}


def test_counts_stay_right_when_the_person_is_erased(prepared: Path) -> None:
    with clock.frozen(MOMENT):
        key = visitor().key
        count_answers(actor=ADVISER, key=key, answers={"place": "village"})
        erase(actor=ADVISER, key=key)
    assert queries.counts(date(2026, 1, 1), date(2027, 1, 1)) == {("place", "village"): 1}


def test_an_answer_must_belong_to_its_question(prepared: Path) -> None:
    key = visitor().key
    for answers in ({"sex": "village"}, {"shoe": "42"}):
        with pytest.raises(DomainError):
            count_answers(actor=ADVISER, key=key, answers=answers)
    assert not Demographics.objects.exists()


def test_the_seed_is_loaded_once(prepared: Path) -> None:
    before = list(ConsentText.objects.values_list("pk", flat=True))
    content = (prepared / "contacts.key").read_bytes()
    seed()
    assert list(ConsentText.objects.values_list("pk", flat=True)) == before
    assert (prepared / "contacts.key").read_bytes() == content
    assert (prepared / "contacts.key").stat().st_mode & 0o077 == 0


def test_a_lost_key_is_told_and_not_replaced_while_people_are_kept(prepared: Path) -> None:
    visitor()
    (prepared / "contacts.key").unlink()
    assert "contacts.key" in seed()
    assert not (prepared / "contacts.key").exists()
