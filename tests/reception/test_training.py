"""The year of training: the same for the same seed, like real life, and the same rows as typed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from baqylau.casework.taxonomy import ContactKind
from baqylau.catalogue.seeds import service_seeds
from baqylau.catalogue.services.seeding import seed_services
from baqylau.contacts import keyring as contact_keys
from baqylau.contacts.models import Contact
from baqylau.contacts.services.texts import seed as seed_contacts
from baqylau.institutions.training.load import load as load_bodies
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.lawbook.queries.book import working_calendar
from baqylau.lawbook.services.seed import seed as seed_law
from baqylau.reception import keyring, verification
from baqylau.reception.models import Call, Consultation, Word
from baqylau.reception.services import record_consultation
from baqylau.reception.services.bulk import Made, add_consultations
from baqylau.reception.services.checking import checked
from baqylau.reception.services.writing import subject_of
from baqylau.reception.taxonomy import Channel, Origin, Result
from baqylau.reception.training import load, world
from baqylau.territories.services import seed as seed_territories
from tests.cast import make_user
from tests.reception.making import ADVISER, PLAIN, record

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


def silent(_done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def programme(db: None, keys: Path) -> Iterator[None]:
    """Friday, 20 November 2026, in a programme with rooms, services, bodies and colleagues."""
    with clock.frozen(NOON):
        seed_law()
        seed_territories()
        with transaction.atomic():
            seed_services(service_seeds())
        contact_keys.make()
        keyring.make()
        seed_contacts()
        load_bodies(2017, 1, silent)
        for role in ("adviser", "lawyer", "coordinator"):
            make_user(role)
        yield


def _counted(name: str) -> Counter[Any]:
    return Counter(Consultation.objects.values_list(name, flat=True))


def test_a_year_looks_like_a_year_and_the_journal_tells_the_same(programme: None) -> None:
    assert load.load(2017, 1, silent) == load.EACH == Consultation.objects.count()
    assert list(verification.differences()) == []
    days = sorted(Consultation.objects.values_list("held_on", flat=True))
    assert (days[-1] - days[0]).days > 340
    assert days[-1] < NOON.date()
    assert not any(day.isoweekday() == 7 for day in days)
    off = working_calendar().reason_for_day_off
    assert not any(day.isoweekday() < 6 and off(day) for day in days)
    by_month = Counter(day.month for day in days)
    assert by_month[8] > 1.5 * by_month[7]
    spoken = _counted("language")
    assert 0.65 < spoken["kk"] / load.EACH < 0.75
    assert spoken["ru"] > 500
    assert set(_counted("channel")) == set(Channel.values)
    assert set(_counted("kind")) == set(ContactKind.values)
    popular = [code for code, _many in _counted("service__code").most_common(4)]
    assert {"s12", "s13"} <= set(popular)
    assert len(_counted("room")) == 4
    assert 200 < Contact.objects.count() < Consultation.objects.exclude(contact="").count()
    assert Consultation.objects.exclude(continues=None).count() > 100
    assert Consultation.objects.filter(origin=Origin.SHEET).count() > 20
    assert Consultation.objects.filter(edition__gt=1).count() == 33
    assert Consultation.objects.filter(is_struck=True).count() == 9
    assert Call.objects.count() > 20


def test_most_visits_are_about_few_offices_and_not_all_come_from_the_city(
    programme: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "EACH", 800)
    load.load(2017, 1, silent)
    named = _counted("body")
    assert named.pop(None) < 0.25 * load.EACH
    most = [count for _body, count in named.most_common(45)]
    assert sum(most) > 0.7 * sum(named.values())
    rooms = set(_counted("room__district"))
    assert len(set(_counted("territory")) - rooms) > 4


def test_where_money_was_asked_nothing_is_written_and_nothing_is_linked(programme: None) -> None:
    load.load(2017, 1, silent)
    asked = Consultation.objects.filter(kind=ContactKind.CORRUPTION)
    assert 20 < asked.count() < 0.06 * load.EACH
    told = asked.exclude(answer="", result=Result.SAFE_CHANNEL, contact="", case=None)
    assert not told.exists()
    assert not asked.exclude(continues=None, body=None).exists()
    assert not Consultation.objects.filter(continues__in=asked).exists()


def _rows() -> list[tuple[Any, ...]]:
    names = ("number", "held_on", "recorded_at", "service__code", "room__name_kk", "kind", "answer")
    rows = Consultation.objects.order_by("id")
    return list(rows.values_list(*names, "result", "channel", "continues__number"))


def test_the_same_seed_brings_the_same_year_and_never_twice(
    programme: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "EACH", 400)
    with transaction.atomic():
        load.load(5, 1, silent)
        first = _rows()
        transaction.set_rollback(True)
    with transaction.atomic():
        load.load(6, 1, silent)
        other = _rows()
        transaction.set_rollback(True)
    load.load(5, 1, silent)
    assert _rows() == first
    assert first != other
    assert load.load(5, 1, silent) == 0


def test_every_answer_is_noted_in_kazakh_or_in_russian_as_the_talk_was(
    programme: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "EACH", 400)
    load.load(5, 1, silent)
    of = {row["text"]: row["language"] for row in world.rows("answers.tsv")}
    assert set(of.values()) == {"kk", "ru"}
    rows = list(Consultation.objects.exclude(answer=""))
    assert {row.language for row in rows} == {"kk", "ru", "en"}
    for row in rows:
        expected = "ru" if row.language == "ru" else "kk"
        assert {of[line] for line in row.answer.splitlines()} == {expected}


def test_there_are_enough_different_sentences_and_none_names_anybody() -> None:
    texts = world.rows("answers.tsv")
    assert Counter(row["language"] for row in texts)["kk"] >= 60
    assert Counter(row["language"] for row in texts)["ru"] >= 60
    assert len({row["text"] for row in texts}) == len(texts)
    assert not any(sign.isdigit() or sign == "@" for row in texts for sign in row["text"])


def _story(row: Consultation) -> dict[str, Any]:
    """Everything that is kept of a consultation, but for its numbers and keys."""
    own = ("_state", "id", "number", "serial", "idempotency_key")
    entry = Entry.objects.get(subject=subject_of(row))
    return {
        "columns": {name: value for name, value in vars(row).items() if name not in own},
        "words": sorted(Word.objects.filter(consultation=row).values_list("prefix", flat=True)),
        "journal": (entry.at, entry.action, entry.actor, entry.payload),
        "calls": list(
            Call.objects.filter(consultation=row).values_list("kind", "due_on", "person", "not_by")
        ),
    }


def test_a_consultation_written_in_bulk_is_like_one_that_was_typed(desk: None) -> None:
    first = record()
    said: dict[str, Any] = {
        "language": "ru",
        "channel": "phone",
        "kind": "service_failure",
        "service": "s901",
        "body": "0000000a",
        "answer": "Құжаттардың тізімі берілді.\nСрок прошёл, ждём ответа",
        "result": "call_back",
        "contact": "00ff00ff00ff00ff",
        "agreed_to_call": True,
        "acted_as": "parent",
        "continues": first.number,
        "call_on": clock.today(),
    }
    typed = record(**said)
    visit = replace(PLAIN, **said)
    row = checked(visit)
    row.idempotency_key, row.author, row.recorded_at = "bulk:0001", ADVISER.key, clock.now()
    with transaction.atomic():
        add_consultations([Made(row, visit.call_on)])
    written = Consultation.objects.get(idempotency_key="bulk:0001")
    assert _story(written) == _story(Consultation.objects.get(pk=typed.pk))
    assert written.serial == typed.serial + 1
    assert list(verification.differences()) == []
    after = record_consultation(actor=ADVISER, idempotency_key="after:001", visit=PLAIN)
    assert after.serial == written.serial + 1
    assert after.pk > written.pk
