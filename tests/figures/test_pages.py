"""The desk's pages of figures: who sees what, in which words, at what cost."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from baqylau.figures.access import SEE
from baqylau.figures.models import Cell, Tally
from baqylau.figures.queries import published
from baqylau.figures.queries.closing import to_publish
from baqylau.figures.queries.definitions import figures
from baqylau.figures.rules.results import Answer, Exact, Why, Withheld
from baqylau.figures.services import close
from baqylau.figures.services.folding import catch_up
from baqylau.kernel import clock
from baqylau.kernel.modules import registry
from baqylau.kernel.permissions import may_somewhere, table
from tests.casework.making import FILED, POLICE, SCHOOL, closed, filed, happen, open_one
from tests.cast import Cast, SignIn
from tests.figures.closing import COORDINATOR, quarter

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
LIST = "/desk/figures/"
AFTER = datetime(2026, 7, 20, 7, 0, tzinfo=UTC)


def page(code: str) -> str:
    return f"{LIST}{code}/"


def _many(number: int = 40) -> None:
    """A quarter with enough closed cases for a share, of which a quarter is solved."""
    for each in range(number):
        body = SCHOOL if each % 3 else POLICE
        case = open_one(opened_on=FILED, body=body)
        outcome = "solved" if each % 4 == 0 else "unfounded"
        details = {"outcome": outcome, "evidence": "letter"}
        happen(case, "closed", FILED + timedelta(days=each % 7), **details)


@pytest.mark.parametrize("role", sorted(table()[SEE].roles))
def test_those_of_the_row_see_every_figure(house: None, sign_in: SignIn, role: str) -> None:
    closed()
    client = sign_in(role)
    assert client.get(LIST).status_code == 200
    for known in figures():
        for by in known.dimensions:
            assert client.get(page(known.code), {"by": by.code}).status_code == 200


@pytest.mark.parametrize("role", ["administrator", "shopper", "intake_officer", "custodian"])
def test_all_others_see_none(house: None, sign_in: SignIn, role: str) -> None:
    client = sign_in(role)
    for address in (LIST, page("casework.opened"), f"{page('casework.opened')}table.csv"):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_share_stands_with_its_n_and_its_interval(
    house: None, sign_in: SignIn, language: str
) -> None:
    _many()
    text = sign_in("coordinator", language=language).get(page("casework.solved")).text
    assert "n = 40" in text
    assert "25 %" in text
    # Wilson's interval of 10 of 40.
    assert "14–40 %" in text
    assert {"kk": "Уилсон", "ru": "Уилсон", "en": "Wilson"}[language] in text
    assert text.count("<svg") >= 1


def test_who_may_not_open_records_gets_no_way_to_them(house: None, cast: Cast) -> None:
    _many()
    for known in figures():
        text = cast.official.client.get(page(known.code), {"period": "2026-Q2"}).text
        assert "/desk/cases/" not in text
    assert "/desk/cases/" not in cast.official.client.get(LIST).text
    assert "/desk/cases/" in cast.coordinator.client.get(LIST).text


def test_a_whole_is_exact_for_everybody_and_small_parts_are_hidden(house: None, cast: Cast) -> None:
    _many(60)
    for _case in range(4):
        closed()
    address = page("casework.closed")
    query = {"period": "2026-Q2", "by": "body"}
    with clock.frozen(AFTER):
        close(actor=COORDINATOR, chosen=quarter())
        exact = cast.coordinator.client.get(address, query).context
        gated = cast.official.client.get(address, query).context
    assert exact["whole"]["number"] == gated["whole"]["number"] == "64"
    assert [row["number"] for row in exact["rows"]] == ["40", "20", "4"]
    assert [row["number"] for row in gated["rows"]] == ["шамамен 40", "шамамен 20"]
    # Of the body with four cases not even the name is shown.
    assert "әкімдігі" not in str([row["name"] for row in gated["rows"]])


def test_parts_are_shown_for_quarters_that_are_closed_and_no_other_period(
    house: None, cast: Cast
) -> None:
    _many()
    with clock.frozen(AFTER):
        for is_closed in (False, True):
            for period in ("2026-Q2", "2026-05", "2026", "all"):
                seen = cast.official.client.get(
                    page("casework.opened"), {"period": period, "by": "body"}
                ).context
                assert bool(seen["rows"]) is (is_closed and period == "2026-Q2"), period
                assert bool(seen["refused"]) is not bool(seen["rows"])
            if not is_closed:
                close(actor=COORDINATOR, chosen=quarter())


def _desk_says(client: Client, code: str, by: str) -> dict[str, Answer]:
    """The table as the desk shows it."""
    seen = client.get(page(code), {"period": "2026-Q2", "by": by}).context
    rows = [row["row"] for row in seen["rows"]]
    return {Cell.TOGETHER if row.together else row.value: row.answer for row in rows}


def test_whoever_lays_the_desk_beside_the_published_tables_learns_nothing(
    house: None, cast: Cast
) -> None:
    """The desk is the published table, cell by cell: there is no second one to subtract."""
    _many(60)
    for _case in range(4):
        closed()
    with clock.frozen(AFTER):
        closing = close(actor=COORDINATOR, chosen=quarter())
        # Sums that go on moving would tell which of the rounded counts moved.
        _many(7)
        compared = 0
        # What counts public records has no secret: it is exact on both sides.
        for known in (each for each in to_publish() if not each.has_public_records):
            for by in known.dimensions:
                said = _desk_says(cast.official.client, known.code, by.code)
                cells = {
                    each.cell.value: each.answer
                    for each in published.table(closing, known.code, by.code)
                }
                is_refused = len(cells) == 1 and isinstance(cells.get(Cell.TOGETHER), Withheld)
                assert said == ({} if is_refused else cells), (known.code, by.code)
                compared += len(said)
        assert compared > 5
        whole = cast.official.client.get(page("casework.solved"), {"period": "2026-Q2"}).context
        fixed = published.whole_of(closing, "casework.solved")
    assert fixed
    assert whole["whole"]["row"].answer == fixed.answer


def test_estimates_wait_for_their_closing_and_counts_are_owed_at_once(
    house: None, cast: Cast
) -> None:
    _many()
    with clock.frozen(AFTER):
        for code, is_told in (("casework.opened", True), ("casework.solved", False)):
            seen = cast.official.client.get(page(code), {"period": "2026-Q2"}).context
            assert isinstance(seen["whole"]["row"].answer, Exact) is is_told
        refused = cast.official.client.get(page("casework.corruption")).context["whole"]
    assert refused["row"].answer == Withheld(Why.OPENERS)


def test_the_table_to_take_away_is_the_table_of_the_page(house: None, cast: Cast) -> None:
    _many()
    query = {"period": "2026-Q2", "by": "body"}
    with clock.frozen(AFTER):
        for client in (cast.coordinator.client, cast.official.client):
            for known in figures():
                seen = client.get(page(known.code), query).context
                taken = client.get(f"{page(known.code)}table.csv", query)
                assert taken["Content-Type"] == "text/csv; charset=utf-8"
                rows = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig"))))
                names = [row["name"] for row in seen["rows"]]
                assert [row[3] for row in rows[2:] if row[3]] == names


def test_a_name_that_a_spreadsheet_would_run_is_only_text(house: None, cast: Cast) -> None:
    Tally.objects.create(
        measure="casework.opened",
        dimension="body",
        span="year",
        first_on="2026-01-01",
        value="=1+1",
        amount=1,
    )
    taken = cast.coordinator.client.get(f"{page('casework.opened')}table.csv", {"by": "body"})
    assert "\r\n=1" not in taken.text
    assert ",=1+1" not in taken.text


@pytest.mark.parametrize(
    "query",
    [
        {"period": "2026-13"},
        {"period": "１"},
        {"period": "x" * 4_000, "by": "y" * 4_000},
        {"by": "'; drop table"},
        {"period": ""},
        {"period": "1999"},
    ],
)
def test_a_wrong_question_is_answered_for_this_year(
    house: None, cast: Cast, query: dict[str, str]
) -> None:
    filed()
    for address in (LIST, page("casework.opened"), f"{page('casework.opened')}table.csv"):
        assert cast.coordinator.client.get(address, query).status_code == 200
    seen = cast.coordinator.client.get(page("casework.opened"), query)
    assert "2026" in seen.context["when"]


def test_a_figure_that_there_is_not_is_not_found(house: None, cast: Cast) -> None:
    assert cast.coordinator.client.get(page("no.such")).status_code == 404


def test_before_anything_was_counted_pages_say_so(house: None, cast: Cast) -> None:
    for known in figures():
        assert cast.coordinator.client.get(page(known.code)).status_code == 200


def _queries(client: Client, address: str, count: DjangoAssertNumQueries, number: int) -> None:
    with count(number):
        client.get(address)


def test_a_page_asks_the_same_few_questions_however_much_there_is(
    house: None, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = cast.coordinator.client
    _many(6)
    for known in figures():
        client.get(page(known.code))
    _many(30)
    catch_up()
    for known in figures():
        _queries(client, page(known.code), django_assert_max_num_queries, 22)
    _queries(client, LIST, django_assert_max_num_queries, 26)


def test_no_page_needs_a_script_or_a_style_of_its_own(house: None, cast: Cast) -> None:
    _many()
    text = cast.coordinator.client.get(page("casework.solved")).text
    main = text.split("<main", 1)[1].split("</main>", 1)[0]
    assert "style=" not in main
    assert "<script" not in main
    assert main.count('role="img"') == main.count("<svg")


def test_every_figure_says_what_it_counts_and_who_may_open_it() -> None:
    for known in figures():
        assert str(known.sentence).endswith(".")
        assert str(known.population)
        assert str(known.unit)
        assert known.action in table()
    codes = {fold.code for room in registry for fold in room.folds}
    assert "casework.cases" in codes


def test_the_commissioners_official_may_open_no_figures_records(cast: Cast) -> None:
    assert not any(may_somewhere(cast.official.actor, known.action) for known in figures())
