"""Many times the year: the command that brings it, what it refuses, and that nothing is lost."""

import argparse

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from baqylau.config import commands
from baqylau.journal.models import Entry
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import registry
from baqylau.operation.services import mark_installation
from baqylau.reception import verification
from baqylau.reception.models import Consultation, Word
from baqylau.reception.training import load
from baqylau.storage.bulk import insert, next_ids
from tests.reception.making import record
from tests.reception.test_training import programme

__all__ = ["programme"]
pytestmark = pytest.mark.django_db


def test_more_than_a_year_is_written_in_chunks_and_verification_finds_nothing(
    programme: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "EACH", 150)
    monkeypatch.setattr(load, "CHUNK", 100)
    told: list[tuple[int, int]] = []
    assert load.load(2017, 3, lambda done, total: told.append((done, total))) == 450
    assert told == [(100, 450), (200, 450), (300, 450), (400, 450), (450, 450)]
    assert list(verification.differences()) == []
    rows = Consultation.objects.order_by("id")
    assert [row.serial for row in rows.filter(year=2026)] == sorted(
        row.serial for row in rows.filter(year=2026)
    )
    assert Entry.objects.filter(action="reception.recorded").count() == 450
    assert rows.exclude(contact="").exists()


def test_a_scale_is_a_whole_number_within_bounds() -> None:
    assert commands._scale("417") == 417
    for text in ("0", "-1", "1.5", "1001", "", "²", "x"):
        with pytest.raises(argparse.ArgumentTypeError):
            commands._scale(text)


@pytest.mark.django_db(databases=["default", "sealed"])
def test_records_that_are_there_are_never_added_to(desk: None) -> None:
    mark_installation()
    record()
    before = Consultation.objects.count()
    with pytest.raises(DomainError, match="make reset"):
        commands._training(argparse.Namespace(scale=2, seed=1))
    assert Consultation.objects.count() == before


def test_no_invented_record_enters_a_production_site(desk: None, settings: Settings) -> None:
    settings.IS_TRAINING = False
    with pytest.raises(DomainError) as refused:
        commands._training(argparse.Namespace(scale=1, seed=1))
    assert refused.value.code == "production"
    assert not Consultation.objects.exists()


def test_only_what_happens_is_multiplied() -> None:
    each = {part.code: part.each for part in registry.gather("training")}
    assert (each["reception"], each["casework"]) == (2_400, 400)
    assert each["institutions"] == each["staff"] == 0


def test_keys_taken_in_bulk_are_nobody_elses(desk: None) -> None:
    before = record()
    with transaction.atomic():
        keys = list(next_ids(Consultation, 3))
    assert len(set(keys)) == 3
    assert min(keys) > before.pk


def test_rows_in_bulk_obey_the_database(desk: None) -> None:
    row = record(answer="Айттым")
    known = Word.objects.filter(consultation=row).values_list("prefix", flat=True)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Word, ("prefix", "consultation_id"), [(known, row.pk)])
    with transaction.atomic():
        insert(Word, ("prefix", "consultation_id"), [("жаңа", row.pk)])
    assert Word.objects.filter(consultation=row, prefix="жаңа").exists()
