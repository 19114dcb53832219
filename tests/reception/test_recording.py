"""Writing consultations down."""

import json
import re
from datetime import date
from typing import Any

import pytest

from baqylau.journal.models import Entry
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError
from baqylau.reception import verification
from baqylau.reception.models import Call, Consultation, PrintedSlip, Word, YearCount
from baqylau.reception.services import correct_consultation, strike_consultation
from baqylau.reception.services.writing import next_serial
from tests.reception.making import ADVISER, COLLEAGUE, COORDINATOR, MERKE, TARAZ, record

pytestmark = pytest.mark.usefixtures("desk")
TODAY = date(2026, 7, 1)


def test_a_consultation_gets_the_next_number_of_the_year() -> None:
    assert [record().number, record().number] == ["К-2026-000001", "К-2026-000002"]


def test_the_same_key_writes_one_consultation() -> None:
    first = record(idempotency_key="key:00000001")
    again = record(idempotency_key="key:00000001", kind="proposal")
    assert again.pk == first.pk
    assert (Consultation.objects.count(), Entry.objects.filter(subject__contains="К-").count()) == (
        1,
        1,
    )


def test_the_journal_learns_codes_and_no_word_of_the_answer() -> None:
    record(answer="Анықтама алу үшін жеке куәлік керек", service="s901", part="documents")
    entry = Entry.objects.get(action="reception.recorded")
    assert "куәлік" not in entry.payload
    assert json.loads(entry.payload)["service"] == "s901"


def test_the_matter_lies_in_the_rooms_district_unless_another_is_said() -> None:
    assert record(room=MERKE).territory_id == "314800000"
    assert record(room=MERKE, district="311000000").territory_id == "311000000"


def test_a_visit_about_an_earlier_problem_hangs_on_its_first_visit() -> None:
    first = record()
    second = record(continues=first.number)
    third = record(continues=second.number)
    assert {second.continues_id, third.continues_id} == {first.pk}


def test_a_slip_printed_in_advance_gives_its_number_once() -> None:
    serial = next_serial(2026)
    PrintedSlip.objects.create(
        year=2026, serial=serial, room_id=record().room_id, printed_on=TODAY, printed_by="x"
    )
    assert record(slip=f"2026-{serial}").serial == serial
    with pytest.raises(DomainError) as refused:
        record(slip=f"K-2026-{serial:06}")
    assert refused.value.field == "slip"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held_on": date(2026, 7, 2)}, "held_on"),
        ({"held_on": date(2026, 5, 1)}, "held_on"),
        ({"held_on": date(2025, 6, 1), "origin": "sheet"}, "held_on"),
        ({"kind": "gossip"}, "kind"),
        ({"language": "de"}, "language"),
        ({"channel": "pigeon"}, "channel"),
        ({"service": "s000"}, "service"),
        ({"continues": "2026-999"}, "continues"),
        ({"slip": "2026-999"}, "slip"),
        ({"answer": "ә" * 2_001}, "answer"),
        ({"result": "call_back"}, "call_on"),
        ({"call_on": date(2026, 6, 30)}, "call_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        record(**changes)
    assert refused.value.field == field
    assert not Consultation.objects.exists()


def test_a_refused_visit_takes_no_number() -> None:
    with pytest.raises(DomainError):
        record(slip="2026-77")
    assert record().serial == 1


def test_a_promised_call_becomes_due() -> None:
    row = record(result="call_back", call_on=date(2026, 7, 3))
    call = Call.objects.get(consultation=row)
    assert (call.kind, call.due_on, call.person) == ("promised", date(2026, 7, 3), ADVISER.key)


def test_words_of_the_answer_are_kept_by_their_first_letters() -> None:
    row = record(answer="Жер учаскесі")
    kept = set(Word.objects.filter(consultation=row).values_list("prefix", flat=True))
    assert all(re.fullmatch(r"[a-z]{3,5}", prefix) for prefix in kept)
    assert len(kept) == 3


def test_a_correction_tells_the_journal_what_was_and_what_is() -> None:
    row = record(kind="information")
    correct_consultation(actor=ADVISER, number=row.number, seen=1, kind="misconduct")
    said = json.loads(Entry.objects.get(action="reception.corrected").payload)
    assert (said["was_kind"], said["kind"]) == ("information", "misconduct")


def test_a_correction_that_changes_nothing_leaves_no_trace() -> None:
    row = record()
    correct_consultation(actor=ADVISER, number=row.number)
    assert not Entry.objects.filter(action="reception.corrected").exists()


def test_two_corrections_of_one_edition_do_not_overwrite_each_other() -> None:
    row = record()
    correct_consultation(actor=ADVISER, number=row.number, seen=1, kind="proposal")
    with pytest.raises(ConflictError):
        correct_consultation(actor=ADVISER, number=row.number, seen=1, kind="waste")


def test_a_colleague_corrects_nothing_and_a_coordinator_may() -> None:
    row = record()
    with pytest.raises(NotAllowedError):
        correct_consultation(actor=COLLEAGUE, number=row.number, kind="waste")
    assert correct_consultation(actor=COORDINATOR, number=row.number, kind="waste").edition == 2


def test_a_struck_consultation_stays_to_be_seen() -> None:
    row = record()
    strike_consultation(actor=ADVISER, number=row.number, reason="twice")
    assert Consultation.objects.get(pk=row.pk).is_struck
    assert not Consultation.objects.standing().exists()


def test_verification_finds_nothing_in_an_honest_table() -> None:
    row = record()
    record(continues=row.number)
    correct_consultation(actor=ADVISER, number=row.number, kind="waste")
    strike_consultation(actor=ADVISER, number=record().number, reason="twice")
    assert list(verification.differences()) == []


def test_verification_finds_a_changed_row_and_a_missing_number() -> None:
    changed, gone = record(), record()
    record()
    Consultation.objects.filter(pk=changed.pk).update(kind="proposal")
    Word.objects.filter(consultation=gone).delete()
    Consultation.objects.filter(pk=gone.pk).delete()
    assert len(list(verification.differences())) == 2


def test_numbers_go_on_after_a_year_ends() -> None:
    YearCount.objects.create(year=2026, last=41)
    assert record(room=TARAZ).number == "К-2026-000042"
