"""Cells that many tables have: choices in any language, lines of a bounded length."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from baqylau.imports.cells import LANGUAGES, choice, labels, line
from baqylau.institutions.models import Ownership
from baqylau.kernel.errors import DomainError


@pytest.mark.parametrize("owner", Ownership)
def test_a_choice_is_known_by_its_code_and_by_its_label_in_every_language(owner: Ownership) -> None:
    for word in (owner.value, *labels(owner)):
        assert choice(Ownership)(f" {word.upper()}: ") == owner.value


def test_labels_are_said_in_each_language_whatever_language_is_active() -> None:
    with translation.override("ru"):
        said = labels(Ownership.PRIVATE)
    assert len(set(said)) == len(LANGUAGES)


def test_a_choice_is_known_by_the_other_words_that_registers_use() -> None:
    assert choice(Ownership, {"private": ("Менің  өзім",)})("менің өзім") == Ownership.PRIVATE
    with pytest.raises(DomainError):
        choice(Ownership)("менің өзім")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_word_is_refused_with_the_words_that_are_known(language: str) -> None:
    with translation.override(language), pytest.raises(DomainError) as refused:
        choice(Ownership)("…")
    with translation.override(language):
        assert ", ".join(str(owner.label) for owner in Ownership) in str(refused.value)


@given(st.text(max_size=30))
def test_a_line_has_single_spaces_and_is_refused_beyond_its_limit(text: str) -> None:
    wanted = " ".join(text.split())
    if len(wanted) > 20:
        with pytest.raises(DomainError):
            line(20)(text)
    else:
        assert line(20)(text) == wanted
