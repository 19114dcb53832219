"""Changing the working calendar: days moved by decree, single days, confirmed years."""

from datetime import date

from django.utils.translation import gettext as _

from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.law.calendar import Calendar, Day, DayKind
from baqylau.law.seed import transferred_days
from baqylau.law.words import reader
from baqylau.lawbook.models import CalendarChange, CalendarDay, CalendarYear
from baqylau.lawbook.queries.book import read_book
from baqylau.lawbook.services.editions import Outcome, changing

REASON_LIMIT = 200
Row = dict[str, object]


def move_day_off(
    *, off_on: date, worked_on: date | None, decree: str, actor: Actor, seen: int | None = None
) -> Outcome:
    """Make a working day a day off by decree, and another day a working day instead, if any.

    Raises: DomainError when the day off is one already, when the other day is worked already, or
    when the calendar does not hold the year.
    """
    with changing(actor=actor, seen=seen) as outcome:
        calendar = read_book().calendar
        _refuse_day_off(off_on, calendar)
        if worked_on is not None:
            _refuse_worked(worked_on, calendar)
        for day in transferred_days(off_on, worked_on, decree):
            _put(day, outcome)
        outcome.told(
            "lawbook.day_off_moved", f"day:{off_on.isoformat()}", off=off_on, worked=worked_on
        )
    return outcome


def _refuse_day_off(on: date, calendar: Calendar) -> None:
    if (day := calendar.reason_for_day_off(on)) is not None:
        raise DomainError(
            _("This is a day off already: %(reason)s."),
            code="is_day_off",
            field="off_on",
            params={"reason": day.reason.in_language(reader.language())},
        )


def _refuse_worked(on: date, calendar: Calendar) -> None:
    if calendar.is_working_day(on):
        raise DomainError(
            _("This is a working day already."), code="is_working_day", field="worked_on"
        )


def set_day(*, day: Day, actor: Actor, seen: int | None = None) -> Outcome:
    """Write one special day with its kind and its reason; what stood there before is kept.

    Raises: DomainError for an empty reason, a plain weekend, or a year that is not held.
    """
    if day.kind is DayKind.WEEKEND:
        raise DomainError(_("A plain weekend needs no entry."), field="kind")
    for code, text in day.reason.as_dict().items():
        if not text.strip() or len(text) > REASON_LIMIT:
            raise DomainError(_("Write the reason in every language."), field=f"reason_{code}")
    with changing(actor=actor, seen=seen) as outcome:
        _put(day, outcome)
        outcome.told("lawbook.day_set", f"day:{day.on.isoformat()}", kind=day.kind.value)
    return outcome


def clear_day(*, on: date, actor: Actor, seen: int | None = None) -> Outcome:
    """Return a day to the plain week.

    Raises: DomainError when it is a plain day already.
    """
    with changing(actor=actor, seen=seen) as outcome:
        row = CalendarDay.objects.filter(on=on).first()
        if row is None:
            raise DomainError(_("This is a plain day of the week already."), code="plain_day")
        before = _day_row(row)
        row.delete()
        _note(outcome, year=on.year, on=on, before=before, after=None)
        outcome.told("lawbook.day_cleared", f"day:{on.isoformat()}", kind=str(before["kind"]))
    return outcome


def confirm_year(
    *, year: int, decree: str, is_confirmed: bool, actor: Actor, seen: int | None = None
) -> Outcome:
    """Say that the transfers of a year are known, by which decree; or take that back.

    Raises: DomainError when the calendar does not hold the year, or no decree is named.
    """
    source = " ".join(decree.split())
    if is_confirmed and not source:
        raise DomainError(_("Name the decree that confirms the year."), field="decree")
    with changing(actor=actor, seen=seen) as outcome:
        row = _year(year, field="")
        before = _year_row(row)
        row.is_confirmed, row.decree = is_confirmed, source
        row.save()
        _note(outcome, year=year, on=None, before=before, after=_year_row(row))
        outcome.told("lawbook.year_confirmed", f"year:{year}", is_confirmed=is_confirmed)
    return outcome


def _year(year: int, *, field: str) -> CalendarYear:
    row = CalendarYear.objects.filter(year=year).first()
    if row is None:
        raise DomainError(
            _("The calendar does not hold the year %(year)s."),
            code="outside_calendar",
            field=field,
            params={"year": year},
        )
    return row


def _put(day: Day, outcome: Outcome) -> None:
    _year(day.on.year, field="on")
    old = CalendarDay.objects.filter(on=day.on).first()
    row = CalendarDay(
        on=day.on,
        kind=day.kind.value,
        reason_kk=day.reason.kk,
        reason_ru=day.reason.ru,
        reason_en=day.reason.en,
        source=day.source,
        is_estimated=day.is_estimated,
    )
    row.save()
    before = _day_row(old) if old else None
    _note(outcome, year=day.on.year, on=day.on, before=before, after=_day_row(row))


def _day_row(row: CalendarDay) -> Row:
    names = ("kind", "reason_kk", "reason_ru", "reason_en", "source", "is_estimated")
    return {name: getattr(row, name) for name in names}


def _year_row(row: CalendarYear) -> Row:
    return {"is_confirmed": row.is_confirmed, "decree": row.decree}


def _note(
    outcome: Outcome, *, year: int, on: date | None, before: Row | None, after: Row | None
) -> None:
    CalendarChange.objects.create(
        edition=outcome.edition,
        year=year,
        on=on,
        before=before,
        after=after,
        changed_by=outcome.actor.key,
        changed_at=outcome.changed_at,
    )
