"""Personal letters: sealed while they are written, printed when they are whole, then dropped."""

import io
from collections.abc import Iterator
from datetime import timedelta

import docx
import pypdf
import pytest
from django.core import serializers
from django.utils import translation

from baqylau.contacts.services import give_consent, open_contact, withdraw
from baqylau.institutions.queries import institution
from baqylau.institutions.services import close, edit
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError
from baqylau.lawbook.services.letters import enter_letter
from baqylau.reception.models import Consultation, Letter
from baqylau.reception.queries.letters import contents, kept_for, lacking, letter
from baqylau.reception.rules.requisites import KINDS
from baqylau.reception.services import forget, strike_consultation
from baqylau.reception.services.dropping import drop_due, drop_letter
from baqylau.reception.services.letters import (
    RefusedError,
    begin_letter,
    open_letter,
    print_letter,
    save_letter,
)
from tests.casework.making import AKIMAT, POLICE, SCHOOL, happen
from tests.reception.lettering import APPEAL, IIN, NAME, STREET, WHOLE, begun, save, whole
from tests.reception.making import ADVISER, COLLEAGUE, MERKE, record
from tests.reception.test_help import helped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are read in English here."""
    with translation.override("en"):
        yield


def printed(of: Letter, form: str = "docx") -> str:
    made = print_letter(actor=ADVISER, key=of.key, form=form)
    if form == "docx":
        return "\n".join(each.text for each in docx.Document(io.BytesIO(made)).paragraphs)
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


def known(actor_phone: str = "+77010000001") -> Consultation:
    """A visit of somebody who agreed to be known."""
    contact = open_contact(actor=ADVISER, name=NAME, phone=actor_phone, language="kk")
    return record(contact=contact.key)


def later(days: int) -> None:
    """The night's duty, so many days from now."""
    with clock.frozen(clock.now() + timedelta(days=days)):
        drop_due()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_every_letter_can_be_printed_when_it_is_whole(
    desk: None, kind: str, language: str, form: str
) -> None:
    said = printed(whole(kind, language), form)
    said = " ".join(said.split())
    for value in (NAME, IIN, "Тараз қаласының әкімдігі", "01.07.2026"):
        assert value in said
    assert {"kk": "Қолы: ____", "ru": "Подпись: ____"}[language] in said
    assert "{{" not in said


def test_a_letter_without_what_the_law_asks_for_is_not_printed(desk: None) -> None:
    of = begun()
    with pytest.raises(RefusedError) as refused:
        print_letter(actor=ADVISER, key=of.key, form="pdf")
    assert {error.field for error in refused.value.errors} == {
        "applicant_name",
        "applicant_address",
        "body_name",
        "facts",
        "request",
    }
    assert all("63" in error.message for error in refused.value.errors)
    assert letter(of.key).state == "draft"


@pytest.mark.parametrize("name", ["applicant_name", "applicant_address", "facts", "request"])
def test_one_missing_requisite_is_enough(desk: None, name: str) -> None:
    of = save(begun(), {**APPEAL, name: " \u200f "})
    with pytest.raises(RefusedError) as refused:
        print_letter(actor=ADVISER, key=of.key, form="pdf")
    assert [error.field for error in refused.value.errors] == [name]


def test_nobody_must_have_a_number(desk: None) -> None:
    of = save(begun(), {**APPEAL, "applicant_iin": ""})
    assert "ЖСН (болған жағдайда): ____" in printed(of)


def test_everything_wrong_is_said_at_once_and_nothing_is_kept(desk: None) -> None:
    of = begun()
    typed = {
        **APPEAL,
        "applicant_iin": "061211600013",
        "facts": "Бұл 😀 дұрыс емес",
        "request": "а" * 6_001,
    }
    with pytest.raises(RefusedError) as refused:
        save_letter(actor=ADVISER, key=of.key, seen=1, typed=typed, body="nowhere")
    said = {error.field: error.message for error in refused.value.errors}
    assert "😀" in said["facts"]
    assert "6000" in said["request"]
    assert set(said) == {"applicant_iin", "facts", "request", ""}
    assert contents(letter(of.key)) == {}


