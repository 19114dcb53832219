"""The tables of closed quarters as they stand in the rows: useful, and safe to keep together."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

import pytest

from baqylau.figures.models import Cell, Closing, Counted, Tally
from baqylau.figures.queries.definitions import figure
from baqylau.figures.queries.families import families
from baqylau.figures.queries.published import everything
from baqylau.figures.rules.disclosing.facts import WIDTH, Fact, Sum
from baqylau.figures.rules.results import Estimate, Rounded
from baqylau.figures.rules.spans import Chosen
from baqylau.figures.services import close, fold_all
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.figures import Span
from baqylau.territories.queries import districts
from tests.casework.making import POLICE, SCHOOL, make_more, open_one
from tests.figures.attacker import possible
from tests.figures.solver import Reader

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
COORDINATOR = Actor("person:c", frozenset({"coordinator"}))
QUARTERS = [
    date(2025, 4, 1),
    date(2025, 7, 1),
    date(2025, 10, 1),
    date(2026, 1, 1),
    date(2026, 4, 1),
]
OPENED = "casework.opened"
Counts = dict[tuple[str, date], int]


def tally(measure: str, dimension: str, first_on: date, value: str, amount: int) -> Tally:
    return Tally(
        measure=measure,
        dimension=dimension,
        span=Span.QUARTER.value,
        first_on=first_on,
        value=value,
        amount=amount,
    )


def counted(counts: Counts) -> None:
    """Sums as a fold would leave them: of one measure, by body, and in all."""
    rows = []
    for first_on in QUARTERS:
        here = {value: n for (value, on), n in counts.items() if on == first_on and n}
        rows += [tally(OPENED, "body", first_on, value, n) for value, n in here.items()]
        rows.append(tally(OPENED, "", first_on, "", sum(here.values())))
    Tally.objects.bulk_create(rows)


@pytest.fixture
def years(house: None) -> Counts:
    """Five closed quarters of a few large bodies and many small ones."""
    chance = random.Random(7)  # noqa: S311 - a test, the same every time
    bodies = [POLICE, SCHOOL, *(make_more(f"№ {n} мектеп").code for n in range(910, 920))]
    sizes = [60, 25, 14, 12, 9, 8, 7, 5, 4, 3, 2, 1]
    counts = {
        (body, on): max(0, round(chance.gauss(size, size**0.5)))
        for body, size in zip(bodies, sizes, strict=True)
        for on in QUARTERS
    }
    with clock.frozen(datetime(2026, 7, 20, 7, 0, tzinfo=UTC)):
        open_one()
        fold_all()
        Tally.objects.all().delete()
        counted(counts)
        for on in QUARTERS:
            close(actor=COORDINATOR, chosen=Chosen(Span.QUARTER, on))
    return counts


def atoms(values: Sequence[str], over: Sequence[date]) -> Sum:
    return frozenset((value, on) for value in values for on in over)


def cells(dimension: str, window: str) -> Iterator[tuple[date, Cell, int]]:
    for closing in Closing.objects.order_by("first_on"):
        for each in everything(closing):
            place = each.cell.figure, each.cell.dimension, each.cell.window
            if place == (OPENED, dimension, window) and isinstance(each.answer, Rounded):
                yield closing.first_on, each.cell, each.answer.number


def over(window: str, on: date) -> list[date]:
    place = QUARTERS.index(on)
    return QUARTERS[place : place + 1] if window == "own" else QUARTERS[place - 3 : place + 1]


def heard(counts: Counts) -> Reader:
    """Somebody who keeps all that was ever published by body, and knows the exact wholes."""
    bodies = sorted({value for value, _on in counts})
    reader = Reader(counts)  # type: ignore[arg-type]  # keys are hashable
    reader.hear(
        Fact(atoms(bodies, [on]), *[sum(counts[body, on] for body in bodies)] * 2)
        for on in QUARTERS
    )
    for dimension in ("body", "body_group"):
        for window in ("own", "four"):
            for on, cell, number in cells(dimension, window):
                values = [cell.value] if dimension == "body" else members(cell.value, bodies)
                fits = possible(number)
                fact = Fact(atoms(values, over(window, on)), min(fits), max(fits))
                reader.hear([fact])
    return reader


def members(group: str, bodies: Sequence[str]) -> list[str]:
    (by,) = [each for each in figure(OPENED).dimensions if each.code == "body"]
    assert by.grouping
    return [value for value, name in by.grouping.of(bodies).items() if name == group]


def test_whoever_keeps_all_tables_learns_no_small_number(years: Counts) -> None:
    reader = heard(years)
    bodies = sorted({value for value, _on in years})
    windows = [("own", on) for on in QUARTERS] + [("four", on) for on in QUARTERS[3:]]
    small = 0
    for body in bodies:
        for window, on in windows:
            hidden = atoms([body], over(window, on))
            if sum(years[body, each] for each in over(window, on)) >= 10:
                continue
            small += 1
            low, high = reader.interval(hidden)
            assert min(high, 9) - low >= WIDTH
    assert small > 20


def test_what_is_large_enough_is_published(years: Counts) -> None:
    for window, on in (("own", QUARTERS[-1]), ("four", QUARTERS[-1])):
        shown = {cell.value: n for first, cell, n in cells("body", window) if first == on}
        large = {
            body: count
            for body in {value for value, _on in years}
            if (count := sum(years[body, each] for each in over(window, on))) >= 15
        }
        assert len(shown.keys() & large.keys()) >= 0.7 * len(large)
        assert all(abs(shown[body] - large[body]) <= 2 for body in shown.keys() & large.keys())


def test_a_body_that_is_small_in_each_quarter_is_shown_over_four(years: Counts) -> None:
    quarterly = {cell.value for _on, cell, _n in cells("body", "own")}
    yearly = {cell.value for _on, cell, _n in cells("body", "four")}
    assert yearly - quarterly


def test_windows_begin_with_the_fourth_quarter(years: Counts) -> None:
    assert {on for on, _cell, _n in cells("body", "four")} <= set(QUARTERS[3:])


def test_nobody_is_told_how_many_small_values_an_open_list_has(years: Counts) -> None:
    rows = Cell.objects.filter(dimension="body", value=Cell.TOGETHER)
    assert not rows.exclude(together=0).exists()


def test_what_a_table_was_made_from_is_kept_as_it_was(years: Counts) -> None:
    kept = Counted.objects.filter(measure=OPENED, dimension="body")
    assert {(row.value, row.closing.first_on): row.amount for row in kept} == {
        key: n for key, n in years.items() if n
    }
    assert all(row.group for row in kept)


def test_a_share_and_the_count_of_its_whole_are_one_question() -> None:
    found = {
        (each.by.code, each.whole): {row.code for row in each.figures}
        for each in families([figure("casework.closed"), figure("casework.solved")])
    }
    assert found["body", "casework.closed"] == {"casework.closed", "casework.solved"}


def test_a_share_is_published_with_its_rounded_numbers(house: None) -> None:
    first_on, codes = QUARTERS[0], [unit.kato for unit in districts()][:6]
    with clock.frozen(datetime(2025, 7, 20, 7, 0, tzinfo=UTC)):
        open_one()
        fold_all()
        Tally.objects.all().delete()
        solved = (41, 30, 20, 4, 3, 2)
        wholes = {"casework.closed": (63, 52, 38, 8, 7, 6), "casework.solved": solved}
        for measure, amounts in wholes.items():
            tally(measure, "", first_on, "", sum(amounts)).save()
            for district, amount in zip(codes, amounts, strict=True):
                tally(measure, "district", first_on, district, amount).save()
        closing = close(actor=COORDINATOR, chosen=Chosen(Span.QUARTER, first_on))
    (found,) = [
        each.answer
        for each in everything(closing)
        if (each.cell.figure, each.cell.value) == ("casework.solved", codes[0])
    ]
    assert isinstance(found, Estimate)
    assert (found.part, found.n, found.is_rounded) == (40, 65, True)


def test_a_quarter_that_contradicts_an_earlier_one_is_refused_in_words(house: None) -> None:
    with clock.frozen(datetime(2026, 7, 20, 7, 0, tzinfo=UTC)):
        open_one()
        fold_all()
        Tally.objects.all().delete()
        counted({(body, on): 40 for body in (POLICE, SCHOOL) for on in QUARTERS})
        close(actor=COORDINATOR, chosen=Chosen(Span.QUARTER, QUARTERS[0]))
        Counted.objects.filter(measure=OPENED).update(amount=70)
        with pytest.raises(DomainError) as refused:
            close(actor=COORDINATOR, chosen=Chosen(Span.QUARTER, QUARTERS[1]))
    assert refused.value.code == "no_tables"
    assert Closing.objects.count() == 1
