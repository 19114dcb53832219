"""The list of cases: what filters leave, in which order, page by page, and through an index."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from baqylau.casework.models import Case
from baqylau.casework.queries import paging
from baqylau.casework.queries.listing import Wanted
from baqylau.casework.queries.paging import Page, page
from baqylau.catalogue.models import PublicService
from baqylau.institutions.models import Institution
from baqylau.kernel.places import Place
from tests.casework.making import AKIMAT, POLICE, TARAZ, closed, filed, open_one, silent
from tests.cast import Cast
from tests.plans import analyse, reading_by_index, steps_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
LIST = "/desk/cases/"
TODAY = date(2026, 7, 1)
ME = "adviser-7"
MERKE = "314800000"
STAGES = ("filed", "open", "answered", "refused", "complained", *["closed"] * 5)


def make_crowd(count: int, start: int = 0) -> None:
    """Cases of two years in every stage, about two bodies and a service, with forty colleagues."""
    model, service = filed(), PublicService.objects.get(code="s901")
    bodies = {code: Institution.objects.get(code=code).pk for code in (AKIMAT, POLICE)}
    rows = []
    for n in range(start, start + count):
        row = Case(**{field.attname: getattr(model, field.attname) for field in Case._meta.fields})
        row.pk, row.serial, row.number = None, n + 100, f"Ж-2026-{n + 100:06}"
        row.idempotency_key, row.stage = f"crowd:{n:08}", STAGES[n % 10]
        row.opened_on = TODAY - timedelta(days=n * 7 % 730)
        row.person = f"adviser-{n % 40}" if n % 8 else ""
        row.kind = "proposal" if n % 50 == 3 else "service_failure"
        row.territory_id = MERKE if n % 11 == 2 else TARAZ
        row.body_id = bodies[POLICE if n % 90 == 4 else AKIMAT] if n % 5 else None
        row.service = service if n % 70 == 6 else None
        row.next_due_on = TODAY + timedelta(days=n % 61 - 30) if n % 3 else None
        if row.stage == "closed":
            row.next_due_on, row.outcome = None, "advised" if n % 4 else "lost"
            row.closed_on = min(row.opened_on + timedelta(days=n % 90), TODAY)
        rows.append(row)
    Case.objects.bulk_create(rows, batch_size=500)


def every(wanted: Wanted) -> list[Case]:
    """All rows, page after page; each page is as long as it may be, or says that it was cut."""
    found: list[Case] = []
    place: Place | None = None
    while True:
        part = page(wanted, ME, TODAY, place)
        found += part.rows
        if part.next is None:
            return found
        assert len(part.rows) == paging.PAGE or part.is_cut
        place = part.next


def plain(wanted: Wanted) -> set[int]:
    """What is wanted, by reading every case."""
    return {row.pk for row in Case.objects.select_related("body", "service") if _fits(row, wanted)}


def _fits(row: Case, wanted: Wanted) -> bool:
    due, week = row.next_due_on, TODAY + timedelta(days=7)
    states = {
        "": True,
        "running": row.stage != "closed",
        "waiting": row.stage in ("filed", "complained"),
    }
    return all(
        (
            states.get(wanted.state, row.stage == wanted.state),
            {"": True, "mine": row.person == ME, "nobody": not row.person}[wanted.whose],
            {
                "": True,
                "overdue": bool(due and due < TODAY),
                "week": bool(due and TODAY <= due < week),
            }[wanted.due],
            wanted.kind in ("", row.kind),
            wanted.district in ("", row.territory_id),
            wanted.outcome in ("", row.outcome),
            wanted.body in ("", row.body.code if row.body else "-"),
            wanted.service in ("", row.service.code if row.service else "-"),
            (wanted.opened_from or date.min) <= row.opened_on < (wanted.opened_until or date.max),
            not wanted.closed_from or bool(row.closed_on and row.closed_on >= wanted.closed_from),
            not wanted.closed_until or bool(row.closed_on and row.closed_on < wanted.closed_until),
        )
    )


SPRING: dict[str, Any] = {"closed_from": date(2026, 3, 1), "closed_until": date(2026, 6, 1)}
FILTERS: list[dict[str, Any]] = [
    {},
    {"state": ""},
    {"state": "closed"},
    {"state": "refused"},
    {"state": "waiting", "due": "overdue"},
    {"whose": "mine"},
    {"whose": "mine", "state": ""},
    {"whose": "nobody", "due": "week"},
    {"whose": "mine", "due": "overdue", "kind": "proposal"},
    {"due": "overdue"},
    {"due": "overdue", "state": "closed"},
    {"kind": "proposal"},
    {"kind": "proposal", "state": ""},
    {"district": MERKE},
    {"district": MERKE, "state": "", "outcome": "lost"},
    {"body": POLICE, "state": ""},
    {"body": POLICE, "state": "closed", **SPRING},
    {"body": "-", "state": "answered"},
    {"service": "s901"},
    {"service": "-", "district": MERKE},
    {"state": "closed", **SPRING},
    {"state": "closed", **SPRING, "outcome": "lost", "district": MERKE},
    {"state": "", "closed_until": date(2025, 9, 1)},
    {**SPRING},
    {"opened_from": date(2026, 1, 1), "opened_until": date(2026, 4, 1)},
    {"state": "", "opened_from": date(2026, 1, 1), "opened_until": date(2026, 4, 1), **SPRING},
]


@pytest.mark.parametrize("window", [60, 1_000])
def test_following_the_pages_shows_every_case_that_fits_once(
    monkeypatch: pytest.MonkeyPatch, window: int
) -> None:
    monkeypatch.setattr(paging, "WINDOW", window)
    make_crowd(700)
    for each in FILTERS:
        wanted = Wanted(**each)
        found = [row.pk for row in every(wanted)]
        assert len(found) == len(set(found)), each
        assert set(found) == plain(wanted), each


def test_what_was_opened_last_comes_first_and_the_nearest_term_first() -> None:
    make_crowd(300)
    opened = [row.opened_on for row in every(Wanted())]
    assert opened == sorted(opened, reverse=True)
    dues = [row.next_due_on or date.min for row in every(Wanted(due="overdue"))]
    assert dues == sorted(dues)
    ends = [row.closed_on or date.min for row in every(Wanted(state="closed", **SPRING))]
    assert ends == sorted(ends, reverse=True)
    assert opened
    assert dues
    assert ends


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 3),
        ({"state": ""}, 4),
        ({"state": "closed"}, 1),
        ({"state": "refused"}, 1),
        ({"state": "dance"}, 4),
        ({"due": "overdue"}, 1),
        ({"due": "week"}, 0),
        ({"whose": "nobody"}, 3),
        ({"whose": "mine"}, 0),
        ({"kind": "proposal"}, 0),
        ({"district": "311000000"}, 3),
        ({"body": "0000000b"}, 0),
        ({"body": "ffffffff"}, 0),
        ({"service": "s901"}, 0),
        ({"after": "2026-02-31~1"}, 3),
        ({"after": "nonsense"}, 3),
        ({"after": "0001-01-01~1"}, 0),
        ({"after": "9999-12-31~999999999999999999"}, 3),
        ({"page": "77"}, 3),
    ],
)
def test_the_list_is_filtered(cast: Cast, query: dict[str, str], count: int) -> None:
    for make in (filed, silent, closed, open_one):
        make()
    assert cast.adviser.client.get(LIST, query).text.count('<td class="ref"') == count


def test_the_next_page_keeps_the_filters(cast: Cast) -> None:
    make_crowd(900)
    client = cast.adviser.client
    text = client.get(LIST, {"state": "closed", "district": TARAZ}).text
    assert "Басына" not in text
    link = text.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "state=closed" in link
    assert f"district={TARAZ}" in link
    second = client.get(LIST + link).text
    assert second.count('<td class="ref"') == 50
    assert "Басына" in second
    shown = [part.split("</a>")[0] for part in text.split('<td class="ref"')[1:]]
    assert not any(row in second for row in shown)


def test_a_rare_case_is_looked_for_further_on_and_the_page_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "WINDOW", 40)
    make_crowd(300)
    rare = Case.objects.running().order_by("opened_on", "pk")[0]
    Case.objects.filter(pk=rare.pk).update(kind="waste")
    text = cast.adviser.client.get(LIST, {"kind": "waste"}).text
    assert rare.number not in text
    assert "Мұндай мәселе жоқ" not in text
    for _page in range(9):
        link = text.partition('rel="next" href="')[2].partition('"')[0]
        text = cast.adviser.client.get(LIST + link.replace("&amp;", "&")).text
        if rare.number in text:
            return
    raise AssertionError("it was never found")


QUERIES = 8
"""Who sits here and what they may, districts, the edge of the window, page, names of colleagues."""


def test_the_list_asks_as_often_for_fifty_as_for_one_and_counts_nothing(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client: Client = cast.adviser.client
    make_crowd(2)
    asked = {"kind": "service_failure"}
    client.get(LIST, asked)
    with django_assert_num_queries(QUERIES):
        client.get(LIST, asked)
    make_crowd(2_500, start=2)
    with django_assert_num_queries(QUERIES) as captured:
        text = client.get(LIST, asked).text
    assert text.count('<td class="ref"') == 50
    assert not [query for query in captured.captured_queries if "COUNT(" in query["sql"].upper()]


def test_no_filter_reads_the_whole_table(monkeypatch: pytest.MonkeyPatch) -> None:
    # As small beside the table as the true window is beside two hundred thousand cases.
    monkeypatch.setattr(paging, "WINDOW", 100)
    make_crowd(8_000)
    analyse()
    for each in FILTERS:
        with reading_by_index("casework_case"):
            first: Page = page(Wanted(**each), ME, TODAY)
            if first.next:
                page(Wanted(**each), ME, TODAY, first.next)


@pytest.mark.once
def test_a_page_costs_as_much_among_ten_times_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "WINDOW", 30)
    asks: list[Callable[[], object]] = [
        lambda each=each, place=place: page(Wanted(**each), ME, TODAY, place)  # type: ignore[misc] # a lambda's defaults have no types
        for each in FILTERS
        for place in (None, Place(date(2026, 5, 15), 2**62))
    ]
    make_crowd(1_500)
    few = [steps_of(ask) for ask in asks]
    make_crowd(15_000, start=1_500)
    for number, (ask, before) in enumerate(zip(asks, few, strict=True)):
        assert steps_of(ask) <= 1.5 * before + 60, (FILTERS[number // 2], number % 2)
