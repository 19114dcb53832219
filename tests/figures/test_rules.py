"""Periods, sums and answers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.figures.rules.adding import MOST, add_up, binned
from baqylau.figures.rules.evaluating import Sums, evaluate
from baqylau.figures.rules.results import Estimate, Exact, Range, Why, Withheld
from baqylau.figures.rules.spans import (
    BEGINNING,
    Chosen,
    all_of,
    choose,
    cover,
    first_of,
    period_of,
)
from baqylau.kernel.figures import (
    Between,
    Contribution,
    Count,
    Days,
    Figure,
    Fold,
    Live,
    Share,
    Span,
    Told,
)
from baqylau.kernel.period import Period

pytestmark = pytest.mark.once

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(DAYS, st.integers(1, 1_500))
def test_a_cover_is_exactly_the_days_without_gap_or_overlap(first: date, length: int) -> None:
    period = Period(first, first + timedelta(days=length))
    day = first
    for span, begins in cover(period):
        assert begins == day
        day = period_of(span, begins).until
    assert day == period.until


@given(DAYS)
def test_whole_years_and_months_are_one_piece(day: date) -> None:
    for span in (Span.YEAR, Span.QUARTER, Span.MONTH, Span.DAY):
        whole = period_of(span, first_of(span, day))
        assert day in whole
        assert len(list(cover(whole))) == 1


@given(DAYS, st.integers(1, 4_000))
def test_ten_years_are_covered_by_few_pieces(first: date, length: int) -> None:
    period = Period(first, first + timedelta(days=length))
    assert len(list(cover(period))) <= 2 * (30 + 2 + 3) + length // 365


@given(DAYS, st.sampled_from([Span.MONTH, Span.QUARTER, Span.YEAR]))
def test_a_periods_code_leads_back_to_it(day: date, span: Span) -> None:
    chosen = Chosen(span, first_of(span, day))
    assert choose(chosen.code) == chosen


@given(st.text(max_size=12))
def test_any_other_code_names_no_period(text: str) -> None:
    chosen = choose(text)
    assert chosen is None or chosen.code == text


@pytest.mark.parametrize(
    "code", ["2026-13", "2026-00", "2026-Q5", "26-01", "2026-1", "0000", "２０２６"]
)
def test_a_period_that_there_is_not_is_none(code: str) -> None:
    assert choose(code) is None


def test_all_time_has_no_days_of_its_own_and_is_never_over() -> None:
    chosen = choose("all")
    assert chosen == Chosen(Span.ALL, BEGINNING)
    assert chosen.period is None
    assert not chosen.is_over(date.max)


def test_a_quarter_is_over_on_the_day_after_its_last() -> None:
    chosen = Chosen(Span.QUARTER, date(2026, 7, 1))
    assert not chosen.is_over(date(2026, 9, 30))
    assert chosen.is_over(date(2026, 10, 1))


def test_periods_run_from_the_newest_to_that_of_the_first_record() -> None:
    found = [each.code for each in all_of(Span.QUARTER, date(2025, 11, 30), date(2026, 5, 1))]
    assert found == ["2026-Q2", "2026-Q1", "2025-Q4"]


CONTRIBUTIONS = st.lists(
    st.builds(
        Contribution,
        measure=st.sampled_from(["m", "n"]),
        on=st.dates(date(2025, 11, 1), date(2026, 2, 20)),
        amount=st.integers(-3, 5),
        cells=st.dictionaries(st.sampled_from(["x", "y"]), st.sampled_from(["a", "b", ""])),
        size=st.none() | st.integers(0, 400),
        spans=st.just(frozenset(Span)) | st.frozensets(st.sampled_from(list(Span))),
    ),
    max_size=25,
)


@given(CONTRIBUTIONS, st.integers(0, 25))
def test_contributions_add_up_to_the_same_in_any_portions(
    given_: list[Contribution], cut: int
) -> None:
    parts: Counter[object] = Counter()
    for part in (given_[:cut], given_[cut:]):
        for key, amount in add_up(part).items():
            parts[key] += amount
    assert {k: v for k, v in parts.items() if v} == dict(add_up(given_))


@given(CONTRIBUTIONS)
def test_what_is_given_and_taken_back_leaves_nothing(given_: list[Contribution]) -> None:
    back = [Contribution(c.measure, c.on, -c.amount, c.cells, c.size, c.spans) for c in given_]
    assert add_up([*given_, *back]) == {}


@given(CONTRIBUTIONS)
def test_additive_months_make_up_the_year(given_: list[Contribution]) -> None:
    additive = [each for each in given_ if each.spans == frozenset(Span)]
    sums = add_up(additive)
    for year in (2025, 2026):
        months = sum(
            amount
            for (m, d, span, first, _v, size), amount in sums.items()
            if (m, d, span, size) == ("m", "", "month", -1) and first.year == year
        )
        assert sums["m", "", "year", date(year, 1, 1), "", -1] == months


@given(st.integers(0, 100_000))
def test_sizes_are_kept_in_few_bins_close_to_what_they_were(size: int) -> None:
    kept = binned(size)
    assert kept == size or size > 60
    assert abs(kept - size) <= (2 if size <= 180 else 15) or kept == MOST
    assert binned(kept) == kept or kept == 180


def test_all_sizes_make_few_bins() -> None:
    assert len({binned(size) for size in range(5_000)}) <= 140


def _nothing(_told: Sequence[Told]) -> Iterable[Contribution]:
    return ()


def _none(_day: date, _by: str) -> Mapping[str, int]:
    return {}


def test_a_fold_that_breaks_its_word_is_refused() -> None:
    fold = Fold("f", frozenset({"a.b"}), frozenset({"m"}), _nothing)
    day = date(2026, 1, 1)
    for wrong in (
        Contribution("other", day),
        Contribution("m", day, cells={"": "a"}),
        Contribution("m", day, cells={"x" * 30: "a"}),
        Contribution("m", day, cells={"x": "a" * 60}),
    ):
        with pytest.raises(ValueError, match=r"contribute|counted"):
            add_up([wrong], fold)
    with pytest.raises(ValueError, match="negative"):
        add_up([Contribution("m", day, size=-1)])


def _figure(kind: Count | Share | Days | Between | Live) -> Figure:
    return Figure("f", "F", "S", "P", "U", kind, action="x.see")


def test_each_kind_comes_to_its_own_kind_of_answer() -> None:
    sums = Sums({"p": 30, "w": 40, "live": 7}, {3: 20, 8: 20})
    assert evaluate(_figure(Count("w")), sums) == Exact(40)
    assert evaluate(_figure(Count("none")), sums) == Exact(0)
    assert evaluate(_figure(Between("p", "w", "m")), sums) == Range(30, 40)
    assert evaluate(_figure(Live(_none)), sums) == Exact(7)
    share = evaluate(_figure(Share("p", "w")), sums)
    assert isinstance(share, Estimate)
    assert (share.value, share.part, share.n) == (0.75, 30, 40)
    days = evaluate(_figure(Days("w")), sums)
    assert isinstance(days, Estimate)
    assert (days.value, days.n, days.quartiles) == (3, 40, (3, 8))


def test_where_nothing_or_too_little_was_counted_no_number_is_made_up() -> None:
    assert evaluate(_figure(Share("p", "w")), Sums()) == Withheld(Why.NOTHING)
    assert evaluate(_figure(Days("w")), Sums()) == Withheld(Why.NOTHING)
    assert evaluate(_figure(Days("w")), Sums({}, {4: 5})) == Withheld(Why.FEW)


@pytest.mark.parametrize(
    ("value", "low", "high", "n"),
    [
        (0.5, 0.4, 0.6, 0),
        (0.5, 0.6, 0.7, 9),
        (0.5, 0.1, 0.4, 9),
        (float("nan"), 0, 1, 9),
        (2, 1, float("inf"), 9),
    ],
)
def test_an_estimate_without_n_or_interval_cannot_be_made(
    value: float, low: float, high: float, n: int
) -> None:
    with pytest.raises(ValueError, match="estimate"):
        Estimate(value, low, high, n)


def test_a_range_begins_before_it_ends() -> None:
    with pytest.raises(ValueError, match="range"):
        Range(5, 4)
