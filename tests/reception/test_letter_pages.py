"""The pages of letters: what is missing stands beside its field, nothing typed is ever lost."""

import pytest

from baqylau.casework.models import Case
from baqylau.contacts.models import Contact
from baqylau.contacts.queries import has_consent
from baqylau.contacts.services import open_contact
from baqylau.kernel.access import Actor
from baqylau.reception.models import Consultation, Letter
from baqylau.reception.queries.letters import contents, letter
from baqylau.reception.services.addressees import add_addressee
from baqylau.reception.services.dropping import drop_letter
from baqylau.reception.services.helping import begin_help
from tests.casework.making import AKIMAT, POLICE
from tests.cast import Cast, SignIn
from tests.reception.lettering import APPEAL, IIN, NAME, begun
from tests.reception.making import record

pytestmark = pytest.mark.django_db
LETTERS = "/desk/reception/letters/"
LAWYER = Actor("lawyer-1", frozenset({"lawyer"}))


def help_page(row: Consultation) -> str:
    return f"/desk/reception/{row.number[2:]}/help/"


def written(cast: Cast, typed: dict[str, str]) -> Letter:
    """A letter of the adviser in the cast with this typed through its page."""
    of = begun(actor=cast.adviser.actor)
    sent = {"seen": "1", "body": AKIMAT, "draft": "1", **typed}
    assert cast.adviser.client.post(f"{LETTERS}{of.key}/write/", sent).status_code == 302
    return letter(of.key)


def test_a_letter_is_begun_with_kind_and_language_and_none_of_them_is_chosen(
    desk: None, cast: Cast
) -> None:
    row = record(cast.adviser.actor)
    client = cast.adviser.client
    assert " checked" not in client.get(help_page(row)).text
    assert client.post(help_page(row) + "letter/", {"kind": "appeal"}).status_code == 400
    sent = {"kind": "appeal", "language": "kk"}
    answer = client.post(help_page(row) + "letter/", sent)
    made = Letter.objects.get()
    assert answer["Location"] == f"{LETTERS}{made.key}/write/"


def test_the_addressee_is_not_called_unneeded_and_the_phone_is(desk: None, cast: Cast) -> None:
    add_addressee(
        actor=cast.coordinator.actor, procedure="appeal", body=POLICE, source="Ереже, 5-тармақ"
    )
    of = begun(actor=cast.adviser.actor)
    text = cast.adviser.client.get(f"{LETTERS}{of.key}/write/").text
    for name, is_optional in (("receiver", False), ("body", False), ("applicant_phone", True)):
        start = text.index(f'name="{name}"')
        label = text[text.rindex('<div class="field', 0, start) : start]
        assert ('class="optional"' in label) is is_optional, name


def test_what_is_missing_stands_beside_its_field_and_what_was_typed_is_kept(
    desk: None, cast: Cast
) -> None:
    of = begun(actor=cast.adviser.actor)
    address = f"{LETTERS}{of.key}/write/"
    sent = {"seen": "1", "body": "", "applicant_name": NAME, "facts": "Болған жайт"}
    answer = cast.adviser.client.post(address, sent)
    assert answer.status_code == 400
    assert answer.text.count("63-бап") >= 3
    for field in ("applicant_address", "request", "body"):
        assert f'id="id_{field}_error"' in answer.text, field
    assert NAME in answer.text
    assert 'name="seen" value="2"' in answer.text
    assert contents(letter(of.key))["applicant_name"] == NAME


def test_a_wrong_number_is_refused_and_stays_to_be_mended(desk: None, cast: Cast) -> None:
    of = begun(actor=cast.adviser.actor)
    sent = {"seen": "1", "applicant_iin": "061211600013", "facts": "Бірінші 😀"}
    answer = cast.adviser.client.post(f"{LETTERS}{of.key}/write/", sent)
    assert answer.status_code == 400
    assert "061211600013" in answer.text
    assert "Бірінші 😀" in answer.text
    assert 'id="id_applicant_iin_error"' in answer.text
    assert 'id="id_facts_error"' in answer.text
    assert contents(letter(of.key)) == {}


