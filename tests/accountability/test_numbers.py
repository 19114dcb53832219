"""Published numbers on their pages: dated, citable, honest about chance and what is hidden."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from baqylau.figures.models import Cell, Closing
from baqylau.figures.rules.results import Exact, Rounded, Why, Withheld
from baqylau.figures.services import correct
from baqylau.institutions.models import Institution
from baqylau.kernel import clock
from tests.accountability.making import AUTUMN, COORDINATOR, SUMMER, cases, close_quarter, of, put
from tests.casework.making import POLICE, TARAZ

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
OPENED = "/numbers/casework.opened/"
LIMIT = 14 * 1_024
PAGES = (
    "/numbers/",
    "/numbers/2026-Q2/",
    f"{OPENED}2026-Q2/",
    "/numbers/casework.solved/2026-Q2/",
    "/numbers/districts/",
    "/numbers/offices/",
    "/numbers/meaning/",
    f"/institutions/{POLICE}/",
    f"/districts/{TARAZ}/",
)
QUERIES = {
    "/": 40,
    "/numbers/": 12,
    f"{OPENED}2026-Q2/": 12,
    "/numbers/districts/": 9,
    "/numbers/offices/": 9,
    "/numbers/meaning/": 1,
    f"/institutions/{POLICE}/": 12,
}


def weight(client: Client, address: str) -> int:
    """Bytes of the page with its style and its sign, compressed."""
    page = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert page.status_code == 200
    total = len(page.content)
    for name in ("web/public.css", "web/icon.svg"):
        path = finders.find(name)
        assert isinstance(path, str)
        with open(path, "rb") as file:  # noqa: PTH123 - a path that Django found
            total += len(gzip.compress(file.read(), 9))
    return total


def text_of(html: str) -> str:
    """The words of a page, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ")


def test_before_any_closing_the_pages_say_so(client: Client, house: None) -> None:
    for address in ("/numbers/", "/numbers/districts/", "/numbers/offices/", OPENED):
        page = client.get(f"/en{address}")
        assert page.status_code == 200
        assert "closed" in text_of(page.text)
    assert "Nothing to say yet" in client.get(f"/en/institutions/{POLICE}/").text
    assert "Our work, " not in client.get("/en/").text


def test_an_unclosed_period_says_when_it_can_be_expected(client: Client, closed: Closing) -> None:
    running = client.get(f"/en{OPENED}2026-Q4/")
    assert running.status_code == 404
    assert "1 January 2027" in text_of(running.text)
    over = client.get(f"/en{OPENED}2026-Q3/")
    assert over.status_code == 404
    assert "it is not closed" in text_of(over.text)
    before = client.get(f"/en{OPENED}2025-Q1/")
    assert before.status_code == 404
    assert "no numbers were published" in text_of(before.text)


@pytest.mark.parametrize(
    "address",
    [
        f"{OPENED}2026-Q5/",
        f"{OPENED}all/",
        f"{OPENED}%00/",
        "/numbers/casework.unknown/2026-Q2/",
        "/numbers/casework.overdue/2026-Q2/",
        "/numbers/nothing/",
        f"{OPENED}2026-Q2/service/",
        f"{OPENED}2026-Q2/body-four/",
        f"{OPENED}2026-Q2/nothing.svg",
        f"{OPENED}2026-Q9.csv",
    ],
)
def test_an_unknown_number_or_period_is_a_page_in_words(
    client: Client, closed: Closing, address: str
) -> None:
    page = client.get(address)
    assert page.status_code in {400, 404}
    is_page = page.headers["Content-Type"].startswith("text/html")
    assert "<h1>" in page.text if is_page else page.json()["detail"]


def test_a_closed_number_stands_at_an_address_that_stays(client: Client, closed: Closing) -> None:
    cases(3)
    latest = client.get(OPENED)
    assert latest.status_code == 302
    assert latest["Location"] == f"{OPENED}2026-Q2/"
    page = text_of(client.get(f"/en{OPENED}2026-Q2/").text)
    assert "Cases opened, quarter 2 of 2026: 12." in page
    assert f"up to entry {closing_entry(closed)}" in page
    assert closed.digest[:8] in page
    assert "http://testserver/en/numbers/casework.opened/2026-Q2/" in page


def closing_entry(closing: Closing) -> str:
    """The number of the entry as the page writes it."""
    return f"{closing.number:,}"


def test_an_estimate_never_stands_without_its_n_and_interval(client: Client, year: Closing) -> None:
    put(year, "casework.solved", of(20, 30, is_rounded=False))
    page = text_of(client.get("/en/numbers/casework.solved/2026-Q3/").text)
    assert "67 %" in page
    assert "n = 30 · 49–81 %" in page
    home = text_of(client.get("/en/").text)
    assert "Share of cases solved" in home
    assert "67 % n = 30 · 49–81 %" in home


def test_what_changed_is_said_against_the_period_before(client: Client, year: Closing) -> None:
    page = text_of(client.get("/en/numbers/").text)
    assert "The period before: 12. Now it is more." in page
    assert "Chance could explain the difference." in page
    spring = text_of(client.get("/en/numbers/2026-Q2/").text)
    assert "The period before" not in spring


