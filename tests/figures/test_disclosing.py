"""What is chosen of tables that are published for ever: single rules of the choice."""

from collections.abc import Mapping

import pytest

from baqylau.figures.rules.disclosing.choosing import choose
from baqylau.figures.rules.disclosing.facts import Cell, Choice, Fact, Question, Table
from baqylau.figures.rules.results import Why

pytestmark = pytest.mark.once


def _chosen(counts: Mapping[str, int]) -> Choice:
    """A single table whose whole is known."""
    whole = sum(counts.values())
    table = Table("t", {value: Cell((frozenset({value}),)) for value in counts})
    return choose(Question(counts, [Fact(frozenset(counts), whole, whole)], [table]))


def _shown(choice: Choice, table: str = "t") -> dict[str, tuple[int, ...]]:
    return {key: each.shown for key, each in choice.outcomes[table].items() if each.shown}


def test_rounding_alone_may_hide_enough() -> None:
    chosen = _chosen({"kk": 800, "ru": 190, "en": 4})
    assert _shown(chosen) == {"kk": (800,), "ru": (190,)}
    assert chosen.outcomes["t"]["en"].why is Why.SMALL


def test_a_small_group_that_would_follow_from_the_rest_takes_the_smallest_with_it() -> None:
    chosen = _chosen({"kk": 803, "ru": 193, "en": 0})
    assert _shown(chosen) == {"kk": (805,)}
    assert chosen.outcomes["t"]["ru"].why is Why.NARROW


def test_what_the_whole_alone_gives_away_is_said_and_hides_nothing_else() -> None:
    chosen = _chosen({"a": 2, "b": 1})
    assert not _shown(chosen)
    assert set(chosen.given_away) == {frozenset("a"), frozenset("b")}
