"""Places in long lists: what a link carries reads back, and nothing else does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.kernel.places import Place, read_place

NONE = ("", "x", "2026-02-30~1", "2026-02-03~", "2026-02-03~1 ", "٢٠٢٦-01-01~1", "2026-02-03~-1")


@pytest.mark.parametrize("text", NONE)
def test_a_place_that_is_none_is_the_beginning(text: str) -> None:
    assert read_place(text) is None


@given(st.dates(min_value=date(1000, 1, 1)), st.integers(0, 10**18 - 1))
def test_a_place_reads_back_as_it_was_written(on: date, pk: int) -> None:
    assert read_place(str(Place(on, pk))) == Place(on, pk)


@given(st.text(max_size=40))
def test_any_text_is_a_place_that_writes_itself_so_or_the_beginning(text: str) -> None:
    place = read_place(text)
    assert place is None or read_place(str(place)) == place
