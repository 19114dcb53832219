"""Reports are counted without opening one: by month, state, age, district and conduct."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest

from baqylau.documents.tables import read_table
from baqylau.kernel import clock
from baqylau.kernel.modules import registry
from baqylau.reports.figures import FIGURES, count_reports
from baqylau.reports.models import Counter, Report
from baqylau.reports.queries import yearly
from baqylau.reports.queries.yearly import GONE, KEPT, MISSED, RUNNING, standing
from baqylau.reports.rules.clocks import acknowledge_by, feedback_by
from baqylau.reports.taxonomy import State
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
TODAY = date(2026, 7, 1)
PAGE = "/desk/reports/figures/"


def add(filed_on: date, state: str = State.NEW, **values: object) -> None:
    """A row as it stands in clear."""
    Report.objects.create(
        filed_on=filed_on,
        state=state,
        acknowledge_by=acknowledge_by(filed_on),
        feedback_by=feedback_by(filed_on),
        **values,
    )


@pytest.fixture
def year(still: None) -> None:
    """Reports of two years, and labels."""
    add(date(2025, 12, 31), State.DELETED)
    add(date(2026, 1, 5), State.ANSWERED, acknowledged_on=date(2026, 1, 6), answered_on=TODAY)
    add(
        date(2026, 1, 9),
        State.CLOSED,
        acknowledged_on=date(2026, 3, 1),
        answered_on=date(2026, 3, 1),
    )
    add(date(2026, 6, 30))
    for by, value, number in (
        ("district", "311000000", 40),
        ("district", "313600000", 12),
        ("district", "314000000", 3),
        ("district", "314200000", 4),
        ("conduct", "bribe_asked", 2),
    ):
        Counter.objects.create(month=date(2026, 1, 1), by=by, value=value, number=number)


def test_a_promise_is_kept_missed_running_or_no_longer_known() -> None:
    by = TODAY
    assert standing(State.NEW, by, None, by) == RUNNING
    assert standing(State.NEW, by, None, by + timedelta(days=1)) == MISSED
    assert standing(State.READ, by, by, by + timedelta(days=9)) == KEPT
    assert standing(State.READ, by, by + timedelta(days=1), by) == MISSED
    assert standing(State.DELETED, by, None, by + timedelta(days=1)) == GONE


def test_the_months_add_up_to_the_year(year: None) -> None:
    rows = yearly.months(2026, TODAY)
    assert [row.filed for row in rows] == [2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3]
    assert rows[-1].answered == {MISSED: 1, KEPT: 1, RUNNING: 1}
    assert rows[-1].acknowledged == {KEPT: 1, MISSED: 1, RUNNING: 1}
    assert yearly.months(2025, TODAY)[-1].states == {State.DELETED: 1}
    assert list(yearly.years(TODAY)) == [2026, 2025]


def test_a_deleted_report_is_still_counted(year: None) -> None:
    assert count_reports(TODAY, "") == {"": 4}
    assert count_reports(TODAY, "state")[State.DELETED] == 1
    assert count_reports(TODAY, "month") == {"2025-12": 1, "2026-01": 2, "2026-06": 1}
    assert count_reports(TODAY, "clock")[GONE] == 1


def test_every_figure_names_its_values_and_its_parts_add_up(year: None) -> None:
    for figure in FIGURES:
        assert figure in registry.gather("figures")
        for dimension in figure.dimensions:
            counted = figure.kind.count(TODAY, dimension.code)  # type: ignore[union-attr]  # all are live
            assert sum(counted.values()) == figure.kind.count(TODAY, "")[""]  # type: ignore[union-attr]  # as above
            assert set(dimension.names(list(counted))) == set(counted)


def test_small_counts_are_hidden_and_others_rounded_in_what_leaves_the_house(year: None) -> None:
    found = yearly.gated("district", 2026)
    assert "314000000" in found.hidden
    assert all(number % 5 == 0 for number in found.shown.values())
    assert not yearly.gated("conduct", 2026).shown


def test_the_coordinator_takes_the_year_away_in_one_click(year: None, cast: Cast) -> None:
    page = cast.coordinator.client.get(PAGE)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    told = cast.coordinator.client.get(PAGE, {"form": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(told)))
    assert [row[1] for row in rows[1:]] == ["2", *"0000", "1", *"000000", "3"]
    book = cast.coordinator.client.get(PAGE, {"form": "xlsx", "year": "2026"})
    table = read_table(book.content)
    assert len(table.headings) == 2
    assert "314000000" not in str(table.rows)


def test_who_may_not_count_sees_nothing_and_a_strange_year_is_no_page(
    year: None, cast: Cast
) -> None:
    assert cast.adviser.client.get(PAGE).status_code == 403
    for strange in ("1999", "abc", "²"):
        assert cast.coordinator.client.get(PAGE, {"year": strange}).status_code == 404
    assert cast.coordinator.client.post(PAGE).status_code == 405


def test_the_figures_open_in_the_room_of_figures(year: None, cast: Cast) -> None:
    with clock.frozen(datetime(2026, 7, 1, 5, tzinfo=UTC)):
        for figure in FIGURES:
            for dimension in figure.dimensions:
                page = cast.coordinator.client.get(
                    f"/desk/figures/{figure.code}/", {"by": dimension.code}
                )
                assert page.status_code == 200
