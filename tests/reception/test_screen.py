"""The screen of a consultation, as it works without a script."""

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from baqylau.catalogue.models import MissedQuery, PublicService
from baqylau.catalogue.queries.search import keeper
from baqylau.institutions.models import Institution
from baqylau.institutions.services import close
from baqylau.journal.models import Entry
from baqylau.kernel.access import SYSTEM
from baqylau.reception import keyring
from baqylau.reception.models import Call, Consultation, Draft, PrintedSlip
from baqylau.reception.services.writing import next_serial
from tests.casework.making import AKIMAT, SCHOOL, make_more
from tests.cast import Cast, SignIn
from tests.reception.making import COLLEAGUE, MERKE, record
from tests.reception.sending import FORM, NEW, send, token_of

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.usefixtures("desk")


@pytest.fixture(autouse=True)
def _no_services_of_another_test() -> None:
    keeper.forget()


def only() -> Consultation:
    return Consultation.objects.get()


def fault_beside(answer: "Answer", field: str) -> bool:
    """Whether the page, answered with 400, shows an error that belongs to the field."""
    return answer.status_code == 400 and f'id="id_{field}_error"' in answer.text


def test_a_plain_consultation_is_saved_and_shown(cast: Cast) -> None:
    answer = send(cast.adviser.client, answer="Құжаттар айтылды", service="s901")
    row = only()
    assert answer.headers["Location"] == f"/desk/reception/{row.number[2:]}/"
    assert (row.author, row.result, row.answer) == (
        cast.adviser.actor.key,
        "advised",
        "Құжаттар айтылды",
    )
    assert row.number in cast.adviser.client.get(answer.headers["Location"]).text


def test_the_address_carries_the_token_from_the_first_moment(cast: Cast) -> None:
    answer = cast.adviser.client.get(NEW)
    assert answer.status_code == 302
    text = cast.adviser.client.get(answer.headers["Location"]).text
    assert f'name="key" value="{answer.headers["Location"].partition("=")[2]}"' in text


@pytest.mark.parametrize("token", ["short", "ә" * 20, "<script>alert(1)</script>", "x" * 65])
def test_a_token_of_another_shape_begins_anew(cast: Cast, token: str) -> None:
    assert cast.adviser.client.get(NEW, {"draft": token}).status_code == 302


@pytest.mark.django_db(databases=["default", "sealed"])  # whose worklist warns of keys
@pytest.mark.parametrize("role", ["administrator", "official", "editor", "shopper", "member"])
def test_those_who_advise_nobody_see_no_screen(sign_in: SignIn, role: str) -> None:
    client = sign_in(role)
    for address in (NEW, "/desk/reception/drafts/", "/desk/reception/money/"):
        assert client.get(address).status_code == 403, address
    assert "Жаңа кеңес" not in client.get("/desk/").text


def test_the_desk_offers_a_new_consultation_to_advisers_at_once(cast: Cast) -> None:
    assert f'href="{NEW}"' in cast.adviser.client.get("/desk/").text


def test_three_letters_find_a_service_in_any_script(cast: Cast) -> None:
    for letters in ("жүр", "жур", "jur", "ЖҮР"):
        page = send(cast.adviser.client, "find", query=letters, answer="әңгіме").text
        assert 'value="s901"' in page, letters
        assert "әңгіме" in page
        assert f'value="{letters}"' in page
    assert 'value="s901"' in cast.adviser.client.get(f"{NEW}hits/", {"q": "жүр"}).text
    assert cast.adviser.client.get(f"{NEW}hits/", {"q": "жү"}).text.strip() == ""


def test_what_was_typed_and_not_chosen_is_asked_about(cast: Cast) -> None:
    answer = send(cast.adviser.client, query="жүргізуші")
    assert fault_beside(answer, "service")
    assert 'value="s901"' in answer.text
    assert not Consultation.objects.exists()


def test_not_in_the_list_reaches_the_editor_without_anything_personal(cast: Cast) -> None:
    send(cast.adviser.client, query="Қызылша егу 870101300123", service="-")
    assert only().is_unlisted
    assert [row.text for row in MissedQuery.objects.all()] == ["қызылша егу"]


def test_the_screen_begins_in_the_room_of_the_last_talk_and_in_the_desks_language(
    cast: Cast,
) -> None:
    record(cast.adviser.actor, room=MERKE, language="ru")
    text = cast.adviser.client.get(NEW, follow=True).text
    assert f'<option value="{MERKE}" selected>' in text
    assert re.search(r'<input[^>]*name="language" value="kk"[^>]*checked', text)


