"""The first calendar of Kazakhstan, made from the `holidays` library.

Source: `holidays` (class Kazakhstan) for the holidays, the first day of Kurban Ait and the
transfers of days off; the Law on holidays No 267-II of 13.12.2001 for the rule that a holiday
on a weekend moves to the next working day. The years confirmed are listed in `data/years.tsv`.
"""

from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING

from baqylau.law.calendar import ONE_DAY, SATURDAY, Calendar, CalendarYear, Day, DayKind
from baqylau.law.dates import date_in_words
from baqylau.law.errors import LawError
from baqylau.law.tables import shipped_lines, shipped_rows
from baqylau.law.words import Wording

if TYPE_CHECKING:
    from holidays.countries.kazakhstan import Kazakhstan

FIRST_YEAR = 2016
LAST_YEAR = 2030
HOLIDAYS_SOURCE = "holidays: Kazakhstan"

SHIFTED = Wording(
    "ауыстырылған демалыс күні: «%s» демалысқа тура келді",
    "перенесённый выходной: «%s» выпадает на выходной",
    "day off in lieu: “%s” falls on a day off",
)
TRANSFERRED = Wording(
    "ауыстырылған демалыс күні; оның орнына жұмыс күні: %s",
    "перенесённый выходной; вместо него рабочий день: %s",
    "transferred day off; worked instead: %s",
)
WORKED = Wording(
    "жұмыс күні; оның орнына демалыс күні: %s",
    "рабочий день; вместо него выходной: %s",
    "working day; day off instead: %s",
)
DECLARED = Wording("демалыс күні деп жарияланды", "объявлен выходным", "declared a day off")
ESTIMATED = Wording("%s (болжамды күн)", "%s (дата предварительная)", "%s (expected date)")


def _about(pattern: Wording, name: Wording) -> Wording:
    return Wording(pattern.kk % name.kk, pattern.ru % name.ru, pattern.en % name.en)


def _spoken(on: date) -> Wording:
    return Wording(date_in_words(on, "kk"), date_in_words(on, "ru"), date_in_words(on, "en"))


@lru_cache(maxsize=1)
def _occasions() -> dict[str, tuple[DayKind, Wording]]:
    return {
        row["library_name"]: (DayKind(row["kind"]), Wording(row["kk"], row["ru"], row["en"]))
        for row in shipped_rows("occasions.tsv")
    }


def seed_years(first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> list[CalendarYear]:
    """Return the years of the span; those without a known transfer decree are unconfirmed."""
    known = {int(row["year"]): row["source"] for row in shipped_rows("years.tsv")}
    return [
        CalendarYear(year, year in known, known.get(year, ""))
        for year in range(first_year, last_year + 1)
    ]


def _library(year: int, *, marks_estimates: bool = False) -> "Kazakhstan":
    """Return the library's table of one year, no holiday shifted."""
    # Here, because the library costs 43 MB and 0.4 s, and a running server never seeds.
    from holidays.countries.kazakhstan import Kazakhstan  # noqa: PLC0415

    return Kazakhstan(
        years=year, observed=False, language="kk", islamic_show_estimated=marks_estimates
    )


def _transfers(table: "Kazakhstan", year: int) -> list[tuple[date, date]]:
    """Return (day off, day worked instead) as the decrees of one year moved them."""
    moved = table.special_public_holidays.get(year, ())
    rows = moved if moved and isinstance(moved[0], tuple) else (moved,) if moved else ()
    pairs: list[tuple[date, date]] = []
    for off_month, off_day, worked_month, worked_day, *worked_year in rows:
        worked_in = worked_year[0] if worked_year else year
        pairs.append((date(year, off_month, off_day), date(worked_in, worked_month, worked_day)))
    return pairs


def _named_day(on: date, name: str, *, is_estimated: bool) -> Day:
    if name not in _occasions():
        raise LawError("unknown_occasion", name=name)
    kind, wording = _occasions()[name]
    shown = _about(ESTIMATED, wording) if is_estimated else wording
    return Day(on, kind, shown, HOLIDAYS_SOURCE, is_estimated)


def _named_days(year: int) -> dict[date, Day]:
    """Return the holidays and religious days off of one year where the law puts them."""
    plain = _library(year)
    marked = _library(year, marks_estimates=True)
    transferred = {off for off, _ in _transfers(plain, year)}
    named: dict[date, Day] = {}
    for on in sorted(set(plain) - transferred):
        for name in plain.get_list(on):
            is_estimated = name not in marked.get_list(on)
            day = _named_day(on, name, is_estimated=is_estimated)
            if on not in named or day.kind is DayKind.HOLIDAY:
                named[on] = day
    return named


def _shifted(days: dict[date, Day]) -> dict[date, Day]:
    """Return the working days that holidays on a weekend take instead, earliest first."""
    taken: dict[date, Day] = {}
    for on, day in sorted(days.items()):
        if day.kind is not DayKind.HOLIDAY or on.weekday() < SATURDAY:
            continue
        target = on
        while target.weekday() >= SATURDAY or target in days or target in taken:
            target += ONE_DAY
        reason = _about(SHIFTED, day.reason)
        taken[target] = Day(target, DayKind.HOLIDAY_SHIFTED, reason, HOLIDAYS_SOURCE)
    return taken


def transferred_days(off: date, worked: date | None, source: str) -> list[Day]:
    """Return the rows of one transfer: the day off, and the day worked instead if there is one."""
    if worked is None:
        return [Day(off, DayKind.DAY_OFF_TRANSFERRED, DECLARED, source)]
    off_reason = _about(TRANSFERRED, _spoken(worked))
    worked_reason = _about(WORKED, _spoken(off))
    return [
        Day(off, DayKind.DAY_OFF_TRANSFERRED, off_reason, source),
        Day(worked, DayKind.WORKING_DAY_TRANSFERRED, worked_reason, source),
    ]


def _year_days(year: int) -> dict[date, Day]:
    """Return the days of one year's table; a transfer overrides what stood on its days."""
    days = _named_days(year)
    days |= _shifted(days)
    source = seed_years(year, year)[0].source or HOLIDAYS_SOURCE
    for off, worked in _transfers(_library(year), year):
        days |= {day.on: day for day in transferred_days(off, worked, source)}
    return days


def seed_days(first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> list[Day]:
    """Return every day of the span of years that differs from the plain week, by date."""
    days: dict[date, Day] = {}
    for year in range(first_year, last_year + 1):
        days.update(_year_days(year))
    return [days[on] for on in sorted(days) if first_year <= on.year <= last_year]


def fingerprint() -> str:
    """Return what the first calendar is made from: another value means another calendar.

    Costs no calendar: the library is asked for its version only.
    """
    tables = [*shipped_lines("occasions.tsv"), *shipped_lines("years.tsv")]
    parts = [version("holidays"), str(FIRST_YEAR), str(LAST_YEAR), *tables]
    return sha256("\n".join(parts).encode()).hexdigest()


@lru_cache(maxsize=1)
def seeded_calendar() -> Calendar:
    """Return the calendar as it ships, before anybody edits it."""
    return Calendar.from_days(seed_days(), seed_years())
