"""Figures whose records everybody can read: exact everywhere, and no secret of the engine."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client

from baqylau.accountability.queries.datasets import dataset, rows_of
from baqylau.accountability.queries.places import Shown, about
from baqylau.figures.models import Cell, Closing, Counted
from baqylau.figures.queries import contracts
from baqylau.figures.queries.closing import to_publish
from baqylau.figures.queries.definitions import figures
from baqylau.figures.queries.families import families
from baqylau.figures.queries.pages import Asked
from baqylau.figures.rules.results import Exact, Rounded
from baqylau.figures.services import close
from baqylau.figures.services.contracts import write_indicator
from baqylau.kernel import clock
from baqylau.kernel.figures import Count
from baqylau.kernel.modules import registry
from tests.accountability.making import put
from tests.accountability.test_numbers import text_of
from tests.casework.making import AKIMAT, POLICE, TARAZ
from tests.cast import Cast
from tests.figures import contracts as making
from tests.figures.closing import AFTER, COORDINATOR, cases, period, quarter
from tests.sample.figures import ACCEPTED, FIGURES, GIVEN, ROOM, give

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
SPRING = datetime(2026, 5, 4, 7, 0, tzinfo=UTC)
OTHER = "313600000"
"""A district in which nothing happened."""
DESK = f"/desk/figures/{GIVEN}/"
PUBLIC = f"/en/numbers/{GIVEN}/2026-Q2/"


@pytest.fixture
def given(house: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three recommendations to the akimat, one to the police, beside a dozen cases."""
    monkeypatch.setattr(registry, "_modules", {**registry._modules, ROOM.code: ROOM})
    cases(12)
    with clock.frozen(SPRING), transaction.atomic():
        give(3, district=TARAZ, body=AKIMAT, accepted=1)
        give(1, district=TARAZ, body=POLICE)
    with clock.frozen(AFTER):
        yield


@pytest.fixture
def closed(given: None) -> Closing:
    """The quarter of it all, closed."""
    return close(actor=COORDINATOR, chosen=quarter())


def published(closing: Closing, figure: str, dimension: str) -> dict[str, object]:
    rows = Cell.objects.filter(closing=closing, figure=figure, dimension=dimension)
    return {row.value: row.answer.get("number", row.answer) for row in rows}


def test_everybody_who_sees_figures_sees_them_as_they_are(given: None, cast: Cast) -> None:
    for code in ("2026-05", "2026-Q2", "2026", "all"):
        seen = cast.official.client.get(DESK, {"period": code, "by": "body"}).context
        assert [row["number"] for row in seen["rows"]] == ["3", "1"]
        assert seen["refused"] == ""
        assert all("/sample/" in row["row"].url for row in seen["rows"])
    taken = cast.official.client.get(f"{DESK}table.csv", {"period": "2026-Q2", "by": "district"})
    rows = list(csv.reader(io.StringIO(taken.text.removeprefix("\ufeff"))))
    assert [row[4] for row in rows[2:4]] == ["4", "0"]


def test_small_numbers_and_zeros_are_published_exactly(closed: Closing) -> None:
    assert published(closed, GIVEN, "body") == {AKIMAT: 3, POLICE: 1}
    by_district = published(closed, GIVEN, "district")
    assert (by_district[TARAZ], by_district[OTHER], len(by_district)) == (4, 0, 11)
    share = published(closed, ACCEPTED, "body")[AKIMAT]
    assert isinstance(share, dict)
    assert (share["part"], share["n"], share.get("rounded")) == (1, 3, None)


def test_they_are_published_so_for_months_and_years_too(closed: Closing) -> None:
    for code in ("2026-05", "2025"):
        with clock.frozen(datetime(2027, 1, 20, 7, 0, tzinfo=UTC)):
            closing = close(actor=COORDINATOR, chosen=period(code))
        expected = {AKIMAT: 3, POLICE: 1} if code == "2026-05" else {}
        assert published(closing, GIVEN, "body") == expected
        assert not Cell.objects.filter(closing=closing, figure="casework.opened").exclude(
            dimension=""
        )


def test_the_engine_knows_nothing_of_them(closed: Closing) -> None:
    asked = {figure.code for family in families(to_publish()) for figure in family.figures}
    assert asked
    assert not asked & {GIVEN, ACCEPTED}
    assert not Counted.objects.filter(measure__in=(GIVEN, ACCEPTED)).exists()
    assert Cell.objects.filter(closing=closed, figure="casework.opened").exclude(dimension="")


