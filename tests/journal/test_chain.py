"""Whatever is done to a chain shows, with its place."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.journal.chain import Finding, Row, Walk
from baqylau.journal.heads import SignedHead, sign
from baqylau.journal.rules import GENESIS, link
from tests.journal.chains import chain

pytestmark = pytest.mark.once

SEED = bytes(range(32))
DAY = date(2026, 3, 5)
LENGTH = 12
SOUND = chain(LENGTH)
ANCHOR = sign("default", DAY, LENGTH, SOUND[-1][6], SEED)
places = st.integers(0, LENGTH - 1)


def walk(rows: list[Row], *anchors: SignedHead) -> list[Finding]:
    return list(Walk("default", anchors).over(rows))


def renumbered(rows: list[Row]) -> list[Row]:
    return [(number, *row[1:]) for number, row in enumerate(rows, start=1)]


def relinked(rows: list[Row]) -> list[Row]:
    """What the owner of the disk can do: recompute an unkeyed chain."""
    made: list[Row] = []
    previous = GENESIS
    for row in renumbered(rows):
        previous = link(previous, *row[:6])
        made.append((*row[:6], previous))
    return made


def test_a_sound_chain_has_no_findings() -> None:
    check = Walk("default", [ANCHOR])
    assert list(check.over(SOUND)) == []
    assert (check.count, check.last, check.digest) == (LENGTH, LENGTH, SOUND[-1][6])


def test_an_empty_chain_has_no_findings() -> None:
    assert walk([]) == []


@given(place=places, column=st.integers(1, 6), text=st.text(min_size=1, max_size=80))
def test_an_edit_of_any_column_is_found_at_its_place(place: int, column: int, text: str) -> None:
    row = SOUND[place]
    if row[column] == text:
        return
    edited: Row = (*row[:column], text, *row[column + 1 :])  # type: ignore[assignment]  # one column of a row is replaced
    found = walk([*SOUND[:place], edited, *SOUND[place + 1 :]])
    assert found[0] == Finding("default", "broken", place + 1)


@given(first=places, length=st.integers(1, LENGTH))
def test_a_deletion_is_found_with_the_numbers_that_are_missing(first: int, length: int) -> None:
    rows = SOUND[:first] + SOUND[first + length :]
    found = walk(rows, ANCHOR)
    if first + length < LENGTH:
        assert found[0] == Finding("default", "missing", first + 1, until=first + length)
    else:
        assert found == [Finding("default", "cut", LENGTH, signed_on="2026-03-05")]


@given(first=places, length=st.integers(1, LENGTH))
def test_a_deletion_hidden_by_new_numbers_is_found(first: int, length: int) -> None:
    rows = renumbered(SOUND[:first] + SOUND[first + length :])
    found = walk(rows, ANCHOR)
    assert found[0].number == (first + 1 if first + length < LENGTH else LENGTH)


@given(place=places)
def test_an_insertion_is_found_at_its_place(place: int) -> None:
    strange: Row = (0, "2026-03-05", "case.closed", "x", "case:1", "{}", "f" * 64)
    found = walk(renumbered([*SOUND[:place], strange, *SOUND[place:]]))
    assert found[0] == Finding("default", "broken", place + 1)


@given(one=places, other=places)
def test_two_entries_that_changed_places_are_found(one: int, other: int) -> None:
    if one == other:
        return
    rows = list(SOUND)
    rows[one], rows[other] = rows[other], rows[one]
    assert walk(renumbered(rows))[0] == Finding("default", "broken", min(one, other) + 1)


@given(kept=st.integers(0, LENGTH - 1))
def test_a_cut_tail_is_found_by_an_anchor_and_only_by_one(kept: int) -> None:
    assert walk(SOUND[:kept]) == []
    assert walk(SOUND[:kept], ANCHOR) == [Finding("default", "cut", LENGTH, signed_on="2026-03-05")]


@given(place=places)
def test_a_chain_recomputed_by_the_owner_of_the_disk_is_found_by_an_anchor(place: int) -> None:
    row = SOUND[place]
    rows = relinked([*SOUND[:place], (*row[:2], "case.closed", *row[3:]), *SOUND[place + 1 :]])
    assert walk(rows) == []
    assert walk(rows, ANCHOR) == [Finding("default", "rewritten", LENGTH, signed_on="2026-03-05")]


def test_a_break_is_told_once_and_what_follows_is_still_checked() -> None:
    rows = [(*row[:2], "x", *row[3:]) if row[0] in {3, 9} else row for row in SOUND]
    assert [found.number for found in walk(rows)] == [3, 9]


def test_a_number_below_one_is_stray() -> None:
    rows: list[Row] = [(-1, *SOUND[0][1:]), (0, *SOUND[0][1:]), *SOUND]
    assert [(found.code, found.number) for found in walk(rows)] == [("stray", -1), ("stray", 0)]


def test_a_sealed_head_is_found_by_its_digest_alone() -> None:
    head = sign("sealed", DAY, None, SOUND[4][6], SEED)
    assert list(Walk("sealed", [head]).over(SOUND)) == []
    gone = replace(head, digest="0" * 64)
    assert list(Walk("sealed", [gone]).over(SOUND)) == [
        Finding("sealed", "cut", None, signed_on="2026-03-05")
    ]
