"""The desk's pages of periods: where each is, what closing fixes, how a number is corrected."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from baqylau.figures import services, views_periods
from baqylau.figures.models import Closing, Correction, Draft
from baqylau.figures.services import close, fold_all
from baqylau.kernel import clock
from tests.cast import Cast, SignIn
from tests.figures.closing import AFTER, CODE, COORDINATOR, REASONS, cases, cell, quarter

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
LIST = "/desk/periods/"
PAGE = f"{LIST}{CODE}/"
CORRECT = f"{PAGE}correct/casework.opened/"


def seen_on(client: Client, page: str) -> str:
    """The digest of what the page shows."""
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', client.get(page).text)
    assert found
    return found[1]


def look_and_close(client: Client) -> None:
    client.post(f"{PAGE}count/")
    client.post(f"{PAGE}close/", {"seen": seen_on(client, PAGE), "sure": "on"})


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_coordinator_looks_closes_and_corrects(
    house: None, sign_in: SignIn, language: str
) -> None:
    client = sign_in("coordinator", language=language)
    with clock.frozen(AFTER):
        cases(40)
        assert client.get(LIST).status_code == 200
        assert 'name="seen"' not in client.get(PAGE).text
        assert client.post(f"{PAGE}count/").status_code == 302
        text = client.get(PAGE).text
        assert ">40<" in text
        answer = client.post(f"{PAGE}close/", {"seen": seen_on(client, PAGE), "sure": "on"})
        assert answer.status_code == 302
        cases(2)
        closed = client.get(PAGE)
        assert Closing.objects.get().digest in closed.text
        assert CORRECT in closed.text
        answer = client.post(CORRECT, {"seen": seen_on(client, CORRECT), **REASONS})
        assert answer.status_code == 302
        text = client.get(PAGE).text
        assert REASONS["kk"] in text
        assert CORRECT not in text
        assert "<del>40</del> <ins>42</ins>" in text
        assert client.get(LIST).status_code == 200


@pytest.mark.parametrize("role", ["adviser", "editor", "official", "administrator"])
def test_nobody_else_finds_a_page(house: None, sign_in: SignIn, role: str) -> None:
    client = sign_in(role)
    assert LIST not in client.get("/desk/").text
    for address in (LIST, PAGE, CORRECT):
        assert client.get(address).status_code == 403
    for address in (f"{PAGE}count/", f"{PAGE}close/", CORRECT):
        assert client.post(address).status_code == 403


def test_the_list_says_where_each_period_is(house: None, cast: Cast) -> None:
    with clock.frozen(AFTER):
        cases(3)
        close(actor=cast.coordinator.actor, chosen=quarter())
        cases(1)
        cases(1, before=100)
        page = cast.coordinator.client.get(LIST)
    found = {
        row["standing"].chosen.code: row for _label, rows in page.context["groups"] for row in rows
    }
    assert found["2026-Q4"]["standing"].is_over is False
    assert found["2026-Q3"]["standing"].has_data is False
    assert found[CODE]["standing"].moved
    assert found[CODE]["by"] == "Үйлестіруші"
    assert found["2026-Q1"]["standing"].is_waiting
    assert page.context["next"]["code"] == "2026-Q1"
    assert not found["2026"]["standing"].is_over


def test_who_closed_is_a_role_and_never_a_name(house: None, cast: Cast) -> None:
    with clock.frozen(AFTER):
        cases(3)
        close(actor=cast.coordinator.actor, chosen=quarter())
        for page in (LIST, PAGE):
            main = cast.coordinator.client.get(page).text.split("<main", 1)[1]
            assert cast.coordinator.user.name not in main


@pytest.mark.parametrize("code", ["all", "2026-13", "x", "2026-Q5", "٢٠٢٦"])
def test_what_is_no_period_is_not_found(house: None, cast: Cast, code: str) -> None:
    client = cast.coordinator.client
    assert client.get(f"{LIST}{code}/").status_code == 404
    assert client.post(f"{LIST}{code}/count/").status_code == 404
    assert client.post(f"{LIST}{code}/close/").status_code == 404


def test_a_period_that_runs_offers_nothing_to_press(house: None, cast: Cast) -> None:
    client = cast.coordinator.client
    with clock.frozen(AFTER):
        text = client.get(f"{LIST}2026-Q4/").text.split("<main", 1)[1]
        assert "<form" not in text.split("</main", 1)[0]
        answer = client.post(f"{LIST}2026-Q4/close/", {"sure": "on", "seen": "0" * 64})
    assert answer.status_code == 400
    assert not Closing.objects.exists()


def test_without_the_tick_nothing_is_closed(house: None, cast: Cast) -> None:
    client = cast.coordinator.client
    with clock.frozen(AFTER):
        cases(3)
        client.post(f"{PAGE}count/")
        answer = client.post(f"{PAGE}close/", {"seen": seen_on(client, PAGE)})
    assert answer.status_code == 400
    assert not Closing.objects.exists()


@pytest.mark.parametrize("seen", ["", "0" * 64, "x" * 9_000])
def test_who_saw_something_else_closes_nothing(house: None, cast: Cast, seen: str) -> None:
    client = cast.coordinator.client
    with clock.frozen(AFTER):
        cases(3)
        client.post(f"{PAGE}count/")
        answer = client.post(f"{PAGE}close/", {"seen": seen, "sure": "on"})
    assert answer.status_code == 409
    assert not Closing.objects.exists()


def test_pressing_twice_closes_once_and_says_nothing(house: None, cast: Cast) -> None:
    client = cast.coordinator.client
    with clock.frozen(AFTER):
        cases(3)
        client.post(f"{PAGE}count/")
        pressed = {"seen": seen_on(client, PAGE), "sure": "on"}
        for _time in range(2):
            assert client.post(f"{PAGE}close/", pressed).status_code == 302
        assert not list(client.get(PAGE).context["messages"])
        assert client.post(f"{PAGE}count/").status_code == 302
    assert Closing.objects.count() == 1
    assert not Draft.objects.exists()


def test_the_second_of_two_coordinators_is_told_that_it_is_done(
    house: None, cast: Cast, sign_in: SignIn
) -> None:
    first, second = cast.coordinator.client, sign_in("coordinator")
    with clock.frozen(AFTER):
        cases(3)
        first.post(f"{PAGE}count/")
        pressed = {"seen": seen_on(second, PAGE), "sure": "on"}
        assert first.post(f"{PAGE}close/", pressed).status_code == 302
        answer = second.post(f"{PAGE}close/", pressed, follow=True)
    assert "басқа әріптесіңіз" in answer.text
    assert Closing.objects.count() == 1


def test_the_quarter_before_is_named_and_closing_is_not_offered(house: None, cast: Cast) -> None:
    client = cast.coordinator.client
    with clock.frozen(AFTER):
        cases(3)
        cases(3, before=100)
        client.post(f"{PAGE}count/")
        page = client.get(PAGE)
        assert page.context["before"]["code"] == "2026-Q1"
        assert "/close/" not in page.text
        answer = client.post(
            f"{PAGE}close/", {"seen": page.context["prepared"].digest, "sure": "on"}
        )
    assert answer.status_code == 400
    assert "2026-Q1" in answer.text


def test_a_month_is_closed_without_being_counted_first(house: None, cast: Cast) -> None:
    client, page = cast.coordinator.client, f"{LIST}2026-05/"
    with clock.frozen(AFTER):
        cases(3)
        answer = client.post(f"{page}close/", {"seen": seen_on(client, page), "sure": "on"})
    assert answer.status_code == 302
    assert Closing.objects.get().span == "month"


def test_a_long_count_shows_that_it_works(
    house: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.frozen(AFTER):
        cases(3)
        fold_all()
        monkeypatch.setattr(views_periods, "AT_ONCE", 0)
        # The thread that counts would wait for this test's own transaction.
        monkeypatch.setattr(services, "count", lambda **_words: None)
        answer = cast.coordinator.client.post(f"{PAGE}count/")
        text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # it is streamed
    assert "Сандар есептеліп жатыр" in text
    assert f'href="{PAGE}"' in text


def test_tables_are_shown_as_they_would_be_published(house: None, cast: Cast) -> None:
    client = cast.coordinator.client
    with clock.frozen(AFTER):
        cases(40)
        client.post(f"{PAGE}count/")
        before = client.get(PAGE)
        look_and_close(client)
        after = client.get(PAGE)
    assert before.context["tables"] == after.context["tables"]
    assert before.context["lines"] == after.context["lines"]
    hidden = [sheet.hidden for sheet in after.context["tables"]]
    assert any(hidden)


def test_a_correction_needs_a_reason_in_kazakh(house: None, cast: Cast) -> None:
    client = cast.coordinator.client
    with clock.frozen(AFTER):
        cases(12)
        close(actor=COORDINATOR, chosen=quarter())
        cases(2)
        seen = seen_on(client, CORRECT)
        for said in ({"kk": ""}, {"kk": "  ", "ru": "Причина"}, {"kk": "a" * 1_001}):
            answer = client.post(CORRECT, {"seen": seen, **said})
            assert answer.status_code == 400
            assert said.get("ru", "") in answer.text
    assert not Correction.objects.exists()


def test_a_correction_publishes_the_number_that_was_seen_or_none(house: None, cast: Cast) -> None:
    client = cast.coordinator.client
    with clock.frozen(AFTER):
        cases(12)
        close(actor=COORDINATOR, chosen=quarter())
        cases(2)
        seen = seen_on(client, CORRECT)
        cases(1)
        answer = client.post(CORRECT, {"seen": seen, **REASONS})
        assert answer.status_code == 400
        assert not Correction.objects.exists()
        client.post(CORRECT, {"seen": seen_on(client, CORRECT), **REASONS})
        # A second press finds nothing to correct any more.
        assert client.post(CORRECT, {"seen": seen, **REASONS}).status_code == 302
    assert Correction.objects.get().new == {"kind": "exact", "number": 15}


def test_there_is_nothing_to_correct_where_the_records_agree(house: None, cast: Cast) -> None:
    client = cast.coordinator.client
    with clock.frozen(AFTER):
        cases(12)
        assert client.get(CORRECT).status_code == 404
        closing = close(actor=COORDINATOR, chosen=quarter())
        assert client.get(CORRECT).status_code == 302
        assert client.get(f"{PAGE}correct/no.such/").status_code == 404
    assert cell(closing, "casework.opened").answer["number"] == 12


def test_markup_in_a_reason_is_only_text(house: None, cast: Cast) -> None:
    client = cast.coordinator.client
    with clock.frozen(AFTER):
        cases(12)
        close(actor=COORDINATOR, chosen=quarter())
        cases(2)
        client.post(CORRECT, {"seen": seen_on(client, CORRECT), "kk": "<script>1</script>"})
        text = client.get(PAGE).text
    assert "&lt;script&gt;1" in text
    assert "<script>1" not in text


def test_late_records_are_listed_and_change_nothing(house: None, cast: Cast) -> None:
    client = cast.coordinator.client
    with clock.frozen(AFTER):
        cases(12)
        closing = close(actor=COORDINATOR, chosen=quarter())
    with clock.frozen(AFTER + timedelta(days=400)):
        cases(5)
        page = client.get(PAGE)
        said = {each["figure"]: (each["old"], each["new"]) for each in page.context["moved"]}
    assert said["casework.opened"] == ("12", "17")
    assert cell(closing, "casework.opened").answer["number"] == 12
    assert ">12<" in page.text
