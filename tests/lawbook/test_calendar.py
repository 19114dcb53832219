"""The calendar under people's hands: transfers, single days, years, and what they move."""

from datetime import date

import pytest

from baqylau.journal.models import Entry
from baqylau.kernel.errors import DomainError
from baqylau.law.calendar import Day, DayKind
from baqylau.law.errors import LawError
from baqylau.law.words import Wording
from baqylau.lawbook.models import CalendarChange, CalendarDay, MovedDeadline
from baqylau.lawbook.queries.book import deadline, working_calendar
from baqylau.lawbook.queries.calendar import year_page
from baqylau.lawbook.services.calendar import clear_day, confirm_year, move_day_off, set_day
from baqylau.lawbook.services.editions import Moved, rehearse
from tests.cast import Cast
from tests.sample.deadlines import promise
from tests.sample.models import Promise

pytestmark = pytest.mark.django_db
SPRING = date(2026, 3, 5)
OFF = date(2026, 3, 26)
WORKED = date(2026, 4, 4)
REASON = Wording("жергілікті мереке", "местный праздник", "local holiday")


def test_a_decree_that_moves_a_day_off_moves_open_deadlines_and_both_dates_are_kept(
    seeded: None, cast: Cast
) -> None:
    promise("P-1", "app.answer", SPRING)
    promise("P-2", "app.answer", date(2026, 5, 20))
    outcome = move_day_off(
        off_on=OFF, worked_on=WORKED, decree="№ 12", actor=cast.coordinator.actor
    )
    expected = Moved("sample.promises", "P-1", date(2026, 4, 1), date(2026, 4, 2))
    assert outcome.moved == (expected,)
    kept = MovedDeadline.objects.get(change_id=outcome.edition)
    assert (kept.reference, kept.old_on, kept.new_on) == ("P-1", expected.old_on, expected.new_on)
    assert Promise.objects.get(reference="P-1").due_on == date(2026, 4, 2)


def test_a_rehearsal_tells_the_same_and_leaves_no_trace(seeded: None, cast: Cast) -> None:
    promise("P-1", "app.answer", SPRING)
    entries = Entry.objects.count()
    outcome, _seen = rehearse(
        lambda: move_day_off(
            off_on=OFF, worked_on=None, decree="№ 12", actor=cast.coordinator.actor
        ),
        lambda: None,
    )
    assert [moved.new_on for moved in outcome.moved] == [date(2026, 4, 2)]
    assert Promise.objects.get().due_on == date(2026, 4, 1)
    assert Entry.objects.count() == entries
    assert not CalendarDay.objects.filter(on=OFF).exists()
    assert not CalendarChange.objects.exists()


def test_a_transfer_names_both_days_in_three_languages(seeded: None, cast: Cast) -> None:
    move_day_off(off_on=OFF, worked_on=WORKED, decree="№ 12", actor=cast.lawyer.actor)
    days = working_calendar().days
    assert days[OFF].kind is DayKind.DAY_OFF_TRANSFERRED
    assert "4 сәуір, сенбі" in days[OFF].reason.kk
    assert "26 марта" in days[WORKED].reason.ru
    assert days[WORKED].source == "№ 12"
    assert working_calendar().is_working_day(WORKED)
    told = deadline("app.answer", date(2026, 4, 2)).term.worked
    assert [day.on for day in told] == [WORKED]


def test_a_transfer_is_in_the_journal_with_its_dates(seeded: None, cast: Cast) -> None:
    move_day_off(off_on=OFF, worked_on=WORKED, decree="№ 12", actor=cast.lawyer.actor)
    entry = Entry.objects.order_by("-number")[0]
    assert (entry.action, entry.subject) == ("lawbook.day_off_moved", "day:2026-03-26")
    assert '"worked":"2026-04-04"' in entry.payload