def test_marks_of_right_to_left_and_words_bullets_vanish(desk: None) -> None:
    of = save(begun(), {"facts": "Бір\u202e екі\u200f\n\uf0b7 үш\r\n\r\n\r\n\r\nтөрт"})
    assert contents(of)["facts"] == "Бір екі\nүш\n\nтөрт"


@pytest.mark.parametrize(
    "text", ["{{ applicant_iin }} {{facts}}", "{% load x %}", "#let x = 1 $y$ @z", "<b>&amp;</b>"]
)
def test_what_looks_like_a_template_stays_text(desk: None, text: str) -> None:
    of = save(begun(), {**APPEAL, "facts": text})
    assert text in printed(of)
    assert text in " ".join(printed(of, "pdf").split())


def test_the_same_letter_on_the_same_day_is_the_same_file(desk: None) -> None:
    of = whole()
    for form in ("pdf", "docx"):
        first, second = (print_letter(actor=ADVISER, key=of.key, form=form) for _turn in "ab")
        assert first == second


def test_the_body_is_named_in_the_language_of_the_letter(desk: None) -> None:
    body = institution(AKIMAT)
    fields = {name: getattr(body, name) for name in ("name_kk", "kind", "ownership", "district_id")}
    changed = {**fields, "name_ru": "Акимат города Тараз", "address_ru": "Тараз, Сулейменова, 3"}
    edit(actor=SYSTEM, code=AKIMAT, revision=body.revision, fields=changed)
    said = printed(whole(language="ru"))
    assert "Кому: Акимат города Тараз" in said
    assert "Адрес: Тараз, Сулейменова, 3" in said
    assert "Кімге: Тараз қаласының әкімдігі" in printed(whole())


# Begun once, with what is known


def test_a_letter_begun_twice_is_one(desk: None) -> None:
    row = record()
    assert begun(row=row) == begun(row=row)
    assert begun(row=row) != begun("silence", row=row)
    assert begun(row=row) != begun(language="ru", row=row)


def test_after_it_is_saved_another_may_be_begun(desk: None) -> None:
    row = record()
    first = save(begun(row=row), APPEAL)
    assert begun(row=row) != first


def test_the_service_and_a_known_visitor_are_filled_in_and_the_opening_is_noted(desk: None) -> None:
    contact = open_contact(actor=ADVISER, name=NAME, phone="+77010000001", language="kk")
    of = begun(row=record(contact=contact.key, service="s901"))
    assert contents(of) == {
        "applicant_name": NAME,
        "applicant_phone": "+77010000001",
        "service_name": "Жүргізуші куәлігін беру",
    }
    assert Entry.objects.filter(action="contacts.revealed", payload__contains="letter").exists()


def test_a_visitor_who_took_the_consent_back_is_not_filled_in(desk: None) -> None:
    row = known()
    withdraw(actor=ADVISER, key=row.contact)
    assert contents(begun(row=row)) == {}


def test_a_complaint_about_silence_knows_the_appeal(desk: None) -> None:
    row = record(kind="service_failure")
    case = helped(row)
    happen(case, "filed", clock.today(), procedure="appeal", reference="ЖТ-2026-12345")
    values = contents(begun("silence", row=row))
    assert values["appeal_number"] == "ЖТ-2026-12345"
    assert values["appeal_date"] == clock.today().isoformat()
    assert values["decided_by"] == "Тараз қаласының әкімдігі"
    assert values["answer_due"] > values["appeal_date"]


def test_a_template_that_was_changed_meanwhile_is_taken_at_the_next_saving(desk: None) -> None:
    of = begun()
    text = (
        "Кімге: {{ body_name }}\nКімнен: {{ applicant_name }}, {{ applicant_address }}\n\n"
        "ЖОЛДАНЫМ\n\n{{ facts }}\n{{ request }}\n{{ letter_date }}\nҚолы: ________"
    )
    enter_letter(code="appeal", language="kk", title="Жолданым", body=text, base=1, actor=SYSTEM)
    assert letter(of.key).template_number == 1
    assert save(of, APPEAL).template_number == 2
    assert "Мән-жайы" not in printed(of)