def test_wrong_body_number_and_day_and_what_is_missing_are_said_in_one_answer(
    desk: None, cast: Cast
) -> None:
    of = begun(actor=cast.adviser.actor, kind="provider")
    sent = {
        "seen": "1",
        "body": "жоқ мұндай мекеме",
        "applicant_iin": "061211600013",
        "learned_on": "2026-02-30",
        "request": "Бірінші 😀",
    }
    answer = cast.adviser.client.post(f"{LETTERS}{of.key}/write/", sent)
    assert answer.status_code == 400
    for field in (*sent.keys() - {"seen"}, "applicant_name", "applicant_address", "decided_by"):
        assert answer.text.count(f'id="id_{field}_error"') == 1, field
    for text in (sent["body"], sent["applicant_iin"], sent["learned_on"], sent["request"]):
        assert text in answer.text
    assert contents(letter(of.key)) == {}


def test_a_draft_is_refused_for_what_is_wrong_and_not_for_what_is_missing(
    desk: None, cast: Cast
) -> None:
    of = begun(actor=cast.adviser.actor)
    sent = {"seen": "1", "body": "жоқ мұндай мекеме", "applicant_iin": "061211600013", "draft": "1"}
    answer = cast.adviser.client.post(f"{LETTERS}{of.key}/write/", sent)
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"body", "applicant_iin"}


def test_a_whole_letter_goes_to_printing_and_both_files_come(desk: None, cast: Cast) -> None:
    of = begun(actor=cast.adviser.actor)
    client = cast.adviser.client
    answer = client.post(f"{LETTERS}{of.key}/write/", {"seen": "1", "body": AKIMAT, **APPEAL})
    assert answer["Location"] == f"{LETTERS}{of.key}/"
    for form, head in (("pdf", b"%PDF"), ("docx", b"PK")):
        file = client.post(f"{LETTERS}{of.key}/{form}/")
        assert file.content.startswith(head)
        assert NAME not in file["Content-Disposition"]
        assert file["Cache-Control"] == "no-store"
    assert client.get(f"{LETTERS}{of.key}/pdf/").status_code == 405
    assert client.post(f"{LETTERS}{of.key}/exe/").status_code == 404


def test_the_page_of_a_letter_shows_nothing_that_was_typed(desk: None, cast: Cast) -> None:
    of = written(cast, APPEAL)
    shown = cast.adviser.client.get(f"{LETTERS}{of.key}/").text
    for word in (NAME, IIN, "Төле би", "қабылданбады"):
        assert word not in shown
    assert NAME in cast.adviser.client.get(f"{LETTERS}{of.key}/write/").text


def test_an_unfinished_letter_cannot_be_printed_and_says_why(desk: None, cast: Cast) -> None:
    of = written(cast, {"facts": "Болған жайт"})
    client = cast.adviser.client
    assert "63-бап" in client.get(f"{LETTERS}{of.key}/").text
    assert client.post(f"{LETTERS}{of.key}/pdf/").status_code == 400


def test_addressees_are_offered_and_none_is_chosen(desk: None, cast: Cast) -> None:
    add_addressee(actor=LAWYER, procedure="appeal", body=POLICE, source="Ереже")
    of = begun(actor=cast.adviser.actor)
    client = cast.adviser.client
    shown = client.get(f"{LETTERS}{of.key}/write/").text
    assert "Полиция департаменті" in shown
    assert " checked" not in shown
    both = {"seen": "1", "receiver": POLICE, "body": AKIMAT}
    assert client.post(f"{LETTERS}{of.key}/write/", both).status_code == 400
    client.post(f"{LETTERS}{of.key}/write/", {"seen": "1", "receiver": POLICE, "draft": "1"})
    body = letter(of.key).body
    assert body is not None
    assert body.code == POLICE