def test_a_paper_sheet_has_its_own_day_and_is_marked(cast: Cast) -> None:
    refused = send(cast.adviser.client, is_sheet="on")
    assert fault_beside(refused, "held_on")
    before_the_field = refused.text.partition('id="id_held_on"')[0]
    assert before_the_field.rpartition("<details")[2].startswith(" open>")
    send(cast.adviser.client, is_sheet="on", held_on="2026-03-02")
    assert (only().origin, only().held_on) == ("sheet", date(2026, 3, 2))


def test_a_slip_printed_in_advance_gives_its_number(cast: Cast) -> None:
    room = record().room_id
    serial = next_serial(2026)
    PrintedSlip.objects.create(
        year=2026, serial=serial, room_id=room, printed_on=date(2026, 7, 1), printed_by="x"
    )
    send(cast.adviser.client, slip=f"K-2026-{serial}")
    assert Consultation.objects.filter(serial=serial).exists()
    assert fault_beside(send(cast.adviser.client, slip=f"{serial}"), "slip")


def test_an_earlier_visit_of_ones_own_room_needs_its_number_alone(cast: Cast) -> None:
    first = record(cast.adviser.actor)
    page = send(cast.adviser.client, "find", earlier=f"{first.serial}").text
    assert first.number in page
    send(cast.adviser.client, earlier=f"{first.serial}")
    assert Consultation.objects.get(continues=first).author == cast.adviser.actor.key


def test_an_earlier_visit_of_another_room_needs_the_code_of_its_slip(cast: Cast) -> None:
    first = record(room=MERKE)
    answer = send(cast.adviser.client, earlier=first.number)
    assert fault_beside(answer, "earlier_digits")
    answer = send(cast.adviser.client, earlier=first.number, earlier_digits="0000 0001")
    assert fault_beside(answer, "earlier_digits")
    code = keyring.code_of(first.number, first.issue)
    send(cast.adviser.client, earlier=first.number, earlier_digits=f"{code[:4]} {code[4:]}")
    assert Consultation.objects.filter(continues=first).count() == 1


def test_the_page_of_a_visit_offers_another_about_the_same_problem(cast: Cast) -> None:
    first = record(cast.adviser.actor)
    page = cast.adviser.client.get(f"/desk/reception/{first.number[2:]}/").text
    assert f"{NEW}?earlier=" in page
    text = cast.adviser.client.get(NEW, {"earlier": first.number}, follow=True).text
    assert f'value="{first.number}"' in text