def test_a_template_that_leaves_out_what_is_needed_prints_nothing(desk: None) -> None:
    text = "{{ facts }} {{ request }} {{ applicant_name }} {{ letter_date }}"
    enter_letter(code="appeal", language="kk", title="Жолданым", body=text, base=1, actor=SYSTEM)
    with pytest.raises(RefusedError) as refused:
        print_letter(actor=ADVISER, key=whole().key, form="pdf")
    assert ["template" in error.message for error in refused.value.errors] == [True]


# Who may, and who was first


def test_a_colleague_of_another_room_may_not_open_it(desk: None) -> None:
    of = whole()
    record(COLLEAGUE, room=MERKE)
    for act in (
        lambda: open_letter(actor=COLLEAGUE, key=of.key),
        lambda: print_letter(actor=COLLEAGUE, key=of.key, form="pdf"),
        lambda: drop_letter(actor=COLLEAGUE, key=of.key),
        lambda: save_letter(actor=COLLEAGUE, key=of.key, seen=2, typed={}),
        lambda: begin_letter(
            actor=COLLEAGUE, number=of.consultation.number, kind="appeal", language="kk"
        ),
    ):
        with pytest.raises(NotAllowedError):
            act()
    record(COLLEAGUE)
    assert open_letter(actor=COLLEAGUE, key=of.key)["applicant_name"] == NAME


def test_every_opening_is_noted(desk: None) -> None:
    of = whole()
    open_letter(actor=ADVISER, key=of.key)
    noted = Entry.objects.filter(action="reception.letter_opened", subject=f"letter:{of.key}")
    assert [each.actor for each in noted] == [ADVISER.key]


def test_two_who_write_at_once_lose_nothing(desk: None) -> None:
    of = begun()
    save_letter(actor=ADVISER, key=of.key, seen=1, typed=APPEAL, body=AKIMAT)
    with pytest.raises(ConflictError):
        save_letter(actor=ADVISER, key=of.key, seen=1, typed={}, body="")
    assert contents(letter(of.key))["applicant_name"] == NAME


def test_a_struck_consultation_gets_no_letter(desk: None) -> None:
    row = record()
    strike_consultation(actor=ADVISER, number=row.number, reason="twice")
    with pytest.raises(DomainError, match="struck out"):
        begun(row=row)


def test_a_body_that_is_gone_is_refused_with_its_heir(desk: None) -> None:
    close(actor=SYSTEM, code=SCHOOL, until_on=clock.today(), successor=POLICE)
    with pytest.raises(RefusedError) as refused:
        save(begun(), APPEAL, body=SCHOOL)
    assert POLICE in refused.value.errors[0].message


@pytest.mark.parametrize("kind", ["quality", "complaint", "silence"])
@pytest.mark.parametrize("said", ["Тараз қаласының әкімдігі", "  тараз каласынын акимдиги "])
def test_a_complaint_does_not_go_to_the_body_that_it_goes_through(
    desk: None, kind: str, said: str
) -> None:
    of = save(begun(kind), {**WHOLE[kind], "decided_by": said})
    refused = lacking(of, contents(of))
    assert [(error.code, error.field) for error in refused] == [("same_body", "body_name")]
    with pytest.raises(RefusedError):
        print_letter(actor=ADVISER, key=of.key, form="docx")


def test_the_head_of_the_provider_is_complained_to_about_the_provider(desk: None) -> None:
    of = save(begun("provider"), {**WHOLE["provider"], "decided_by": "Тараз қаласының әкімдігі"})
    assert lacking(of, contents(of)) == []


# Sealed


def test_nothing_that_was_typed_lies_open_anywhere(desk: None) -> None:
    of = whole()
    print_letter(actor=ADVISER, key=of.key, form="pdf")
    rows = serializers.serialize("json", Letter.objects.all())
    told = "".join(Entry.objects.values_list("payload", flat=True))
    for word in (NAME, IIN, STREET, "Төле би", "қабылданбады"):
        assert word not in rows
        assert word not in told
        assert word.encode() not in bytes(Letter.objects.get().sealed)
    assert NAME not in repr(of)