def test_what_is_closed_stays_and_the_desk_goes_on(closed: Closing, cast: Cast) -> None:
    with clock.frozen(SPRING), transaction.atomic():
        give(2, district=TARAZ, body=POLICE)
    seen = cast.official.client.get(DESK, {"period": "2026-Q2", "by": "body"}).context
    assert [row["number"] for row in seen["rows"]] == ["3", "3"]
    assert published(closed, GIVEN, "body")[POLICE] == 1


def test_page_csv_json_and_open_data_say_the_same(closed: Closing, client: Client) -> None:
    page = client.get(f"{PUBLIC}body/").text
    rows = csv.reader(io.StringIO(client.get(f"{PUBLIC[:-1]}.csv").text.removeprefix("\ufeff")))
    lines = {row[4]: row[6] for row in rows if row[3] == "body"}
    tables = client.get(f"{PUBLIC[:-1]}.json").json()["tables"]
    (by_body,) = [each["rows"] for each in tables if each["dimension"] == "body"]
    found = {row["value"]: str(row["answer"]["number"]) for row in by_body}
    cells = dataset("cells")
    place = {"figure": GIVEN, "dimension": "body"}
    given_away = {
        row[cells.names.index("value")]: str(row[cells.names.index("number")])
        for row in rows_of(cells, place)
    }
    assert lines == found == given_away == {AKIMAT: "3", POLICE: "1"}
    assert f"/sample/?first=2026-04-01&amp;body={AKIMAT}" in page
    assert "Everybody can read its records" in client.get(PUBLIC).text


def test_a_number_leads_the_public_to_its_records(closed: Closing, client: Client) -> None:
    assert '<a href="/en/sample/?first=2026-04-01">4</a>' in client.get(PUBLIC).text
    assert "/sample/" not in client.get("/en/numbers/casework.opened/2026-Q2/").text


def test_an_office_shows_its_own_beside_the_numbers_of_its_group(
    closed: Closing, client: Client
) -> None:
    Cell.objects.filter(closing=closed, figure__startswith="casework.", dimension="body").delete()
    put(closed, "casework.opened", Rounded(35), "body_group", f"police:{TARAZ}")
    found = about("body", POLICE)
    assert found.shown is Shown.GROUP
    assert [line.figure.code for line in found.exact] == [GIVEN, ACCEPTED]
    text = text_of(client.get(f"/en/institutions/{POLICE}/").text)
    assert "Cases opened – about 35" in text
    assert "Recommendations given 1" in text
    districts = text_of(client.get("/en/numbers/districts/").text)
    assert "Recommendations given" in districts


def test_an_office_that_was_never_addressed_counts_none(closed: Closing) -> None:
    contract = making.make_contract()
    promise = replace(
        making.OPENED, order=9, code="9.1", source=GIVEN, dimension="body", value="0000000c"
    )
    write_indicator(actor=COORDINATOR, contract=contract, promise=promise)
    asked = Asked(making.OFFICIAL, quarter(), clock.today())
    lines = {line.indicator.code: line for line in contracts.lines(contract, asked)}
    assert lines["9.1"].answer == Exact(0)
    with clock.frozen(SPRING):
        before = Asked(making.OFFICIAL, period("2026-04"), clock.today())
        open_lines = {line.indicator.code: line for line in contracts.lines(contract, before)}
    assert open_lines["9.1"].answer == Exact(0)


def test_a_measure_is_public_or_it_is_not(given: None, monkeypatch: pytest.MonkeyPatch) -> None:
    mixed = replace(FIGURES[0], code="sample.leak", kind=Count("casework.opened"))
    room = replace(ROOM, figures=(*FIGURES, mixed))
    monkeypatch.setattr(registry, "_modules", {**registry._modules, ROOM.code: room})
    with pytest.raises(ValueError, match=r"casework\.opened"):
        figures()


def test_without_the_word_the_same_records_are_kept_back(
    given: None, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    plain = tuple(replace(each, has_public_records=False) for each in FIGURES)
    room = replace(ROOM, figures=plain)
    monkeypatch.setattr(registry, "_modules", {**registry._modules, ROOM.code: room})
    closing = close(actor=COORDINATOR, chosen=quarter())
    shown = [row.answer for row in Cell.objects.filter(closing=closing, figure=GIVEN)]
    assert {"kind": "exact", "number": 4} in shown
    assert [answer["kind"] for answer in shown if answer["kind"] != "withheld"] == ["exact"]
    seen = cast.official.client.get(DESK, {"period": "2026-Q2", "by": "body"}).context
    assert not any(isinstance(row["row"].answer, Exact) for row in seen["rows"])
