"""Folds of the journal: each entry once, whoever reads it, and the same when it is read anew."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from baqylau.figures import verification
from baqylau.figures.models import Bookmark, Tally
from baqylau.figures.queries.sums import by_value, version_of
from baqylau.figures.queries.telling import last_number
from baqylau.figures.rules.spans import Chosen, choose
from baqylau.figures.services import folding
from baqylau.figures.services.folding import catch_up, counted, fold_next, rebuild
from baqylau.figures.services.writing import NeverGivenError
from baqylau.journal.services import Draft, append_many
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.figures import Contribution, Fold, Span, Told
from baqylau.kernel.period import Period
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _read(told: Sequence[Told]) -> Iterator[Contribution]:
    for entry in told:
        said = entry.payload
        yield Contribution(
            "tests.things",
            date.fromisoformat(said["on"]),
            said["amount"],
            {"colour": said["colour"]},
            said.get("size"),
        )


THINGS = Fold("tests.things", frozenset({"tests.thing"}), frozenset({"tests.things"}), _read)


def tell(*things: tuple[str, str, int], size: int | None = None) -> None:
    """Write things (day, colour, amount) into the journal, something else after each."""
    drafts = []
    for on, colour, amount in things:
        payload: dict[str, Any] = {"on": on, "colour": colour, "amount": amount}
        payload |= {} if size is None else {"size": size}
        drafts += [Draft("tests.thing", SYSTEM, payload=payload), Draft("tests.other", SYSTEM)]
    with transaction.atomic():
        append_many(drafts=drafts)


def whole(code: str = "all") -> dict[str, int]:
    """The things of a period by colour."""
    chosen = choose(code)
    assert chosen
    found = by_value(["tests.things"], chosen, "colour")
    return {value: sums["tests.things"] for value, sums in found.items()}


YEAR = (("2026-01-31", "red", 1), ("2026-02-01", "red", 2), ("2026-02-03", "blue", 4))


def test_things_are_counted_by_period_and_value() -> None:
    tell(*YEAR)
    catch_up(among=[THINGS])
    assert whole("2026-01") == {"red": 1}
    assert whole("2026-02") == {"red": 2, "blue": 4}
    assert whole("2026-Q1") == whole("2026") == whole() == {"red": 3, "blue": 4}
    assert whole("2025") == {}


def test_any_days_are_read_from_whole_months_and_single_days() -> None:
    tell(*YEAR)
    catch_up(among=[THINGS])
    period = Period(date(2026, 1, 31), date(2026, 2, 3))
    assert by_value(["tests.things"], period)[""]["tests.things"] == 3


def test_reading_again_changes_nothing() -> None:
    tell(*YEAR)
    for _time in range(3):
        catch_up(among=[THINGS])
    assert whole() == {"red": 3, "blue": 4}


def test_what_was_written_before_the_fold_existed_is_counted_from_the_first_entry() -> None:
    tell(*YEAR)
    assert not Bookmark.objects.exists()
    catch_up(among=[THINGS])
    assert Bookmark.objects.get().number == last_number()


def test_portions_of_any_size_come_to_the_same() -> None:
    tell(*YEAR, *YEAR)
    rounds = 0
    while fold_next(fold=THINGS, last=last_number(), most=1):
        rounds += 1
    assert rounds == last_number() - 1
    assert whole() == {"red": 6, "blue": 8}


def test_whoever_opens_a_page_waits_for_so_many_entries_and_no_more() -> None:
    tell(*YEAR * 400)
    assert catch_up(among=[THINGS], most=1_000) == last_number() - 1_000
    assert version_of([THINGS], date(2026, 7, 1)).behind == last_number() - 1_000


def test_two_who_read_at_once_count_everything_once() -> None:
    tell(*YEAR)

    def slow(told: Sequence[Told]) -> Iterator[Contribution]:
        # Meanwhile somebody else has read the same entries to the end.
        catch_up(among=[THINGS])
        yield from _read(told)

    late = Fold(THINGS.code, THINGS.actions, THINGS.measures, slow)
    fold_next(fold=late, last=last_number())
    assert whole() == {"red": 3, "blue": 4}


def test_a_fold_that_breaks_leaves_sums_and_bookmark_as_they_were() -> None:
    tell(*YEAR)
    catch_up(among=[THINGS])
    tell(("2026-03-01", "red", 1), ("2026-03-01", "green", -5))
    with pytest.raises(NeverGivenError), transaction.atomic():
        catch_up(among=[THINGS])
    assert whole() == {"red": 3, "blue": 4}
    assert Bookmark.objects.get().number == last_number() - 4


def test_what_is_taken_back_goes_and_leaves_no_empty_row() -> None:
    tell(*YEAR)
    catch_up(among=[THINGS])
    tell(("2026-02-03", "blue", -4))
    catch_up(among=[THINGS])
    assert whole("2026-02") == {"red": 2}
    assert not Tally.objects.filter(amount=0).exists()


def test_a_new_definition_begins_at_the_first_entry() -> None:
    tell(*YEAR)
    catch_up(among=[THINGS])

    def doubled(told: Sequence[Told]) -> Iterator[Contribution]:
        yield from _read(told)
        yield from _read(told)

    catch_up(among=[Fold(THINGS.code, THINGS.actions, THINGS.measures, doubled, version=2)])
    assert whole() == {"red": 6, "blue": 8}


def test_counting_anew_comes_to_the_same_rows() -> None:
    tell(*YEAR, size=9)
    while fold_next(fold=THINGS, last=last_number(), most=2):
        pass
    before = verification.kept(THINGS)
    assert before == counted(THINGS, last_number())
    assert rebuild(fold=THINGS) == len(before)
    assert verification.kept(THINGS) == before


def test_rebuilding_mends_what_somebody_has_changed() -> None:
    tell(*YEAR)
    catch_up(among=[THINGS])
    Tally.objects.filter(value="red").update(amount=1_000)
    Tally.objects.filter(value="blue").delete()
    rebuild(fold=THINGS)
    assert whole() == {"red": 3, "blue": 4}


def test_distinct_things_count_in_their_own_period_alone() -> None:
    def people(told: Sequence[Told]) -> Iterator[Contribution]:
        for entry in told:
            on = date.fromisoformat(entry.payload["on"])
            yield Contribution("tests.people", on, spans=frozenset({Span.MONTH}))
        yield Contribution("tests.people", date(2026, 1, 31), spans=frozenset({Span.YEAR}))

    fold = Fold("tests.p", THINGS.actions, frozenset({"tests.people"}), people)
    tell(("2026-01-31", "red", 1), ("2026-02-01", "red", 1))
    catch_up(among=[fold])

    def number(code: str) -> int:
        chosen = choose(code)
        assert isinstance(chosen, Chosen)
        return by_value(["tests.people"], chosen).get("", {}).get("tests.people", 0)

    # One person, in two months, is one person in the year.
    assert [number(code) for code in ("2026-01", "2026-02", "2026", "all")] == [1, 1, 1, 0]


def test_verification_names_a_sum_that_the_journal_does_not_lead_to(cast: Cast) -> None:
    tell(*YEAR)
    # Nobody registered this fold, so only those of installed rooms are compared: all agree.
    catch_up()
    assert list(verification.differences()) == []
    mark = Bookmark.objects.first()
    assert mark
    Tally.objects.create(
        measure="casework.opened", span="month", first_on=date(2026, 1, 1), amount=3
    )
    assert any("casework.opened" in line and "3" in line for line in verification.differences())
    verification.rebuild()
    assert list(verification.differences()) == []


def test_verification_names_a_fold_that_was_read_by_an_older_definition() -> None:
    catch_up()
    tell(*YEAR)
    catch_up()
    Bookmark.objects.filter(fold="casework.cases").update(version=99)
    assert any("casework.cases" in line for line in verification.differences())


def test_a_long_journal_that_nothing_was_read_of_is_counted_as_a_whole(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding, "GULP", 4)
    tell(*YEAR * 3)
    said = folding.fold_all()
    assert str(last_number()) in said
    marks = {mark.fold: mark.number for mark in Bookmark.objects.all()}
    assert set(marks.values()) == {last_number()}
    tell(*YEAR)
    folding.fold_all()
    assert set(Bookmark.objects.values_list("number", flat=True)) == {last_number()}
    assert list(verification.differences()) == []
