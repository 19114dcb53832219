"""Places in letters: found, refused, filled; nothing is ever evaluated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.lawbook.rules import BLANK, fill, places_in, strange_places

pytestmark = pytest.mark.once


def test_places_are_found_once_and_in_order() -> None:
    assert places_in("{{ facts }} {{request}} {{ facts }}") == ("facts", "request")


def test_values_stand_in_their_places() -> None:
    assert fill("Кімге: {{ body_name }}.", {"body_name": "Әкімдік"}) == "Кімге: Әкімдік."


def test_what_is_not_known_is_left_to_be_written_by_hand() -> None:
    assert fill("{{ facts }}", {"facts": "  "}) == BLANK
    assert fill("{{ facts }}", {}) == BLANK


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("{{ salary }}", ("{{ salary }}",)),
        ("{{ facts.password }}", ("{{ facts.password }}",)),
        ("{{ facts|safe }}", ("{{ facts|safe }}",)),
        ("{{ facts", ("{{ facts",)),
        ("facts }}", ("}}",)),
        ("{{}}", ("{{}}",)),
        ("{% load x %} {{ facts }}", ()),
    ],
)
def test_what_is_no_allowed_place_is_named(text: str, strange: tuple[str, ...]) -> None:
    assert strange_places(text, ["facts", "request"]) == strange


def test_a_value_is_never_read_for_places() -> None:
    assert fill("{{ facts }}", {"facts": "{{ request }}", "request": "x"}) == "{{ request }}"


@given(st.text(alphabet="{}% abfcts_|.", max_size=60))
def test_a_text_that_is_accepted_leaves_no_braces_behind(text: str) -> None:
    if strange_places(text, ["facts"]) == ():
        filled = fill(text, {"facts": "болды"})
        assert "{{" not in filled
        assert "}}" not in filled


@given(st.text(max_size=200), st.text(max_size=50))
def test_whatever_is_written_is_only_text(text: str, value: str) -> None:
    filled = fill(text, {"facts": value})
    assert filled == text or places_in(text)
