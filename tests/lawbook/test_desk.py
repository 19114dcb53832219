"""The room at the desk: who may what, and changes that show what they move before they do."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baqylau.kernel import clock
from baqylau.lawbook.labels import COLUMNS
from baqylau.lawbook.models import CalendarDay, Edition, RuleVersion
from baqylau.lawbook.queries.book import rules_on
from baqylau.lawbook.queries.letters import letter
from baqylau.lawbook.services.calendar import move_day_off
from baqylau.lawbook.services.rulebook import enter_version
from tests.cast import Cast
from tests.sample.deadlines import promise
from tests.sample.models import Promise

# Who prepares keys is warned on the worklist of what the sealed database knows of them.
pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
SPRING = date(2026, 3, 5)
NOON = datetime(2026, 3, 10, 7, 0, tzinfo=UTC)
RULE = "/desk/lawbook/rules/app.answer/"
YEAR = "/desk/lawbook/calendar/2026/"
LETTER = "/desk/lawbook/letters/appeal/kk/"
TRANSFER = {"off_on": "2026-03-26", "worked_on": "", "decree": "№ 12"}
SEE = ("/desk/lawbook/", RULE, YEAR, "/desk/lawbook/letters/", LETTER, "/desk/lawbook/changes/")
EDIT = (
    "/desk/lawbook/new/", f"{RULE}new/", f"{RULE}1/check/", f"{LETTER}new/", f"{LETTER}1/check/",
)  # fmt: skip
CALENDAR = (
    f"{YEAR}transfer/", f"{YEAR}confirm/", f"{YEAR}day/", f"{YEAR}day/2026-03-08/",
    f"{YEAR}day/2026-03-08/clear/",
)  # fmt: skip


def columns(**changes: object) -> dict[str, object]:
    """The form of the rule as it stands, changed."""
    row = RuleVersion.objects.get(rule_id="app.answer", number=1)
    values = {name: getattr(row, name) for name in COLUMNS}
    filled = {name: value for name, value in values.items() if value not in (None, False)}
    return {**filled, "base": 1, **changes}


def test_everybody_of_the_staff_reads_and_a_stranger_does_not(
    seeded: None, cast: Cast, client: Client
) -> None:
    for address in SEE:
        assert cast.adviser.client.get(address).status_code == 200, address
        assert cast.official.client.get(address).status_code == 403, address
        assert client.get(address).status_code == 302, address


def test_only_lawyers_change_rules_and_letters(seeded: None, cast: Cast) -> None:
    for address in EDIT:
        assert cast.lawyer.client.get(address).status_code == 200, address
        assert cast.coordinator.client.get(address).status_code == 403, address
        assert cast.adviser.client.post(address).status_code == 403, address


def test_lawyers_and_coordinators_change_the_calendar(seeded: None, cast: Cast) -> None:
    for address in CALENDAR:
        assert cast.coordinator.client.get(address).status_code == 200, address
        assert cast.lawyer.client.get(address).status_code == 200, address
        assert cast.editor.client.post(address).status_code == 403, address


def test_the_list_marks_every_rule_that_no_lawyer_has_checked(seeded: None, cast: Cast) -> None:
    page = cast.adviser.client.get("/desk/lawbook/").text
    assert page.count("заңгер тексермеген") == 22
    assert "Жаңа ереже" not in page
    assert "Жаңа ереже" in cast.lawyer.client.get("/desk/lawbook/").text


def test_the_list_asks_no_more_for_more_versions(seeded: None, cast: Cast) -> None:
    browser = cast.lawyer.client
    browser.get("/desk/lawbook/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/desk/lawbook/")
    rule = rules_on(SPRING)["app.answer"]
    for code in ("test.a", "test.b", "test.c"):
        enter_version(rule=replace(rule, rule_id=code), base=0, actor=cast.lawyer.actor)
    with CaptureQueriesContext(connection) as many:
        assert "test.c" in browser.get("/desk/lawbook/").text
    assert len(many) == len(few)


def test_a_transfer_is_shown_then_confirmed_then_done(seeded: None, cast: Cast) -> None:
    promise("P-1", "app.answer", SPRING)
    browser = cast.coordinator.client
    shown = browser.post(f"{YEAR}transfer/", TRANSFER).text
    assert "P-1" in shown
    assert "2026 жылғы 1 сәуір, сәрсенбі" in shown
    assert "2026 жылғы 2 сәуір, бейсенбі" in shown
    assert Promise.objects.get().due_on == date(2026, 4, 1), "nothing is saved yet"
    assert not CalendarDay.objects.filter(on="2026-03-26").exists()
    seen = Edition.objects.get().number
    assert f'name="seen" value="{seen}"' in shown
    done = browser.post(f"{YEAR}transfer/", {**TRANSFER, "seen": seen, "confirm": 1}, follow=True)
    assert done.redirect_chain[0][0] == f"/desk/lawbook/changes/{seen + 1}/"
    assert "2026 жылғы 2 сәуір, бейсенбі" in done.text
    assert "P-1" in done.text
    assert Promise.objects.get().due_on == date(2026, 4, 2)


def test_a_change_between_looking_and_confirming_shows_the_dates_anew(
    seeded: None, cast: Cast
) -> None:
    promise("P-1", "app.answer", SPRING)
    seen = Edition.objects.get().number
    move_day_off(off_on=date(2026, 3, 27), worked_on=None, decree="№ 1", actor=cast.lawyer.actor)
    sent = {**TRANSFER, "seen": seen, "confirm": 1}
    page = cast.coordinator.client.post(f"{YEAR}transfer/", sent)
    assert page.status_code == 200
    assert "әріптесіңіз" in page.text
    assert "2026 жылғы 3 сәуір, жұма" in page.text
    assert not CalendarDay.objects.filter(on="2026-03-26").exists()


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "²"])
def test_nothing_is_done_on_dates_that_were_never_shown(
    seeded: None, cast: Cast, seen: str
) -> None:
    sent = {**TRANSFER, "seen": seen, "confirm": 1}
    assert cast.lawyer.client.post(f"{YEAR}transfer/", sent).status_code == 200
    assert not CalendarDay.objects.filter(on="2026-03-26").exists()


def test_going_back_to_the_form_keeps_what_was_typed(seeded: None, cast: Cast) -> None:
    page = cast.lawyer.client.post(f"{YEAR}transfer/", {**TRANSFER, "edit": 1, "seen": 1}).text
    assert 'value="№ 12"' in page
    assert "Не өзгеретінін көру" in page


def test_a_refusal_stands_beside_its_field(seeded: None, cast: Cast) -> None:
    sent = {**TRANSFER, "off_on": "2026-03-08"}
    page = cast.lawyer.client.post(f"{YEAR}transfer/", sent)
    assert page.status_code == 400
    assert "Халықаралық әйелдер күні" in page.text
    assert 'id="id_off_on_error"' in page.text


def test_a_day_is_rewritten_removed_and_a_year_confirmed(seeded: None, cast: Cast) -> None:
    browser = cast.coordinator.client
    day = {
        "on": "2026-03-08", "kind": "holiday", "reason_kk": "Мереке", "reason_ru": "Праздник",
        "reason_en": "Holiday", "source": "№ 3", "confirm": 1,
    }  # fmt: skip
    seen = Edition.objects.get().number
    page = browser.post(f"{YEAR}day/2026-03-08/", {**day, "seen": seen}, follow=True).text
    assert "Мереке" in page
    assert "Халықаралық әйелдер күні" in page, "before and after"
    browser.post(f"{YEAR}day/2026-03-08/clear/", {"confirm": 1, "seen": seen + 1})
    assert not CalendarDay.objects.filter(on="2026-03-08").exists()
    year = {"is_confirmed": "on", "decree": "№ 12", "confirm": 1, "seen": seen + 2}
    page = browser.post(f"{YEAR}confirm/", year, follow=True).text
    assert "№ 12" in page
    listed = browser.get(YEAR).text
    assert "бекітілген" in listed
    assert "Кім нені өзгертті" in listed


@pytest.mark.parametrize(
    "address",
    [
        "/desk/lawbook/calendar/1999/", f"{YEAR}day/2026-03-10/", f"{YEAR}day/nonsense/clear/",
        "/desk/lawbook/rules/app.nothing/", "/desk/lawbook/changes/999/",
        "/desk/lawbook/letters/poem/kk/", "/desk/lawbook/letters/appeal/en/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(seeded: None, cast: Cast, address: str) -> None:
    assert cast.lawyer.client.get(address).status_code == 404


def test_a_version_is_entered_and_its_difference_shown(seeded: None, cast: Cast) -> None:
    promise("P-1", "app.answer", SPRING)
    browser = cast.lawyer.client
    sent = columns(amount=10, valid_from="2026-03-01")
    with clock.frozen(NOON):
        shown = browser.post(f"{RULE}new/", sent).text
    assert "<del>15</del> <ins>10</ins>" in shown
    assert "P-1" in shown
    assert RuleVersion.objects.filter(rule_id="app.answer").count() == 1
    seen = Edition.objects.get().number
    done = browser.post(f"{RULE}new/", {**sent, "seen": seen, "confirm": 1})
    assert done.status_code == 302
    row = RuleVersion.objects.get(rule_id="app.answer", number=2)
    assert (row.amount, row.valid_from, row.is_receipt) == (10, date(2026, 3, 1), True)


def test_a_version_of_a_colleague_is_told_and_nothing_typed_is_lost(
    seeded: None, cast: Cast
) -> None:
    browser = cast.lawyer.client
    sent = columns(amount=10, valid_from="2026-03-01")
    browser.post(f"{RULE}new/", {**sent, "seen": 1, "confirm": 1})
    page = browser.post(f"{RULE}new/", {**sent, "amount": 12})
    assert page.status_code == 409
    assert 'value="12"' in page.text
    assert "әріптесіңіз 2-нұсқаны енгізді" in page.text


def test_a_wrong_value_is_told_in_the_form(seeded: None, cast: Cast) -> None:
    page = cast.lawyer.client.post(f"{RULE}new/", columns(amount="көп", name_kk=""))
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert 'id="id_amount_error"' in page.text
    assert 'id="id_name_kk_error"' in page.text


def test_a_new_rule_is_entered_with_its_code(seeded: None, cast: Cast) -> None:
    sent = {**columns(base=0), "rule_id": "app.new", "seen": 1, "confirm": 1}
    done = cast.lawyer.client.post("/desk/lawbook/new/", sent, follow=True)
    assert done.status_code == 200
    assert cast.lawyer.client.get("/desk/lawbook/rules/app.new/").status_code == 200


def test_a_check_is_marked_with_name_and_day(seeded: None, cast: Cast) -> None:
    browser = cast.lawyer.client
    form = browser.get(f"{RULE}1/check/").text
    assert f'value="{cast.lawyer.user.name}"' in form
    wrong = browser.post(f"{RULE}1/check/", {"verified_by": "А. Б.", "verified_on": "2999-01-01"})
    assert wrong.status_code == 400
    sent = {"verified_by": "А. Б.", "verified_on": "2026-01-09"}
    page = browser.post(f"{RULE}1/check/", sent, follow=True).text
    assert "тексерген: А. Б., 09.01.2026" in page
    assert "заңгер тексермеген" not in re.sub(r"\s+", " ", page)


def test_a_letter_is_looked_at_and_then_saved(seeded: None, cast: Cast) -> None:
    browser = cast.lawyer.client
    sent = {"base": 1, "title": "Жолданым", "body": "<b>{{ facts }}</b>"}
    shown = browser.post(f"{LETTER}new/", {**sent, "preview": 1}).text
    assert "&lt;b&gt;[не болды, қашан және қайда]&lt;/b&gt;" in shown
    assert letter("appeal", "kk").number == 1
    assert browser.post(f"{LETTER}new/", {**sent, "save": 1}).status_code == 302
    assert letter("appeal", "kk").number == 2
    old = browser.get(f"{LETTER}?version=1").text
    assert "ЖОЛДАНЫМ" in old


def test_a_letter_with_an_unknown_place_is_refused_and_kept_in_the_form(
    seeded: None, cast: Cast
) -> None:
    sent = {"base": 1, "title": "Жолданым", "body": "{{ salary }}", "save": 1}
    page = cast.lawyer.client.post(f"{LETTER}new/", sent)
    assert page.status_code == 400
    assert page.text.count("{{ salary }}") >= 2


def test_a_letter_is_marked_as_checked(seeded: None, cast: Cast) -> None:
    sent = {"verified_by": "А. Б.", "verified_on": "2026-01-09"}
    page = cast.lawyer.client.post(f"{LETTER}1/check/", sent, follow=True).text
    assert "тексерген: А. Б." in page
    late = cast.lawyer.client.post(f"{LETTER}9/check/", sent)
    assert late.status_code == 409


def test_the_desk_search_finds_rules_and_letters(seeded: None, cast: Cast) -> None:
    page = cast.adviser.client.get("/desk/search/?q=жолданым").text
    assert reverse("lawbook_rule", args=["app.answer"]) in page
    assert reverse("lawbook_letter", args=["appeal", "kk"]) in page
    assert cast.official.client.get("/desk/search/?q=жолданым").text.count("lawbook") == 0


def test_a_year_that_runs_unconfirmed_is_a_task_of_those_who_can_confirm_it(
    seeded: None, cast: Cast
) -> None:
    with clock.frozen(NOON):
        assert YEAR in cast.coordinator.client.get("/desk/").text
        assert YEAR not in cast.adviser.client.get("/desk/").text
    with clock.frozen(datetime(2025, 3, 10, 7, 0, tzinfo=UTC)):
        assert "lawbook/calendar" not in cast.coordinator.client.get("/desk/").text
    with clock.frozen(datetime(2025, 12, 1, 7, 0, tzinfo=UTC)):
        assert YEAR in cast.coordinator.client.get("/desk/").text
