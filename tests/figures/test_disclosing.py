"""What is chosen of tables that are published for ever: single rules of the choice."""

import random
from collections.abc import Hashable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.figures.rules.disclosing.chance import drawn
from baqylau.figures.rules.disclosing.choosing import choose
from baqylau.figures.rules.disclosing.facts import Cell, Choice, Fact, Outcome, Question, Table
from baqylau.figures.rules.results import Why

pytestmark = pytest.mark.once


def _question(counts: Mapping[str, int]) -> Question:
    """A single table whose whole is known."""
    whole = sum(counts.values())
    table = Table("t", {value: Cell((frozenset({value}),)) for value in counts})
    return Question(counts, [Fact(frozenset(counts), whole, whole)], [table])


def _chosen(counts: Mapping[str, int]) -> Choice:
    return choose(_question(counts))


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


TABLES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 14) | st.integers(0, 60))


@given(TABLES.filter(bool))
@settings(max_examples=40, deadline=None)
def test_counts_below_ten_and_zeros_are_never_shown_and_the_rest_is_rounded(
    counts: dict[str, int],
) -> None:
    chosen = _chosen(counts)
    assert chosen.outcomes["t"].keys() == counts.keys()
    for value, each in chosen.outcomes["t"].items():
        assert (each.why is Why.SMALL) == (counts[value] < 10)
        for number in each.shown:
            assert number % 5 == 0
            assert abs(number - counts[value]) <= 2


@given(TABLES.filter(bool), st.randoms())
@settings(max_examples=20, deadline=None)
def test_the_order_in_which_a_table_is_written_changes_nothing(
    counts: dict[str, int], order: random.Random
) -> None:
    items = list(counts.items())
    order.shuffle(items)
    assert _chosen(dict(items)).outcomes == _chosen(counts).outcomes


def test_large_counts_are_all_shown() -> None:
    assert len(_shown(_chosen({"a": 10, "b": 11, "c": 12, "d": 500}))) == 4


def test_a_share_is_shown_when_both_sides_and_the_whole_are_large() -> None:
    part, rest = frozenset({"part"}), frozenset({"rest"})
    table = Table("t", {"v": Cell((part, part | rest), (rest,))})
    for counts, shown in (
        ({"part": 30, "rest": 12}, {"v": (30, 40)}),
        ({"part": 30, "rest": 9}, {}),
        ({"part": 9, "rest": 30}, {}),
    ):
        assert _shown(choose(Question(counts, [], [table]))) == shown


def test_the_newest_tables_smallest_is_hidden_first() -> None:
    # A window of 20 and a quarter of 20 leave 0 to 4 for the other quarter; one of them goes.
    counts = {("a", 1): 20, ("a", 2): 0, ("b", 2): 50}
    quarters = {str(atom): Cell((frozenset({atom}),)) for atom in counts}
    window = {"a": Cell((frozenset({("a", 1), ("a", 2)}),))}
    old, new = Table("quarters", quarters), Table("window", window)
    chosen = choose(Question(counts, [], [old, new]))
    assert len(_shown(chosen, "quarters")) == 2
    assert chosen.outcomes["window"]["a"].why is Why.NARROW
    chosen = choose(Question(counts, [], [new, old]))
    assert _shown(chosen, "window") == {"a": (20,)}
    assert _shown(chosen, "quarters") == {"('b', 2)": (50,)}


def test_a_sum_that_no_table_holds_yet_is_protected_when_asked_for() -> None:
    counts = {("a", 1): 20, ("a", 2): 0, ("a", 3): 0}
    window = Table("window", {"a": Cell((frozenset(counts),))})
    quarter = Table("quarter", {"a": Cell((frozenset({("a", 1)}),))})
    question = Question(counts, [], [window, quarter])
    assert _shown(choose(question), "quarter")
    asked = replace(question, protected=[frozenset({("a", 2), ("a", 3)})])
    assert not _shown(choose(asked), "quarter")


def test_what_does_not_agree_with_the_counts_is_refused() -> None:
    question = _question({"a": 30, "b": 20})
    with pytest.raises(ValueError, match="does not agree"):
        choose(replace(question, known=[Fact(frozenset("ab"), 51, 51)]))
    (table,) = question.tables
    told = {"a": Outcome((35,)), "b": Outcome((20,))}
    with pytest.raises(ValueError, match="does not agree"):
        choose(replace(question, tables=[replace(table, told=told)]))


def test_a_fact_leaves_something_and_a_cell_adds_up_something() -> None:
    with pytest.raises(ValueError, match="leaves"):
        Fact(frozenset("a"), 3, 2)
    with pytest.raises(ValueError, match="adds up"):
        Cell((frozenset(),))


def test_cells_are_hidden_without_need_by_a_secret_of_the_programme() -> None:
    question = _question({f"{n}": 100 + n for n in range(400)})
    some = drawn(question.tables, b"sixteen bytes or")
    assert 1 <= len(some) <= 24
    assert some == drawn(question.tables, b"sixteen bytes or")
    assert some != drawn(question.tables, b"sixteen other by")
    chosen = choose(replace(question, unneeded=some))
    hidden = {("t", key) for key, each in chosen.outcomes["t"].items() if each.why is Why.NARROW}
    assert hidden == some
    with pytest.raises(ValueError, match="16 bytes"):
        drawn(question.tables, b"short")


def _skewed(seed: int) -> dict[Hashable, int]:
    """One body with 55 in 100, some with one, 200 below 10 a quarter; four quarters."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    means = [825, *[15] * 20, *[12] * 10, *[1] * 200]
    return {
        (f"{value}", quarter): max(0, round(chance.gauss(mean, mean**0.5)))
        for value, mean in enumerate(means)
        for quarter in range(4)
    }


def test_nearly_all_counts_of_fifteen_and_more_are_published() -> None:
    counts = _skewed(3)
    values = [f"{value}" for value in range(231)]
    quarters = [frozenset((v, q) for v in values) for q in range(4)]
    known = [Fact(each, n, n) for each in quarters for n in [sum(counts[a] for a in each)]]
    window = Table("w", {v: Cell((frozenset((v, q) for q in range(4)),)) for v in values})
    single = [Table(f"{q}", {v: Cell((frozenset({(v, q)}),)) for v in values}) for q in range(4)]
    question = Question(counts, known, [window, *single])
    chosen = choose(question)
    large = shown = 0
    for table in question.tables:
        for key, cell in table.cells.items():
            if sum(counts[atom] for atom in cell.sums[0]) >= 15:
                large += 1
                shown += bool(chosen.outcomes[table.key][key].shown)
    assert large > 70
    assert shown / large > 0.97, (shown, large)
