"""Days left and days overdue."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.law.amounts import Unit
from baqylau.law.deadline import compute
from baqylau.law.explain import standing_in_words
from baqylau.law.seed import seeded_calendar
from baqylau.law.standing import Standing, State, remaining
from tests.law.factories import shipped

pytestmark = pytest.mark.once
CALENDAR = seeded_calendar()
ANSWER = compute(shipped("app.answer"), date(2026, 3, 5), CALENDAR)  # due on 1 April, a Wednesday
PAPERS = compute(shipped("info.answer"), date(2026, 3, 6), CALENDAR)  # due on 26 March


@pytest.mark.parametrize(
    ("today", "state", "days"),
    [
        (date(2026, 3, 5), State.RUNNING, 15),
        (date(2026, 3, 20), State.RUNNING, 5),
        (date(2026, 3, 24), State.RUNNING, 5),
        (date(2026, 3, 31), State.RUNNING, 1),
        (date(2026, 4, 1), State.DUE_TODAY, 0),
        (date(2026, 4, 2), State.OVERDUE, 1),
        (date(2026, 4, 5), State.OVERDUE, 2),
    ],
)
def test_working_days_are_left_or_overdue(today: date, state: State, days: int) -> None:
    assert remaining(ANSWER, today, CALENDAR) == Standing(state, days, Unit.WORKING_DAY)


def test_a_term_in_calendar_days_leaves_calendar_days() -> None:
    left = remaining(PAPERS, date(2026, 3, 20), CALENDAR)
    assert left == Standing(State.RUNNING, 6, Unit.CALENDAR_DAY)


def test_a_term_in_months_leaves_calendar_days() -> None:
    deadline = compute(shipped("court.file"), date(2026, 4, 10), CALENDAR)
    left = remaining(deadline, date(2026, 5, 1), CALENDAR)
    assert left.unit is Unit.CALENDAR_DAY
    assert deadline.due_on == date(2026, 5, 12)
    assert left.days == 11


@given(gap=st.integers(0, 60))
def test_days_left_never_grow_as_days_go_by(gap: int) -> None:
    today = date(2026, 2, 1) + timedelta(days=gap)
    now, then = (remaining(ANSWER, each, CALENDAR) for each in (today, today + timedelta(days=1)))
    if then.state is State.RUNNING:
        assert now.days - then.days in (0, 1)
    if now.state is State.OVERDUE:
        assert then.days - now.days in (0, 1)


@pytest.mark.parametrize(
    ("standing", "kk", "ru", "en"),
    [
        (
            Standing(State.RUNNING, 4, Unit.WORKING_DAY),
            "Қалғаны: 4 жұмыс күні.",
            "Осталось: 4 рабочих дня.",
            "Left: 4 working days.",
        ),
        (
            Standing(State.RUNNING, 1, Unit.CALENDAR_DAY),
            "Қалғаны: 1 күнтізбелік күн.",
            "Осталось: 1 календарный день.",
            "Left: 1 calendar day.",
        ),
        (
            Standing(State.OVERDUE, 11, Unit.WORKING_DAY),
            "Мерзімі өтті: 11 жұмыс күні.",
            "Просрочено: 11 рабочих дней.",
            "Overdue: 11 working days.",
        ),
        (
            Standing(State.DUE_TODAY, 0, Unit.WORKING_DAY),
            "Мерзім бүгін аяқталады.",
            "Срок истекает сегодня.",
            "The term ends today.",
        ),
        (
            Standing(State.OVERDUE, 0, Unit.WORKING_DAY),
            "Мерзімі өтті, содан бері жұмыс күні болған жоқ.",
            "Срок истёк, рабочих дней с тех пор не было.",
            "The term has ended; there has been no working day since.",
        ),
    ],
)
def test_a_standing_is_said_in_three_languages(
    standing: Standing, kk: str, ru: str, en: str
) -> None:
    assert standing_in_words(standing, "kk") == kk
    assert standing_in_words(standing, "ru") == ru
    assert standing_in_words(standing, "en") == en