def test_an_old_page_does_not_overwrite(desk: None, cast: Cast) -> None:
    of = written(cast, APPEAL)
    sent = {"seen": "1", "applicant_name": "Басқа адам"}
    answer = cast.adviser.client.post(f"{LETTERS}{of.key}/write/", sent)
    assert answer.status_code == 400
    assert "Басқа адам" in answer.text
    assert contents(letter(of.key))["applicant_name"] == NAME


def test_a_dropped_letter_says_so_and_opens_no_more(desk: None, cast: Cast) -> None:
    of = written(cast, APPEAL)
    client = cast.adviser.client
    assert client.post(f"{LETTERS}{of.key}/drop/").status_code == 302
    assert client.get(f"{LETTERS}{of.key}/").status_code == 200
    assert client.get(f"{LETTERS}{of.key}/write/").status_code == 400
    drop_letter(actor=cast.adviser.actor, key=of.key)


def test_after_printing_the_number_is_written_into_the_case_with_what_is_known(
    desk: None, cast: Cast
) -> None:
    row = record(cast.adviser.actor, kind="service_failure")
    actor, client = cast.adviser.actor, cast.adviser.client
    case = begin_help(actor=actor, number=row.number, kind="service_failure", territory="311000000")
    of = begun(row=row, actor=actor)
    client.post(f"{LETTERS}{of.key}/write/", {"seen": "1", "body": POLICE, **APPEAL})
    shown = client.get(f"{LETTERS}{of.key}/").text
    link = f"/desk/cases/{case.number[2:]}/step/filed/?procedure=appeal&amp;body={POLICE}"
    assert f'href="{link}"' in shown
    form = client.get(link.replace("&amp;", "&")).text
    assert '<option value="appeal" selected>' in form
    assert f'value="{POLICE}"' in form
    sent = {"on": "2026-07-01", "seen": "1", "procedure": "appeal", "body": POLICE}
    client.post(link.replace("&amp;", "&"), {**sent, "reference": "ЖТ-2026-777"})
    now = Case.objects.get()
    assert (now.stage, now.procedure) == ("filed", "appeal")
    assert now.next_due_on is not None


def test_a_consent_to_keep_number_and_address_is_asked_word_for_word(
    desk: None, cast: Cast
) -> None:
    actor, client = cast.adviser.actor, cast.adviser.client
    contact = open_contact(actor=actor, name=NAME, phone="", language="kk")
    row = record(actor, contact=contact.key)
    shown = client.get(help_page(row)).text
    assert "сәйкестендіру нөміріңіз" in shown
    assert 'lang="en"' in shown
    client.post(help_page(row) + "papers/", {"language": "ru"})
    kept = Contact.objects.get(key=contact.key)
    assert has_consent(kept, "papers")
    client.post(help_page(row) + "papers/", {"withdraw": "1"})
    assert not has_consent(kept, "papers")


def test_nobody_unknown_keeps_papers(desk: None, cast: Cast) -> None:
    row = record(cast.adviser.actor)
    answer = cast.adviser.client.post(help_page(row) + "papers/", {"language": "ru"})
    assert answer.status_code == 400


@pytest.mark.parametrize("role", ["administrator", "official", "editor", "intake_officer"])
def test_others_read_no_letter(desk: None, sign_in: SignIn, role: str) -> None:
    of = begun()
    client = sign_in(role)
    for page in ("", "write/"):
        assert client.get(f"{LETTERS}{of.key}/{page}").status_code == 403
    for page in ("drop/", "pdf/"):
        assert client.post(f"{LETTERS}{of.key}/{page}").status_code == 403


def test_an_adviser_of_another_room_reads_no_letter(desk: None, sign_in: SignIn) -> None:
    of = begun()
    client = sign_in("adviser")
    assert client.get(f"{LETTERS}{of.key}/").status_code == 403
    assert client.post(f"{LETTERS}{of.key}/pdf/").status_code == 403