def test_a_gap_between_periods_is_no_period_before(client: Client, closed: Closing) -> None:
    put(closed, "casework.opened", Exact(7))
    cases(20, SUMMER)
    autumn = close_quarter("2026-Q3")
    Cell.objects.filter(closing=closed).delete()
    page = text_of(client.get("/en/numbers/casework.opened/2026-Q3/").text)
    assert autumn.pk
    assert "The period before" not in page


def test_a_withheld_number_says_why_in_its_place(client: Client, closed: Closing) -> None:
    put(closed, "casework.solved", Withheld(Why.SMALL))
    page = text_of(client.get("/en/numbers/casework.solved/2026-Q2/").text)
    assert "fewer than 10: not shown" in page
    put(closed, "casework.opened", Withheld(Why.NARROW), "body", "*", together=2)
    Cell.objects.filter(closing=closed, dimension="body", figure="casework.opened").exclude(
        value="*"
    ).delete()
    refused = text_of(client.get(f"/en{OPENED}2026-Q2/").text)
    assert "The groups are too small" in refused


def test_a_correction_shows_old_new_why_and_by_whom(client: Client, closed: Closing) -> None:
    cases(2)
    cell = Cell.objects.get(closing=closed, figure="casework.opened", dimension="")
    reasons = {"kk": "Екі парақ кеш табылды.", "ru": "Два листа нашлись поздно."}
    correct(actor=COORDINATOR, cell=cell, reasons=reasons)
    page = client.get(f"/en{OPENED}2026-Q2/").text
    assert "<del>12</del> <ins>14</ins>" in page
    assert '<p lang="kk">Екі парақ кеш табылды.</p>' in page
    assert "the programme's coordinator" in page
    assert COORDINATOR.key not in page
    russian = client.get(f"/ru{OPENED}2026-Q2/").text
    assert "<p>Два листа нашлись поздно.</p>" in russian
    assert "Corrected since the closing: Cases opened" in text_of(client.get("/en/numbers/").text)


def test_tables_of_four_quarters_and_of_groups_have_pages(client: Client, closed: Closing) -> None:
    put(closed, "casework.solved", of(25, 40), "body", POLICE, window="four")
    put(closed, "casework.solved", of(30, 60), "body_group", f"school:{TARAZ}", window="four")
    page = text_of(client.get("/en/numbers/casework.solved/2026-Q2/").text)
    assert "Four quarters up to and with quarter 2 of 2026" in page
    assert "school, Taraz city" in page
    alone = client.get("/en/numbers/casework.solved/2026-Q2/body-four/")
    assert "62 %" in text_of(alone.text)
    chart = client.get("/en/numbers/casework.solved/2026-Q2/body-four.svg")
    assert chart.status_code == 200
    assert "n = 40" in chart.text


def test_a_long_table_is_turned_over_leaf_by_leaf(client: Client, closed: Closing) -> None:
    for each in range(120):
        put(closed, "casework.opened", Rounded(500 - each), "body", f"{each:08x}")
    page = client.get(f"/en{OPENED}2026-Q2/").text
    assert f'href="/en{OPENED}2026-Q2/body/"' in page
    assert "about 381" not in text_of(page)
    last = client.get(f"/en{OPENED}2026-Q2/body/?page=3")
    assert "about 381" in text_of(last.text)
    assert "about 500" not in text_of(last.text)
    assert weight(client, f"{OPENED}2026-Q2/body/") <= LIMIT


@pytest.mark.parametrize("language", ["", "/ru", "/en"])
def test_pages_are_light_and_have_neither_script_nor_cookie(
    client: Client, year: Closing, language: str
) -> None:
    for address in PAGES:
        page = client.get(language + address)
        assert page.status_code == 200, address
        assert "<script" not in page.text
        assert "style=" not in page.text
        assert not page.cookies
        assert weight(client, language + address) <= LIMIT, address


def test_a_number_with_many_tables_stays_light(client: Client, year: Closing) -> None:
    for window in ("own", "four"):
        for dimension in ("district", "body"):
            for each in range(12):
                place = f"A long name of a body or of a district: {window} {each}"[-48:]
                put(year, "casework.closed", Rounded(95 - each), dimension, place, window=window)
    assert weight(client, "/ru/numbers/casework.closed/2026-Q3/") <= LIMIT


def test_a_page_asks_as_many_questions_however_much_was_counted(
    client: Client,
    year: Closing,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for address, most in QUERIES.items():
        client.get(address)
        with django_assert_max_num_queries(most) as first:
            client.get(address)
        add_rows(year)
        with django_assert_num_queries(len(first)):
            client.get(address)


def add_rows(closing: Closing) -> None:
    """More published rows about more bodies."""
    start = Institution.objects.count()
    police = Institution.objects.get(code=POLICE)
    for each in range(start, start + 5):
        police.pk, police.code, police.bin = None, f"ee{each:06x}", ""
        police.save(force_insert=True)
        put(closing, "casework.opened", Rounded(50), "body", police.code)


def test_nothing_of_an_open_period_is_public(client: Client, closed: Closing) -> None:
    cases(13, SUMMER)
    with clock.frozen(AUTUMN):
        for address in (*PAGES, "/"):
            assert not re.search(r"\b13\b", text_of(client.get(f"/en{address}").text)), address