@pytest.mark.parametrize(
    ("off_on", "worked_on", "field"),
    [(date(2026, 3, 8), None, "off_on"), (OFF, date(2026, 3, 27), "worked_on")],
)
def test_a_transfer_that_changes_nothing_is_refused(
    seeded: None, cast: Cast, off_on: date, worked_on: date | None, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        move_day_off(off_on=off_on, worked_on=worked_on, decree="№", actor=cast.lawyer.actor)
    assert refused.value.field == field


def test_a_year_that_the_calendar_does_not_hold_is_refused(seeded: None, cast: Cast) -> None:
    actor = cast.lawyer.actor
    with pytest.raises(LawError, match="2050"):
        move_day_off(off_on=date(2050, 3, 1), worked_on=None, decree="№", actor=actor)
    with pytest.raises(DomainError, match="2050"):
        set_day(day=Day(date(2050, 3, 1), DayKind.HOLIDAY, REASON), actor=actor)
    with pytest.raises(DomainError, match="2050"):
        confirm_year(year=2050, decree="№", is_confirmed=True, actor=actor)


def test_a_day_is_written_with_what_stood_there_before_and_taken_back(
    seeded: None, cast: Cast
) -> None:
    before = working_calendar().days[date(2026, 3, 8)]
    day = Day(before.on, DayKind.HOLIDAY, REASON, "№ 3")
    set_day(day=day, actor=cast.lawyer.actor)
    assert working_calendar().days[day.on] == day
    change = CalendarChange.objects.get()
    assert (change.before or {})["reason_kk"] == before.reason.kk
    assert (change.after or {})["reason_kk"] == REASON.kk
    assert change.changed_by == cast.lawyer.actor.key
    clear_day(on=day.on, actor=cast.lawyer.actor)
    assert day.on not in working_calendar().days
    with pytest.raises(DomainError) as refused:
        clear_day(on=day.on, actor=cast.lawyer.actor)
    assert refused.value.code == "plain_day"


@pytest.mark.parametrize(
    ("kind", "reason", "field"),
    [
        (DayKind.WEEKEND, REASON, "kind"),
        (DayKind.HOLIDAY, Wording("а", " ", "c"), "reason_ru"),
        (DayKind.HOLIDAY, Wording("а" * 201, "б", "c"), "reason_kk"),
    ],
)
def test_a_day_without_kind_or_reason_is_refused(
    seeded: None, cast: Cast, kind: DayKind, reason: Wording, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        set_day(day=Day(OFF, kind, reason), actor=cast.lawyer.actor)
    assert refused.value.field == field


def test_confirming_a_year_takes_the_mark_from_its_deadlines(seeded: None, cast: Cast) -> None:
    assert deadline("app.answer", SPRING).unconfirmed_years == (2026,)
    with pytest.raises(DomainError) as refused:
        confirm_year(year=2026, decree=" ", is_confirmed=True, actor=cast.lawyer.actor)
    assert refused.value.field == "decree"
    confirm_year(year=2026, decree="№ 12", is_confirmed=True, actor=cast.lawyer.actor)
    assert deadline("app.answer", SPRING).unconfirmed_years == ()
    confirm_year(year=2026, decree="", is_confirmed=False, actor=cast.lawyer.actor)
    assert deadline("app.answer", SPRING).unconfirmed_years == (2026,)


def test_a_year_page_counts_working_days_and_marks_each_day(seeded: None) -> None:
    page = year_page(2025, working_calendar())
    assert page is not None
    cells = {
        cell.on: cell for month in page.months for week in month.weeks for cell in week if cell
    }
    assert len(cells) == 365
    marks = [
        cells[on].mark
        for on in (
            date(2025, 1, 1), date(2025, 1, 3), date(2025, 1, 4), date(2025, 1, 5),
            date(2025, 1, 6), date(2025, 1, 7),
        )
    ]  # fmt: skip
    assert marks == ["feast", "off", "rest", "worked", "", "feast"]
    assert page.working_days == 246
    assert (page.previous, page.following) == (2024, 2026)
    assert year_page(2015, working_calendar()) is None
