"""Whoever watches the counters sees many labels move them at once, and never one."""

import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.law.counting import add_months
from baqylau.reports.models import Counter, Uncounted
from baqylau.reports.rules.labels import Label
from baqylau.reports.services import counting, noting
from baqylau.reports.services.counting import ENOUGH, PATIENCE, count_together
from tests.casework.making import TARAZ
from tests.cast import Cast
from tests.reports.conftest import TODAY
from tests.reports.dumping import database_bytes, found_in
from tests.reports.making import House, file
from tests.reports.officers import MARK, OTHER, KilledError, Officer, killed

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
KORDAY = "314800000"
NEXT = datetime(2026, 8, 1, 5, tzinfo=UTC)


def label(officer: Officer, *chosen: Label) -> None:
    """File a report and label it, once or several times."""
    _filed, report = file()
    to = officer.desk(report)
    for one, mark in zip(chosen, (MARK, OTHER), strict=False):
        assert noting.label(to=to, actor=officer.held.actor, chosen=one, mark=mark)


def counted() -> dict[tuple[str, str], int]:
    return {(row.by, row.value): row.number for row in Counter.objects.exclude(number=0)}


def at(moment: datetime) -> str:
    with clock.frozen(moment):
        return count_together()


def test_labels_wait_until_their_month_is_over_and_then_move_together(pair: list[Officer]) -> None:
    for number in range(ENOUGH):
        label(pair[0], Label(TARAZ if number % 2 else KORDAY, "waste"))
    assert count_together() == "0 counted"
    assert counted() == {}
    assert at(NEXT - timedelta(days=1)) == "0 counted"
    assert at(NEXT) == f"{ENOUGH} counted"
    half = ENOUGH // 2
    assert counted() == {
        ("district", TARAZ): half,
        ("district", KORDAY): half,
        ("conduct", "waste"): ENOUGH,
    }
    assert set(Counter.objects.values_list("month", flat=True)) == {date(2026, 7, 1)}
    assert not Uncounted.objects.exists()
    assert at(NEXT) == "0 counted"
    (told,) = Entry.objects.using("sealed").filter(action="reports.counted")
    assert TARAZ not in told.payload


def test_few_labels_wait_for_more_and_not_for_ever(pair: list[Officer]) -> None:
    label(pair[0], Label(TARAZ, "waste"))
    months = [add_months(date(2026, 7, 1), ahead) for ahead in range(1, PATIENCE + 1)]
    moments = [datetime(day.year, day.month, 1, 5, tzinfo=UTC) for day in months]
    for moment in moments[:-1]:
        assert at(moment) == "0 counted"
        assert counted() == {}
    assert at(moments[-1]) == "1 counted"
    assert counted() == {("district", TARAZ): 1, ("conduct", "waste"): 1}


def test_labels_of_the_present_month_stay_behind(pair: list[Officer]) -> None:
    for _number in range(ENOUGH):
        label(pair[0], Label(TARAZ))
    with clock.frozen(NEXT):
        label(pair[0], Label(KORDAY))
        count_together()
    assert counted() == {("district", TARAZ): ENOUGH}
    assert [row.month for row in Uncounted.objects.all()] == [NEXT.date()]


def test_a_label_that_was_changed_counts_once_wherever_the_change_falls(
    pair: list[Officer],
) -> None:
    for _number in range(ENOUGH - 1):
        label(pair[0], Label(TARAZ), Label(KORDAY))
    _filed, report = file()
    to = pair[0].desk(report)
    noting.label(to=to, actor=pair[0].held.actor, chosen=Label(TARAZ), mark=MARK)
    at(NEXT)
    assert counted() == {("district", KORDAY): ENOUGH - 1, ("district", TARAZ): 1}
    noting.label(to=to, actor=pair[0].held.actor, chosen=Label(KORDAY), mark=OTHER)
    at(TODAY + timedelta(days=120))
    assert counted() == {("district", KORDAY): ENOUGH}


def test_a_copy_of_the_database_does_not_tell_what_a_label_moves(pair: list[Officer]) -> None:
    chosen = (Label(TARAZ, "waste"), Label("", "bribe_asked"), Label(KORDAY))
    for one in chosen:
        label(pair[0], one)
    rows = list(Uncounted.objects.all())
    assert len({len(bytes(row.sealed)) // 1024 for row in rows}) == 1
    shown = b"".join(bytes(row.sealed) for row in rows)
    assert not found_in(shown, {"district": TARAZ, "conduct": "bribe_asked"})
    assert {row.month for row in rows} == {date(2026, 7, 1)}


@pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
def test_the_files_hold_no_moves_once_they_are_counted(pair: list[Officer]) -> None:
    label(pair[0], Label(TARAZ))
    piece = bytes(Uncounted.objects.get().sealed)[300:332]
    at(TODAY + timedelta(days=120))
    texts: dict[str, str | bytes] = {"moves": piece}
    try:
        dump = database_bytes("sealed")
    except (OSError, subprocess.CalledProcessError):  # pragma: no cover - no pg_dump beside it
        pytest.skip("no dump of this engine here")
    assert not found_in(dump, texts)


def test_killed_in_the_middle_nothing_is_counted_twice(
    pair: list[Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(ENOUGH):
        label(pair[0], Label(TARAZ))
    with monkeypatch.context() as patch:
        patch.setattr(counting, "append", killed)
        with pytest.raises(KilledError):
            at(NEXT)
    assert counted() == {}
    at(NEXT)
    assert counted() == {("district", TARAZ): ENOUGH}


def test_what_does_not_open_waits_and_stops_nobody_else(
    pair: list[Officer], settings: Settings, folders: Path
) -> None:
    label(pair[0], Label(KORDAY))
    row = Uncounted.objects.get()
    row.sealed = bytes(row.sealed)[:-1] + b"x"
    row.save()
    for _number in range(ENOUGH):
        label(pair[0], Label(TARAZ))
    assert at(NEXT) == f"{ENOUGH} counted"
    assert Uncounted.objects.get().pk == row.pk


def test_the_table_of_the_year_says_that_labels_wait(
    cast: Cast, ready: House, pair: list[Officer]
) -> None:
    page = "/desk/reports/figures/"
    words = "ай аяқталған соң"
    assert words not in cast.coordinator.client.get(page).text
    label(pair[0], Label(TARAZ))
    assert words in cast.coordinator.client.get(page).text