def test_another_visit_begins_with_the_service_of_the_first(cast: Cast) -> None:
    first = record(cast.adviser.actor, service="s901")
    answer = cast.adviser.client.get(NEW, {"earlier": first.number})
    assert "service=s901" in answer.headers["Location"]
    elsewhere = record(room=MERKE, service="s901")
    for number in (elsewhere.number, "999", "x"):
        answer = cast.adviser.client.get(NEW, {"earlier": number})
        assert "service=" not in answer.headers["Location"], "nothing is told of what is not seen"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"held_on": "2026-02-30"}, "held_on"),
        ({"held_on": "31.13.2026"}, "held_on"),
        ({"held_on": "2027-01-01"}, "held_on"),
        ({"answer": "ә" * 2_001}, "answer"),
        ({"result": "call_back"}, "call_on"),
        ({"body": "жоқ мұндай"}, "body"),
        ({"earlier": "999"}, "earlier"),
        ({"slip": "999"}, "slip"),
        ({"kind": "gossip"}, "kind"),
        ({"language": "de"}, "language"),
        ({"room": "nowhere"}, "room"),
        ({"agreed_to_call": "on"}, "agreed_to_call"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_all_stays(
    cast: Cast, typed: dict[str, Any], field: str
) -> None:
    given = {"answer": "Жеке куәлік керек", "query": "сөз", "service": "s901", **typed}
    answer = send(cast.adviser.client, **given)
    assert fault_beside(answer, field), answer.text
    for text in (given["answer"], given["query"], typed.get("held_on", "")):
        assert text in answer.text
    assert not Consultation.objects.exists()
    assert Draft.objects.count() == 1


def test_a_withdrawn_service_offers_what_took_its_place(cast: Cast) -> None:
    heir = PublicService.objects.create(
        code="s902",
        slug="s902",
        name_kk="Цифрлық жүргізуші куәлігі",
        name_ru="Цифровые права",
        skeleton=" sifrlik",
        sort_kk="b",
        sort_ru="b",
        sort_en="b",
        group="transport",
    )
    PublicService.objects.filter(code="s901").update(valid_until=date(2026, 6, 1), successor=heir)
    answer = send(cast.adviser.client, service="s901", answer="сөз")
    assert answer.status_code == 400
    assert 'name="take_service" value="s902"' in answer.text
    key = token_of(cast.adviser.client)
    page = send(cast.adviser.client, key=key, service="s901", answer="сөз", take_service="s902")
    assert 'value="s902" checked' in page.text
    assert "сөз" in page.text


def test_an_abolished_body_offers_its_successor(cast: Cast) -> None:
    close(actor=SYSTEM, code=SCHOOL, until_on=date(2026, 6, 1), successor=AKIMAT)
    answer = send(cast.adviser.client, body="905")
    assert fault_beside(answer, "body")
    assert f'name="take_body" value="{AKIMAT}"' in answer.text
    page = send(cast.adviser.client, body="905", take_body=AKIMAT)
    assert f'name="body" value="{AKIMAT}"' in page.text


def test_several_bodies_that_fit_are_offered(cast: Cast) -> None:
    make_more("№ 906 мектеп")
    answer = send(cast.adviser.client, body="мектеп")
    assert fault_beside(answer, "body")
    assert f'name="take_body" value="{SCHOOL}"' in answer.text
    send(cast.adviser.client, body=SCHOOL)
    assert only().body_id == Institution.objects.get(code=SCHOOL).pk


def test_text_from_word_emoji_and_hidden_marks_are_saved_clean(cast: Cast) -> None:
    send(cast.adviser.client, answer="«Анықтама»\u200b –\u202e 3 күнде 🙂\r\n\r\n\tекінші\u00a0жол")
    assert only().answer == "«Анықтама» – 3 күнде 🙂\nекінші жол"


def test_a_promised_call_without_a_phone_is_refused(cast: Cast) -> None:
    answer = send(cast.adviser.client, result="call_back", call_on="2026-07-03")
    assert fault_beside(answer, "call_on")
    assert not Call.objects.exists()


def test_the_card_speaks_the_language_of_the_talk(cast: Cast) -> None:
    page = cast.adviser.client.get(f"{NEW}card/", {"service": "s901", "language": "ru"})
    assert page.status_code == 200
    assert cast.adviser.client.get(f"{NEW}card/", {"service": "zzz"}).status_code == 200


def test_a_correction_stays_in_the_journal(cast: Cast) -> None:
    row = record(cast.adviser.actor, answer="бұрынғы")
    address = f"/desk/reception/{row.number[2:]}/correct/"
    page = cast.adviser.client.get(address).text
    assert "бұрынғы" in page
    sent = {**FORM, "seen": 1, "answer": "жаңа", "held_on": "2026-07-01", "kind": "waste"}
    assert cast.adviser.client.post(address, sent).status_code == 302
    row.refresh_from_db()
    assert (row.answer, row.kind, row.edition) == ("жаңа", "waste", 2)
    assert cast.adviser.client.post(address, {**sent, "kind": "proposal"}).status_code == 400
    assert Entry.objects.filter(action="reception.corrected").count() == 1


def test_a_visit_does_not_continue_itself(cast: Cast) -> None:
    row = record(cast.adviser.actor)
    address = f"/desk/reception/{row.number[2:]}/correct/"
    sent = {**FORM, "seen": 1, "earlier": row.number, "held_on": "2026-07-01"}
    assert fault_beside(cast.adviser.client.post(address, sent), "earlier")


def test_a_colleague_of_the_room_reads_and_corrects_nothing(cast: Cast) -> None:
    row = record()
    record(cast.adviser.actor)
    assert cast.adviser.client.get(f"/desk/reception/{row.number[2:]}/").status_code == 200
    answer = cast.adviser.client.get(f"/desk/reception/{row.number[2:]}/correct/")
    assert answer.status_code == 403


def test_codes_of_another_room_are_guessed_no_faster_at_the_desk(cast: Cast) -> None:
    first = record(COLLEAGUE, room=MERKE)
    right = keyring.code_of(first.number, first.issue)
    wrong = ["1٢٣", *(f"{(int(right) + step) % 10**8:08}" for step in range(1, 5))]
    for code in wrong:
        assert fault_beside(
            send(cast.adviser.client, earlier=first.number, earlier_digits=code), "earlier_digits"
        )
    answer = send(cast.adviser.client, earlier=first.number, earlier_digits=right)
    assert not Consultation.objects.filter(continues=first).exists()
    assert answer.status_code == 400


def test_help_that_was_promised_begins_at_once(cast: Cast) -> None:
    answer = send(cast.adviser.client, result="case")
    assert answer.headers["Location"] == f"/desk/reception/{only().number[2:]}/help/"
    assert cast.adviser.client.get(answer.headers["Location"]).status_code == 200
