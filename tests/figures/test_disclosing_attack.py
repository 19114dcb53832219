"""Tables that are published for ever, against somebody who reads all of them and solves."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.figures.rules.disclosing.choosing import choose
from baqylau.figures.rules.disclosing.facts import (
    Cell,
    Choice,
    Fact,
    Outcome,
    Question,
    Sum,
    Table,
)
from baqylau.stats.rounding import to_base
from tests.figures.solver import Reader, hidden_sums
from tests.figures.worlds import Release, World, released, worlds

pytestmark = pytest.mark.once
WIDTH = 5


def _reader(release: Release, tables: list[Table]) -> Reader:
    reader = Reader(release.question.counts)
    reader.hear(release.question.known)
    for table in tables:
        assert table.told is not None
        reader.read(table, table.told)
    return reader


def _leaks(
    release: Release, told: list[Table], also: Iterable[Fact] = ()
) -> list[tuple[Sum, int, int]]:
    """Hidden sums that are known too well, and better than before the new tables."""
    reader = _reader(release, told)
    reader.hear(also)
    before = _reader(
        release, [table for table in release.question.tables if table.told is not None]
    )
    found = []
    for each in hidden_sums(told, release.question.protected, reader):
        low, high = reader.interval(each)
        if high - low < WIDTH:
            least, most = before.interval(each)
            if high - low < min(WIDTH, most - least):
                found.append((each, low, high))
    return found


def _single(counts: Mapping[str, int]) -> Release:
    """One table whose whole is known."""
    whole = sum(counts.values())
    table = Table("t", {value: Cell((frozenset({value}),)) for value in counts})
    question = Question(counts, [Fact(frozenset(counts), whole, whole)], [table])
    return Release(question, choose(question))


@given(worlds(), st.integers(1, 2))
@settings(max_examples=25, deadline=None)
def test_nobody_who_solves_for_a_hidden_sum_finds_it_within_fewer_than_six_numbers(
    world: World, first: int
) -> None:
    for release in released(world, first):
        assert not _leaks(release, release.told)


SMALL_COUNTS = st.dictionaries(st.sampled_from("abc"), st.integers(0, 13), min_size=2)


@given(SMALL_COUNTS)
@settings(max_examples=25, deadline=None)
def test_trying_all_counts_finds_what_solving_finds(counts: dict[str, int]) -> None:
    release = _single(counts)
    reader = _reader(release, release.told)
    for each in hidden_sums(release.told, (), reader):
        assert reader.tried(each) == reader.interval(each)


def test_a_hidden_count_that_is_shown_is_found() -> None:
    release = _single({"a": 300, "b": 40, "c": 7, "d": 2, "e": 31})
    assert not _leaks(release, release.told)
    assert _leaks(release, release.told, [Fact(frozenset("c"), 5, 9)])


def test_a_count_that_was_hidden_for_others_sake_and_is_shown_is_found() -> None:
    release = _single({"kk": 803, "ru": 193, "en": 0})
    (table,) = release.told
    assert not _leaks(release, [table])
    told = {**(table.told or {}), "ru": Outcome((to_base(193),))}
    assert _leaks(release, [replace(table, told=told)])


THREE = World(
    {
        ("n", value, quarter): count
        for value, counts in enumerate(((40, 40, 0), (50, 60, 70), (30, 30, 40), (25, 20, 25)))
        for quarter, count in enumerate(counts)
    },
    groups=(0, 0, 1, 1),
    quarters=3,
    sides="n",
)


def test_one_window_more_than_was_asked_about_is_found() -> None:
    release = released(THREE, 3)[0]
    assert not _leaks(release, release.told)
    window = Table(
        "more", {"0": Cell((THREE.sum([0], range(3)),))}, told={"0": Outcome((to_base(80),))}
    )
    assert _leaks(release, [*release.told, window])


def test_a_release_that_forgets_the_one_before_is_found() -> None:
    first, second = released(THREE, 2)
    assert not _leaks(second, second.told)
    new = [table for table in second.question.tables if table.told is None]
    forgetful = replace(second.question, tables=new)
    chosen = Release(forgetful, choose(forgetful))
    assert not _leaks(chosen, chosen.told)
    assert _leaks(second, [*first.told, *chosen.told])


PROBLEMS = World(
    {
        (side, value, 0): count
        for value, pair in enumerate(((2, 0), (12, 3), (42, 3)))
        for side, count in zip("pr", pair, strict=True)
    },
    groups=(0, 0, 0),
    quarters=1,
    sides="pr",
    linked=True,
)
"""Problems, and visits that brought none: each problem is a visit too."""


def _as_strangers(world: World) -> list[Table]:
    """The tables of whole and part, each chosen as if the other did not exist."""
    found = []
    for table in world.tables(0):
        side = "p" if table.key.startswith("part") else "pr"
        everything = world.sum(range(len(world.groups)), [0], side)
        whole = world.count(everything)
        question = Question(world.counts, [Fact(everything, whole, whole)], [table])
        found.append(replace(table, told=choose(question).outcomes[table.key]))
    return found


def test_a_part_and_its_whole_that_are_chosen_apart_give_each_other_away() -> None:
    (release,) = released(PROBLEMS, 1)
    assert not _leaks(release, release.told)
    assert _leaks(release, _as_strangers(PROBLEMS))


@pytest.mark.parametrize("work", [0.0, 3_000.0, 30_000.0])
def test_without_steps_less_is_shown_and_nothing_is_given_away(work: float) -> None:
    question = released(THREE, 3)[0].question
    release = Release(question, choose(question, work))
    assert not _leaks(release, release.told)
    enough = choose(question)
    assert _shown(release.choice) <= _shown(enough)
    assert bool(_shown(release.choice)) or not work


def _shown(choice: Choice) -> int:
    return sum(bool(each.shown) for told in choice.outcomes.values() for each in told.values())
