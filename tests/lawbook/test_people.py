"""The public pages: a calendar to read and print, and a deadline counted."""

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM
from baqylau.lawbook.models import RuleVersion
from baqylau.lawbook.questions import QUESTIONS
from baqylau.lawbook.services.calendar import move_day_off
from baqylau.lawbook.services.rulebook import verify
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
COUNT = "/calendar/count/"


def test_the_calendar_shows_this_year(seeded: None, client: Client) -> None:
    with clock.frozen(NOON):
        page = client.get("/calendar/").text
    assert "2026 жыл: жұмыс күндері мен мерекелер" in page
    assert page.count("<table>") == 12
    assert "Халықаралық әйелдер күні" in page
    assert "<strong>10</strong>" in page


@pytest.mark.parametrize(
    ("prefix", "name"),
    [("", "Отан қорғаушы күні"), ("/ru", "День защитника Отечества"), ("/en", "Defender of the")],
)
def test_names_are_in_the_language_of_the_page(
    seeded: None, client: Client, prefix: str, name: str
) -> None:
    assert name in client.get(f"{prefix}/calendar/2025/").text


def test_an_unconfirmed_year_says_so_and_a_confirmed_one_names_its_decree(
    seeded: None, client: Client
) -> None:
    assert "inset warning" in client.get("/calendar/2027/").text
    confirmed = client.get("/calendar/2025/").text
    assert "inset warning" not in confirmed
    assert "G24G0000436" in confirmed


def test_a_working_saturday_and_a_moved_day_off_are_marked(seeded: None, client: Client) -> None:
    move_day_off(off_on=date(2026, 3, 26), worked_on=date(2026, 4, 4), decree="№ 1", actor=SYSTEM)
    page = client.get("/calendar/2026/").text
    assert '<td class="off"><a href="#d0326"' in page
    assert '<td class="worked"><a href="#d0404"' in page
    assert 'id="d0404"' in page


def test_a_year_that_is_not_held_is_not_found(seeded: None, client: Client) -> None:
    assert client.get("/calendar/1900/").status_code == 404
    assert client.get("/calendar/9999/").status_code == 404


@pytest.mark.parametrize("address", ["/calendar/2025/", f"{COUNT}?rule=app.answer&on=2025-12-25"])
def test_a_page_weighs_at_most_14_kilobytes_with_its_styles(
    seeded: None, client: Client, address: str
) -> None:
    page = client.get(address).content
    style = finders.find("web/public.css")
    icon = finders.find("web/icon.svg")
    assert isinstance(style, str)
    assert isinstance(icon, str)
    parts = [page, Path(style).read_bytes(), Path(icon).read_bytes()]
    assert sum(len(gzip.compress(part)) for part in parts) <= 14_336


def test_a_deadline_is_counted_and_explained(seeded: None, client: Client) -> None:
    with clock.frozen(NOON):
        page = client.get(f"{COUNT}?rule=app.answer&on=2026-03-05").text
    assert "2026 жылғы 1 сәуір, сәрсенбі" in page
    assert "Қалғаны: 13 жұмыс күні." in page
    assert "Заңгер тексермеген." in page
    assert "Күнтізбесі әлі бекітілмеген жылдар: 2026." in page
    assert "Есептің бірінші күні" in page


def test_a_checked_rule_names_who_has_checked_it_and_when(
    seeded: None, client: Client, cast: Cast
) -> None:
    address = f"{COUNT}?rule=app.answer&on=2025-03-05"
    assert "тексерген:" not in client.get(address).text
    verify(
        rule_id="app.answer",
        number=1,
        verified_by="А. Б.",
        verified_on=date(2026, 1, 9),
        actor=cast.lawyer.actor,
    )
    page = client.get(address).text
    assert "тексерген: А. Б., 09.01.2026" in page
    assert "Заңгер тексермеген." not in page


def test_a_day_may_be_typed_with_dots(seeded: None, client: Client) -> None:
    page = client.get(f"/ru{COUNT}?rule=app.answer&on=05.03.2026").text
    assert "1 апреля 2026 года, среда" in page


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("rule=app.answer&on=", 200),
        ("rule=app.answer&on=тест", 200),
        ("rule=app.nothing&on=2026-03-05", 200),
        ("on=2026-03-05", 200),
        ("rule=app.answer&on=1900-01-01", 400),
        ("rule=cmp.file&on=2030-12-30", 400),
    ],
)
def test_a_question_that_cannot_be_answered_is_told_above_the_form(
    seeded: None, client: Client, query: str, status: int
) -> None:
    answer = client.get(f"{COUNT}?{query}")
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert 'class="answer"' not in answer.text


def test_a_rule_that_a_lawyer_has_ended_is_told(seeded: None, client: Client) -> None:
    RuleVersion.objects.filter(rule_id="app.answer").update(valid_until=date(2026, 1, 1))
    answer = client.get(f"{COUNT}?rule=app.answer&on=2026-03-05")
    assert answer.status_code == 400
    assert "app.answer" in answer.text


def test_every_question_has_its_rule(seeded: None) -> None:
    assert set(QUESTIONS) <= set(RuleVersion.objects.values_list("rule_id", flat=True))


def test_the_home_page_leads_to_both(seeded: None, client: Client) -> None:
    page = client.get("/ru/").text
    assert 'href="/ru/calendar/"' in page
    assert 'href="/ru/calendar/count/"' in page


def test_the_pages_stand_before_anything_is_loaded(client: Client) -> None:
    assert client.get("/calendar/").status_code == 404
    assert client.get(COUNT).status_code == 200
