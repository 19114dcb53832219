"""What people really type: spellings, pasted text, hidden marks, impossible days."""

from datetime import date

import pytest
from django.db.models import QuerySet

from baqylau.contacts.models import Contact
from baqylau.institutions.services import close
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.errors import DomainError
from baqylau.reception.models import Consultation, Draft, Word
from baqylau.reception.queries.finding import search
from baqylau.reception.rules.numbers import read_number
from baqylau.reception.services import correct_consultation
from baqylau.reception.services.helping import begin_help
from tests.casework.making import AKIMAT, SCHOOL, TARAZ
from tests.cast import Cast
from tests.reception.making import ADVISER, record
from tests.reception.sending import send
from tests.reception.visitors import PHONE, make_visitor

pytestmark = pytest.mark.usefixtures("desk")
SPELLINGS = [
    "+7 701 123 45 67",
    "8 701 123 45 67",
    "87011234567",
    "7 (701) 123-45-67",
    "\u202a+7\u00a0701\u00a01234567\u202c",
    "701 123 4567",
]


def rows() -> QuerySet[Consultation]:
    return Consultation.objects.order_by("pk")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_known_visitor_is_found_on_the_screen_however_the_phone_is_typed(
    cast: Cast, spelling: str
) -> None:
    person = make_visitor(PHONE)
    page = send(cast.adviser.client, "phone", phone=spelling, answer="сөз")
    assert f'name="contact" value="{person.key}"' in page.text
    assert "сөз" in page.text
    assert "Әлия" not in page.text


@pytest.mark.parametrize("typed", ["12", "+7 701", "телефоны жоқ", "+7 701 123 45 67 ішкі 5", "😀"])
def test_what_is_no_phone_is_said_beside_it_and_nobody_is_kept(cast: Cast, typed: str) -> None:
    answer = send(cast.adviser.client, agreed="on", name="Әлия", phone=typed, answer="сөз")
    assert answer.status_code == 400
    assert 'id="id_phone_error"' in answer.text
    assert "сөз" in answer.text
    assert not Contact.objects.exists()
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    "day",
    ["2026-02-30", "31.06.2026", "0", "29.02.2025", "2026-13-01", "ертең", "9999-12-31", "1.1.26"],
)
@pytest.mark.parametrize("field", ["held_on", "call_on"])
def test_an_impossible_day_is_refused_and_stands_as_it_was_typed(
    cast: Cast, field: str, day: str
) -> None:
    answer = send(cast.adviser.client, answer="сөз", **{field: day})
    assert answer.status_code == 400
    assert f'id="id_{field}_error"' in answer.text
    assert f'value="{day}"' in answer.text
    assert not Consultation.objects.exists()


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Өтініш\u00ad беріледі\u200b", "Өтініш беріледі"),
        ("\ufeff“Анықтама” — 3\u00a0күн…", "“Анықтама” — 3 күн…"),
        ("\u202eтерісінен\u202c", "терісінен"),
        ("бірінші\r\n\r\n\r\nекінші\x0bүшінші", "бірінші\nекінші\nүшінші"),
        ("👍🏽 болды", "👍🏽 болды"),
    ],
)
def test_pasted_text_is_kept_clean_and_found_again(cast: Cast, pasted: str, kept: str) -> None:
    send(cast.adviser.client, answer=pasted)
    assert rows().get().answer == kept
    assert Word.objects.filter(consultation=rows().get()).exists()


def test_a_name_with_hidden_marks_alone_is_none(cast: Cast) -> None:
    answer = send(cast.adviser.client, agreed="on", name="\u202e\u200b", phone=PHONE)
    assert answer.status_code == 400
    assert 'id="id_name_error"' in answer.text


@pytest.mark.parametrize("text", ["\u202eК-2026-000001", "К-2026-000001\u200f", "К–2026–1", "№ 1"])
def test_a_number_with_marks_around_it_is_still_the_number(text: str) -> None:
    row = record()
    assert read_number(text) in {(2026, 1), (None, 1)}
    assert [hit.label for hit in search(ADVISER, text)] == [row.number]


def test_a_body_that_went_after_the_talk_stays_on_its_record_until_it_is_corrected() -> None:
    row = record(body=SCHOOL)
    close(actor=SYSTEM, code=SCHOOL, until_on=date(2026, 7, 1), successor=AKIMAT)
    with pytest.raises(DomainError, match=AKIMAT):
        correct_consultation(actor=ADVISER, number=row.number, kind="waste")
    assert correct_consultation(actor=ADVISER, number=row.number, body=AKIMAT).body_id


def test_help_for_a_body_that_is_gone_offers_the_one_that_took_over(cast: Cast) -> None:
    row = record(cast.adviser.actor)
    close(actor=SYSTEM, code=SCHOOL, until_on=date(2026, 6, 1), successor=AKIMAT)
    with pytest.raises(DomainError, match=AKIMAT):
        begin_help(
            actor=cast.adviser.actor,
            number=row.number,
            kind="service_failure",
            territory=TARAZ,
            body=SCHOOL,
        )
    row.refresh_from_db()
    assert row.case is None


@pytest.mark.parametrize("name", ["answer", "query", "name", "earlier", "slip", "body"])
def test_a_megabyte_in_a_field_is_refused_without_a_fault_of_ours(cast: Cast, name: str) -> None:
    answer = send(cast.adviser.client, **{name: "ә" * 500_000})
    assert answer.status_code == 400
    assert not Consultation.objects.exists()


def test_a_null_sign_that_no_keyboard_types_is_refused_and_nothing_is_written(cast: Cast) -> None:
    answer = send(cast.adviser.client, answer="сөз\0")
    assert answer.status_code == 400
    assert "Жіберілген дерек оқылмады" in answer.text
    assert not Consultation.objects.exists()
    assert not Draft.objects.exists()
