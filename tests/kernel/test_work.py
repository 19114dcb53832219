"""The worklist's contract: every task once, in order, whatever the sources and the pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from baqylau.kernel.access import Actor
from baqylau.kernel.work import Asked, Only, Place, Task, Tasks, gathered

TODAY = date(2026, 7, 1)
ME = Actor("me")

days = st.one_of(st.none(), st.integers(-9, 9).map(lambda days: TODAY + timedelta(days=days)))
rows = st.lists(st.tuples(days, st.booleans()), max_size=12)


def source(code: str, found: Sequence[tuple[date | None, bool]]) -> Tasks:
    """A source with these tasks."""
    tasks = [
        Task(f"{code} {number}", "/", due, "test", number, f"{code}-{number}", is_mine)
        for number, (due, is_mine) in enumerate(found, 1)
    ]
    return Tasks(code, lambda asked: asked.take(tasks))


def walk(sources: list[Tasks], asked: Asked) -> list[Task]:
    """All pages, one after another."""
    found: list[Task] = []
    place: Place | None = None
    for _page in range(60):
        page, place = gathered(sources, asked, place)
        found += page
        if place is None:
            return found
        assert len(page) == asked.limit
    raise AssertionError("the pages never end")


@given(st.lists(rows, min_size=1, max_size=4), st.integers(1, 5), st.sampled_from(Only))
def test_all_pages_together_hold_every_task_once_in_order(
    found: list[list[tuple[date | None, bool]]], limit: int, only: Only
) -> None:
    sources = [source(f"s{number}", each) for number, each in enumerate(found)]
    asked = Asked(ME, TODAY, only, limit)
    paged = walk(sources, asked)
    at_once, place = gathered(sources, Asked(ME, TODAY, only, 1_000))
    assert place is None
    assert paged == at_once
    assert len({task.reference for task in paged}) == len(paged)
    dated = [task.due_on for task in paged if task.due_on]
    assert dated == sorted(dated)


@given(st.lists(rows, min_size=1, max_size=3), rows, st.integers(1, 5), st.sampled_from(Only))
def test_who_has_no_days_to_give_is_asked_late_and_leaves_the_same_pages(
    dated: list[list[tuple[date | None, bool]]],
    undated: list[tuple[date | None, bool]],
    limit: int,
    only: Only,
) -> None:
    known = [source(f"s{number}", each) for number, each in enumerate(dated)]
    late = source("late", [(None, is_mine) for _due, is_mine in undated])
    asked = Asked(ME, TODAY, only, limit)
    told = walk([replace(late, is_undated=True), *known], asked)
    assert told == walk([*known, late], asked)


def test_who_has_no_days_to_give_is_not_asked_while_days_fill_the_page() -> None:
    def never(_asked: Asked) -> Sequence[Task]:
        raise AssertionError("asked")

    full = source("full", [(TODAY, True)] * 3)
    page, place = gathered([Tasks("late", never, is_undated=True), full], Asked(ME, TODAY, limit=2))
    assert len(page) == 2
    assert place is not None


@given(rows)
def test_a_filter_leaves_what_fits_it(found: list[tuple[date | None, bool]]) -> None:
    def numbers(only: Only) -> set[int]:
        return {task.number for task in gathered([source("s", found)], Asked(ME, TODAY, only))[0]}

    week = TODAY + timedelta(days=7)
    each = list(enumerate(found, 1))
    assert numbers(Only.MINE) == {
        n for n, (due, mine) in each if mine and (due is None or due < week)
    }
    assert numbers(Only.OVERDUE) == {n for n, (due, _mine) in each if due and due < TODAY}
    assert numbers(Only.WEEK) == {n for n, (due, _mine) in each if due and TODAY <= due < week}
    assert numbers(Only.CALL) == numbers(Only.ROOM) == set()