def test_another_letters_content_does_not_open_under_this_name(desk: None) -> None:
    one, other = whole(), whole()
    Letter.objects.filter(pk=other.pk).update(sealed=bytes(Letter.objects.get(pk=one.pk).sealed))
    with pytest.raises(DomainError, match="does not open"):
        contents(letter(other.key))


# Dropped


def test_a_printed_letter_is_dropped_on_the_next_day(desk: None) -> None:
    of = whole()
    print_letter(actor=ADVISER, key=of.key, form="pdf")
    later(0)
    assert letter(of.key).state == "printed"
    later(1)
    row = letter(of.key)
    assert (row.state, bytes(row.sealed)) == ("dropped", b"")
    for act in (
        lambda: open_letter(actor=ADVISER, key=of.key),
        lambda: print_letter(actor=ADVISER, key=of.key, form="pdf"),
        lambda: save_letter(actor=ADVISER, key=of.key, seen=2, typed={}),
    ):
        with pytest.raises(DomainError, match="begin a new one"):
            act()


def test_a_draft_that_nobody_prints_is_dropped_after_a_week(desk: None) -> None:
    of = whole()
    later(6)
    assert contents(letter(of.key))
    later(7)
    assert letter(of.key).state == "dropped"
    later(8)
    assert Entry.objects.filter(action="reception.letter_dropped").count() == 1


def test_one_may_drop_it_at_once(desk: None) -> None:
    of = whole()
    drop_letter(actor=ADVISER, key=of.key)
    drop_letter(actor=ADVISER, key=of.key)
    assert letter(of.key).state == "dropped"
    assert Entry.objects.filter(action="reception.letter_dropped").count() == 1


def agreed(row: Consultation) -> None:
    give_consent(actor=ADVISER, key=row.contact, purpose="papers", language="kk")


def test_with_a_consent_number_and_address_stay_and_nothing_else(desk: None) -> None:
    row = known()
    agreed(row)
    of = whole(row=row)
    print_letter(actor=ADVISER, key=of.key, form="pdf")
    later(1)
    kept = letter(of.key)
    assert kept.state == "kept"
    assert contents(kept) == {"applicant_iin": IIN, "applicant_address": STREET}
    assert kept.drop_on == clock.today() + timedelta(days=365)
    assert kept_for(row.contact) == contents(kept)
    with pytest.raises(DomainError, match="begin a new one"):
        open_letter(actor=ADVISER, key=of.key)


def test_the_next_letter_begins_with_what_was_kept(desk: None) -> None:
    row = known()
    agreed(row)
    print_letter(actor=ADVISER, key=whole(row=row).key, form="pdf")
    later(1)
    assert contents(begun(row=record(contact=row.contact)))["applicant_iin"] == IIN


def test_what_was_kept_goes_when_the_consent_does(desk: None) -> None:
    row = known()
    agreed(row)
    of = whole(row=row)
    print_letter(actor=ADVISER, key=of.key, form="pdf")
    later(1)
    withdraw(actor=ADVISER, key=row.contact, purpose="papers")
    later(1)
    assert letter(of.key).state == "dropped"
    assert kept_for(row.contact) == {}


def test_what_was_kept_goes_when_its_time_is_over(desk: None) -> None:
    row = known()
    agreed(row)
    of = whole(row=row)
    print_letter(actor=ADVISER, key=of.key, form="pdf")
    later(1)
    later(364)
    assert letter(of.key).state == "kept"
    later(365)
    assert letter(of.key).state == "dropped"


def test_somebody_elses_consent_keeps_nothing(desk: None) -> None:
    row, other = known(), known("+77010000002")
    agreed(other)
    of = whole(row=row)
    print_letter(actor=ADVISER, key=of.key, form="pdf")
    later(1)
    assert letter(of.key).state == "dropped"


def test_a_person_who_is_forgotten_takes_what_was_kept_along(desk: None) -> None:
    row = known()
    agreed(row)
    of = whole(row=row)
    print_letter(actor=ADVISER, key=of.key, form="pdf")
    later(1)
    forget(row.contact)
    assert letter(of.key).state == "dropped"
    assert kept_for(row.contact) == {}
