"""The page of one consultation."""

import pytest

from baqylau.reception.models import Consultation
from baqylau.reception.services import correct_consultation
from tests.cast import Cast, SignIn
from tests.reception.making import MERKE, record

pytestmark = pytest.mark.usefixtures("desk")


def page(row: Consultation, more: str = "") -> str:
    return f"/desk/reception/{row.number[2:]}/{more}"


def test_the_page_shows_number_day_answer_and_card(cast: Cast) -> None:
    row = record(cast.adviser.actor, answer="Анықтама <керек>", service="s901")
    text = cast.adviser.client.get(page(row)).text
    assert row.number in text
    assert "2026-07-01" in text
    assert "Анықтама &lt;керек&gt;" in text
    assert "Жүргізуші куәлігін беру" in text


def test_visits_about_the_same_problem_lead_to_each_other(cast: Cast) -> None:
    first = record(cast.adviser.actor)
    second = record(cast.adviser.actor, continues=first.number)
    assert page(second) in cast.adviser.client.get(page(first)).text
    assert page(first) in cast.adviser.client.get(page(second)).text


def test_corrections_are_seen_from_the_journal(cast: Cast) -> None:
    row = record(cast.adviser.actor, kind="information")
    correct_consultation(actor=cast.adviser.actor, number=row.number, kind="waste")
    text = cast.adviser.client.get(page(row)).text
    assert "<del>ақпарат</del>" in text


def test_a_correction_of_words_alone_says_so_and_shows_no_earlier_words(cast: Cast) -> None:
    row = record(cast.adviser.actor, answer="бұрынғы сөз")
    correct_consultation(actor=cast.adviser.actor, number=row.number, answer="жаңа сөз")
    text = cast.adviser.client.get(page(row)).text
    assert '<p class="diff">Не жауап берілді</p>' in text
    assert "бұрынғы" not in text


def test_a_stranger_of_the_room_reads_nothing_and_a_lawyer_does(cast: Cast) -> None:
    row = record(room=MERKE)
    assert cast.adviser.client.get(page(row)).status_code == 403
    record(cast.adviser.actor, room=MERKE)
    assert cast.adviser.client.get(page(row)).status_code == 200
    assert cast.lawyer.client.get(page(row)).status_code == 200


@pytest.mark.parametrize("role", ["administrator", "official", "editor", "intake_officer"])
def test_other_roles_see_no_consultation(sign_in: SignIn, role: str) -> None:
    assert sign_in(role).get(page(record())).status_code == 403


def test_what_is_not_there_is_404(cast: Cast) -> None:
    assert cast.adviser.client.get("/desk/reception/2026-000999/").status_code == 404
    assert cast.adviser.client.get("/desk/reception/nonsense/").status_code == 404


def test_striking_asks_once_more_and_stays_to_be_seen(cast: Cast) -> None:
    row = record(cast.adviser.actor)
    assert cast.adviser.client.get(page(row, "strike/")).status_code == 200
    assert not Consultation.objects.get(pk=row.pk).is_struck
    answer = cast.adviser.client.post(page(row, "strike/"), {"reason": "twice"})
    assert answer.status_code == 302
    text = cast.adviser.client.get(page(row)).text
    assert f"<del>{row.number}</del>" in text
    assert "strike/" not in text


def test_a_colleague_strikes_nothing_out(cast: Cast) -> None:
    row = record()
    record(cast.adviser.actor)
    answer = cast.adviser.client.post(page(row, "strike/"), {"reason": "twice"})
    assert answer.status_code == 403
