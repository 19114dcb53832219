"""What becomes of a recommendation: written down once, in order, beside journal and list."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.utils import translation
from PIL import Image

from baqylau.casework.services.writing import AbolishedError, TiedError
from baqylau.councils import verification
from baqylau.councils.models import Council, Delivery, FinalDocument, Recommendation, Step
from baqylau.councils.services import deliveries, documents
from baqylau.councils.services.papers import Uploaded, open_scan
from baqylau.councils.services.recounting import recount
from baqylau.councils.services.stepping import give_to, record_step, strike_step
from baqylau.files import store
from baqylau.files.models import StoredFile
from baqylau.institutions.models import Institution, Interest
from baqylau.journal.models import Entry
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import (
    ConflictError,
    DomainError,
    NotAllowedError,
    RefusalsError,
)
from baqylau.lawbook.models import CalendarDay
from baqylau.lawbook.queries.book import read_book, reading
from tests.councils.making import AKIMAT, COORDINATOR, LAWYER, POLICE, SCHOOL, SECRETARY
from tests.councils.promising import (
    DONE,
    REPLY,
    accepted,
    ask,
    draft,
    happen,
    of_council,
    on_day,
    received,
    sent,
    signed,
    written,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
PDF = Uploaded(b"%PDF-1.4\n%%EOF\n", "application/pdf")
MEMBER = Actor("member-1", frozenset({"member"}))


def said(error: pytest.ExceptionInfo[DomainError]) -> str:
    with translation.override("en"):
        found = error.value
        each = found.refusals if isinstance(found, RefusalsError) else [found]
        return " | ".join(f"{one.field}: {one.message}" for one in each)


def test_a_document_lacking_what_the_law_wants_is_refused_field_by_field() -> None:
    row = draft(form="", signer="", texts={"title_kk": "Кезек туралы"})
    with pytest.raises(RefusalsError) as error:
        documents.sign(actor=COORDINATOR, code=row.code, revision=row.revision)
    fields = [each.field for each in error.value.refusals]
    assert fields == ["place_kk", "tasks_kk", "subjects_kk", "form", "facts_kk", "signer", ""]
    assert "Place, in Kazakh" in said(error)
    assert FinalDocument.objects.get().number == ""


def test_signing_numbers_the_document_and_each_recommendation_once() -> None:
    first, second = signed(AKIMAT, POLICE, AKIMAT), signed()
    assert (first.number, second.number) == ("2026-1", "2026-2")
    rows = Recommendation.objects.filter(document=first).order_by("order")
    assert [row.number for row in rows] == ["2026-1.1", "2026-1.2", "2026-1.3"]
    assert {row.written_on for row in rows} == {DONE}
    bodies = Delivery.objects.filter(document=first).values_list("institution__code", flat=True)
    assert sorted(bodies) == [AKIMAT, POLICE]


def test_nothing_in_a_signed_document_changes() -> None:
    row = signed()
    for change in (
        lambda: documents.write_document(actor=SECRETARY, said=written(), code=row.code),
        lambda: ask(row),
        lambda: documents.remove_recommendation(actor=SECRETARY, document=row.code, code="x"),
        lambda: documents.sign(actor=COORDINATOR, code=row.code, revision=row.revision),
    ):
        with pytest.raises(DomainError) as error:
            change()
        assert error.value.code == "signed"


def test_two_who_change_a_draft_do_not_overwrite_each_other() -> None:
    row = draft()
    documents.write_document(actor=SECRETARY, said=written(), code=row.code, revision=1)
    with pytest.raises(ConflictError):
        documents.write_document(actor=LAWYER, said=written(), code=row.code, revision=1)


def test_only_a_coordinator_signs() -> None:
    row = draft()
    ask(row)
    with pytest.raises(NotAllowedError):
        documents.sign(actor=SECRETARY, code=row.code, revision=row.revision)


def test_a_document_is_not_signed_before_the_control_has_ended() -> None:
    row = draft()
    ask(row)
    with pytest.raises(RefusalsError):
        documents.sign(
            actor=COORDINATOR,
            code=row.code,
            revision=row.revision,
            on=DONE - timedelta(days=1),
        )


def test_an_abolished_body_is_refused_and_its_successor_offered() -> None:
    body = Institution.objects.get(code=SCHOOL)
    body.until_on, body.successor = date(2026, 3, 1), Institution.objects.get(code=POLICE)
    body.save()
    row = draft()
    with pytest.raises(AbolishedError) as error:
        ask(row, SCHOOL)
    assert error.value.heir == POLICE
    assert not Recommendation.objects.exists()


def test_whoever_is_tied_to_the_body_writes_nothing_about_it() -> None:
    body = Institution.objects.get(code=AKIMAT)
    Interest.objects.create(institution=body, person=SECRETARY.key, tie="works")
    with pytest.raises(TiedError):
        ask(draft())
    Interest.objects.update(person=LAWYER.key)
    row = received()
    with pytest.raises(TiedError):
        happen(row, "answered", DONE, finding="accepted")
    with pytest.raises(TiedError):
        give_to(actor=SECRETARY, number=row.number or "", person=LAWYER.key)


@pytest.mark.parametrize(
    ("origin", "source", "kept"),
    [
        ("figure", " casework.in_time  2026-Q1 ", "casework.in_time 2026-Q1"),
        ("case", "ж-2026-12", "Ж-2026-000012"),
        ("control", "whatever", ""),
    ],
)
def test_a_source_is_a_code_and_nothing_else(origin: str, source: str, kept: str) -> None:
    assert ask(draft(), origin=origin, source=source).source == kept


@pytest.mark.parametrize(
    ("origin", "source"),
    [
        ("case", "Нұрлан айтты"),
        ("case", ""),
        ("figure", "2026"),
        ("meeting", "report 7"),
        ("meeting", "0a1b2c3d"),
        ("comments", "0a1b2c3d"),
    ],
)
def test_a_source_that_names_something_else_is_refused(origin: str, source: str) -> None:
    with pytest.raises(DomainError) as error:
        ask(draft(), origin=origin, source=source)
    assert error.value.field == "source"


def test_a_telephone_or_a_strange_sign_does_not_become_public() -> None:
    with pytest.raises(RefusalsError) as error:
        ask(draft(), text_kk="Хабарласыңыз: +7 701 123 45 67", text_ru="☃")
    assert {each.code for each in error.value.refusals} == {"personal", "signs"}
    with pytest.raises(RefusalsError):
        ask(draft(), text_kk="ә" * 8_001)


def test_sending_and_arrival_are_steps_of_every_recommendation_to_the_body() -> None:
    row = signed(AKIMAT, AKIMAT, POLICE)
    deliveries.send(actor=COORDINATOR, document=row.code, body=AKIMAT, on=DONE)
    deliveries.receive(
        actor=SECRETARY, document=row.code, body=AKIMAT, on=date(2026, 5, 5), reference="ВХ-17"
    )
    found = list(Recommendation.objects.order_by("order"))
    assert [each.state for each in found] == ["sent", "sent", "written"]
    assert found[0].due_on == found[1].due_on == date(2026, 5, 21)
    delivery = Delivery.objects.get(institution__code=AKIMAT)
    assert (delivery.sent_on, delivery.received_on) == (DONE, date(2026, 5, 5))
    assert delivery.reference == "ВХ-17"
    assert not list(verification.differences())


@pytest.mark.parametrize(
    ("on", "words"),
    [(DONE - timedelta(days=1), "before it is signed"), (date(2026, 7, 2), "in the future")],
)
def test_days_of_sending_that_cannot_be_true_are_refused(on: date, words: str) -> None:
    row = signed()
    with pytest.raises(DomainError) as error:
        deliveries.send(actor=COORDINATOR, document=row.code, body=AKIMAT, on=on)
    assert words in said(error)
    assert Recommendation.objects.get().steps == 0


def test_what_did_not_go_out_does_not_arrive_and_nothing_goes_out_twice() -> None:
    row = signed()
    with pytest.raises(DomainError):
        deliveries.receive(actor=SECRETARY, document=row.code, body=AKIMAT, on=DONE)
    deliveries.send(actor=COORDINATOR, document=row.code, body=AKIMAT, on=DONE)
    with pytest.raises(ConflictError):
        deliveries.send(actor=COORDINATOR, document=row.code, body=AKIMAT, on=DONE)


def test_a_wrong_day_of_arrival_is_taken_back_with_its_reason_then_that_of_sending() -> None:
    row = received()
    assert row.document is not None
    code = row.document.code
    with pytest.raises(DomainError):
        strike_step(actor=SECRETARY, number=row.number or "", target=2, reason="қате")
    with pytest.raises(RefusalsError):
        deliveries.take_back(actor=SECRETARY, document=code, body=AKIMAT, reason=" ")
    for _twice in range(2):
        deliveries.take_back(actor=SECRETARY, document=code, body=AKIMAT, reason="Күні қате")
    row.refresh_from_db()
    assert (row.state, row.due_on, row.sent_on) == ("written", None, None)
    assert Step.objects.filter(kind="struck").values_list("text_kk", flat=True)[0] == "Күні қате"
    with pytest.raises(DomainError):
        deliveries.take_back(actor=SECRETARY, document=code, body=AKIMAT, reason="тағы")
    deliveries.send(actor=COORDINATOR, document=code, body=AKIMAT, on=DONE)
    assert not list(verification.differences())


def test_the_arrival_of_a_document_leaves_a_withdrawn_recommendation_alone() -> None:
    row = signed(AKIMAT, AKIMAT)
    deliveries.send(actor=COORDINATOR, document=row.code, body=AKIMAT, on=DONE)
    first = Recommendation.objects.order_by("order")[0]
    happen(first, "withdrawn", DONE)
    deliveries.receive(actor=SECRETARY, document=row.code, body=AKIMAT, on=DONE)
    states = Recommendation.objects.order_by("order").values_list("state", "received_on")
    assert list(states) == [("withdrawn", None), ("sent", DONE)]
    deliveries.take_back(actor=SECRETARY, document=row.code, body=AKIMAT, reason="қате күн")
    assert not list(verification.differences())


def test_a_councils_recommendation_has_the_councils_term(council: Council) -> None:
    row = of_council(council)
    assert row.council == council
    assert row.due_on == date(2026, 5, 20)


def test_an_answer_with_its_scan_and_its_public_words() -> None:
    row = happen(
        received(),
        "answered",
        date(2026, 5, 12),
        finding="partly",
        until_on=date(2026, 9, 1),
        said={"text_kk": REPLY, "reference": "12-3/45"},
        scan=PDF,
    )
    assert (row.state, row.answer, row.was_in_time) == ("partly", "partly", True)
    assert (row.due_on, row.promised_on) == (date(2026, 9, 1), date(2026, 9, 1))
    step = Step.objects.get(kind="answered")
    assert step.due_on == date(2026, 5, 20)
    assert b"PDF" not in bytes(step.file_key)
    _step, media_type, content = open_scan(actor=LAWYER, row=row, number=3)
    assert (media_type, content) == ("application/pdf", PDF.content)
    assert Entry.objects.filter(action="councils.paper_opened").count() == 1
    with pytest.raises(DomainError):
        open_scan(actor=LAWYER, row=row, number=1)


@pytest.mark.parametrize(
    "scan",
    [
        Uploaded(b"", "application/pdf"),
        Uploaded(b"%PDF-1.4 cut", "application/pdf"),
        Uploaded(b"x", "text/html"),
        Uploaded(b"x" * (20 * 1_048_576 + 1), "application/pdf"),
    ],
    ids=["empty", "cut off", "another kind", "too large"],
)
def test_a_scan_that_is_not_taken_leaves_no_step(scan: Uploaded) -> None:
    row = received()
    with pytest.raises(DomainError) as error:
        happen(row, "answered", DONE, finding="accepted", scan=scan)
    assert error.value.field == "file"
    row.refresh_from_db()
    assert row.steps == 2
    assert not StoredFile.objects.exists()


def test_a_refused_step_forgets_the_file_that_came_with_it() -> None:
    row = received()
    with pytest.raises(ConflictError):
        happen(row, "answered", DONE, finding="accepted", scan=PDF, seen=1)
    assert not StoredFile.objects.exists()


def picture() -> bytes:
    """A photograph that says where it was taken."""
    out, shot = BytesIO(), Image.new("RGB", (640, 480), "#336677")
    exif = shot.getexif()
    exif[0x010E] = "Тараз, 42.9 71.4"
    shot.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_citizens_check_on_the_spot_by_role_with_a_picture_without_metadata() -> None:
    row = happen(accepted(), "executed", date(2026, 6, 1))
    found = record_step(
        actor=MEMBER,
        number=row.number or "",
        kind="verified",
        on=date(2026, 6, 9),
        finding="disputed",
        said={"text_kk": "Тақта жоқ, кезек бұрынғыдай.", "picture_alt": "Бос қабырға"},
        picture=Uploaded(picture(), "image/jpeg"),
    )
    assert (found.state, found.found) == ("disputed", "disputed")
    step = Step.objects.get(kind="verified")
    assert (step.role, step.picture_width, step.picture_height) == ("member", 640, 480)
    assert step.picture is not None
    with store.read(step.picture.digest) as file:
        content = file.read()
    assert b"42.9" not in content
    payload = Entry.objects.filter(action="councils.step").latest("number").payload
    assert "member" in payload
    assert "Тақта" not in payload


def test_a_check_wants_words_and_words_about_its_picture() -> None:
    row = accepted()
    with pytest.raises(RefusalsError):
        happen(row, "verified", DONE + timedelta(days=20), finding="confirmed", said={})
    with pytest.raises(DomainError) as error:
        happen(
            row,
            "verified",
            DONE + timedelta(days=20),
            finding="confirmed",
            picture=Uploaded(picture(), "image/jpeg"),
        )
    assert error.value.field == "picture_alt"
    with pytest.raises(DomainError):
        happen(
            row,
            "verified",
            DONE + timedelta(days=20),
            finding="confirmed",
            said={"text_kk": REPLY, "picture_alt": "сурет"},
            picture=Uploaded(b"x", "image/png"),
        )


def test_a_member_checks_and_does_not_write_answers_down() -> None:
    with pytest.raises(NotAllowedError):
        record_step(actor=MEMBER, number="2026-1.1", kind="answered", on=DONE)


def test_a_step_written_twice_from_one_page_is_written_once() -> None:
    row = received()
    happen(row, "answered", DONE, finding="accepted", seen=2)
    with pytest.raises(ConflictError):
        happen(row, "answered", DONE, finding="accepted", seen=2)


def test_a_wrong_step_is_struck_out_with_a_reason_and_stays_to_be_seen() -> None:
    row = accepted()
    with pytest.raises(RefusalsError):
        strike_step(actor=LAWYER, number=row.number or "", target=3, reason="")
    row = strike_step(actor=LAWYER, number=row.number or "", target=3, reason="Басқа хат екен")
    assert (row.state, row.steps, row.answered_on) == ("sent", 4, None)
    assert row.due_on == date(2026, 5, 20)
    assert not list(verification.differences())


def test_an_unknown_number_is_said_to_be_unknown() -> None:
    calls: tuple[Callable[[], object], ...] = (
        lambda: happen(Recommendation(number="2026-9.9"), "answered", DONE),
        lambda: give_to(actor=LAWYER, number="", person=""),
    )
    for call in calls:
        with pytest.raises(DomainError) as error:
            call()
        assert error.value.status == 404


def test_giving_is_safe_to_repeat() -> None:
    row = sent()
    for _twice in range(2):
        give_to(actor=SECRETARY, number=row.number or "", person=LAWYER.key)
    assert Entry.objects.filter(action="councils.given").count() == 1


def test_a_new_holiday_moves_open_terms_and_says_so() -> None:
    row = received()
    CalendarDay.objects.create(
        on=date(2026, 5, 12), kind="holiday", reason_kk="т", reason_ru="т", reason_en="t"
    )
    with reading(read_book()):
        moved = recount("a new holiday")
        assert moved == [(row.number, date(2026, 5, 20), date(2026, 5, 21))]
    row.refresh_from_db()
    assert row.due_on == date(2026, 5, 21)
    assert Entry.objects.filter(action="councils.recounted").count() == 1


def test_verify_names_a_row_that_lies_and_rebuild_mends_it() -> None:
    row = received()
    Recommendation.objects.update(due_on=date(2030, 1, 1))
    (difference,) = verification.differences()
    assert "2026-1.1" in difference
    assert verification.rebuild() == 1
    assert not list(verification.differences())
    Step.objects.filter(recommendation=row, kind="received").update(text_kk="қосылды")
    assert len(list(verification.differences())) == 1


def test_nothing_is_set_by_time_alone() -> None:
    row = received()
    with on_day(date(2026, 12, 1)):
        row.refresh_from_db()
        assert (row.state, row.was_in_time) == ("sent", None)


@pytest.mark.django_db(transaction=True)
def test_eight_who_sign_at_once_get_eight_numbers(house: None) -> None:
    rows = [draft() for _one in range(8)]
    for row in rows:
        ask(row)

    def sign(row: FinalDocument) -> str:
        try:
            with on_day(DONE):
                return documents.sign(
                    actor=COORDINATOR, code=row.code, revision=row.revision, on=DONE
                ).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        numbers = sorted(crowd.map(sign, rows))
    assert numbers == sorted(f"2026-{each}" for each in range(1, 9))
