"""The list of who was erased: what is written is read, and anything else is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.kernel import erasures

KEYS = st.from_regex(r"[0-9a-f]{16}", fullmatch=True)
DAYS = st.dates(date(2000, 1, 1)).map(date.isoformat)
LISTS = st.dictionaries(KEYS, DAYS, max_size=8)


@given(LISTS)
def test_a_list_that_was_written_is_read_as_it_was(listed: dict[str, str]) -> None:
    assert erasures.read(erasures.written(listed).encode()) == listed


@given(LISTS, LISTS)
def test_nobody_of_two_lists_is_lost_and_the_earlier_day_stays(
    one: dict[str, str], other: dict[str, str]
) -> None:
    whole = erasures.joined(one, other)
    assert whole.keys() == one.keys() | other.keys()
    for listed in (one, other):
        assert all(whole[key] <= day for key, day in listed.items())
    assert erasures.joined(whole, one) == whole == erasures.joined(other, whole)


@given(st.binary(max_size=200))
def test_bytes_from_anywhere_are_refused(content: bytes) -> None:
    with pytest.raises(erasures.ListError):
        erasures.read(content)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("# baqylau erasures 2\n", 1),
        (f"{erasures.HEAD}\nab\t2026-01-01\n", 2),
        (f"{erasures.HEAD}\n{'0' * 16}\t2026-01-01\n\n{'1' * 16}\t2026-01-01\n", 3),
    ],
)
def test_the_line_that_cannot_be_read_is_named(text: str, line: int) -> None:
    with pytest.raises(erasures.ListError) as caught:
        erasures.read(text.encode())
    assert caught.value.line == line


def test_a_list_without_an_end_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasures, "LIMIT", 40)
    with pytest.raises(erasures.ListError):
        erasures.read(erasures.written({"0" * 16: "2026-01-01"}).encode())
