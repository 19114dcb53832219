"""Links of the worklist: what they carry, and what they refuse to carry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.kernel.work import Only, Place
from baqylau.web.worklist import read_only, read_place, write_place
from tests.cast import Cast

places = st.builds(
    Place,
    st.none() | st.dates(),
    st.from_regex(r"[a-z_]{1,20}\.[a-z_]{1,20}", fullmatch=True),
    st.integers(1, 10**17),
)


@given(places)
def test_a_place_comes_back_as_it_was_written(place: Place) -> None:
    assert read_place(write_place(place)) == place


@given(st.text(max_size=60))
def test_a_link_that_was_changed_leads_to_the_beginning(text: str) -> None:
    place = read_place(text)
    assert place is None or write_place(place) == text


@pytest.mark.parametrize("text", ["2026-02-31~a.b~1", "-~a.b~٣", "2026-07-01~A~1", "~~", "\0"])
def test_impossible_places_are_none(text: str) -> None:
    assert read_place(text) is None
    assert read_only(text) is Only.ALL


@pytest.mark.parametrize("query", ["only=dance", "after=2026-02-31~a~1", "after=" + "9" * 500, ""])
def test_the_page_opens_whatever_the_address_says(cast: Cast, query: str) -> None:
    page = cast.adviser.client.get(f"/desk/?{query}")
    assert page.status_code == 200
    assert page.text.count('aria-current="true"') == 1
