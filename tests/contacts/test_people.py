"""People, told honestly: a range and how it is made."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from baqylau.contacts.queries import known
from baqylau.contacts.rules import people_range


def test_known_people_are_the_least_and_every_nameless_visit_may_be_another() -> None:
    people = people_range(known(["a", "b", "a", ""]), unnamed_visits=40)
    assert (people.lower, people.upper) == (2, 42)


@pytest.mark.parametrize(
    ("code", "word"), [("kk", "міндетті емес"), ("ru", "не обязан"), ("en", "Nobody has to")]
)
def test_the_method_is_said_in_the_readers_language(code: str, word: str) -> None:
    with translation.override(code):
        assert word in str(people_range(1, 1).method)


@given(
    visits=st.lists(st.integers(0, 20)),
    unnamed=st.lists(st.integers(0, 20)),
)
def test_the_truth_lies_between_when_no_known_person_hides(
    visits: list[int], unnamed: list[int]
) -> None:
    people = people_range(known([f"key{n}" for n in visits]), len(unnamed))
    truth = len({f"key{n}" for n in visits} | {f"nameless{n}" for n in unnamed})
    assert people.lower <= truth <= people.upper


def test_a_negative_count_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="never negative"):
        people_range(-1, 0)
