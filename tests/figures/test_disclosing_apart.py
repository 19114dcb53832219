"""The choice in a process of its own."""

import pytest
from hypothesis import given, settings

from baqylau.figures.apart import NoChoiceError, _whole_lines, choose_apart, nothing
from baqylau.figures.rules.disclosing.carrying import (
    answered,
    asked,
    atoms_of,
    choice_of,
    question_of,
)
from baqylau.figures.rules.disclosing.choosing import choose
from baqylau.figures.rules.disclosing.facts import Cell, Fact, Question, Table
from tests.figures.worlds import World, released, worlds

pytestmark = pytest.mark.once


def _question() -> Question:
    counts = {("kk", 1): 803, ("ru", 1): 193, ("en", 1): 0}
    table = Table("t", {str(atom): Cell((frozenset({atom}),)) for atom in counts})
    return Question(counts, [Fact(frozenset(counts), 996, 996)], [table])


def test_another_process_comes_to_the_same_choice() -> None:
    question = _question()
    assert choose_apart([question, question]) == [choose(question)] * 2


def test_a_contradiction_is_said_across_processes() -> None:
    question = _question()
    wrong = Question(question.counts, [Fact(frozenset(question.counts), 1, 1)], question.tables)
    with pytest.raises(ValueError, match="does not agree with the counts"):
        choose_apart([wrong])


def test_without_time_nothing_is_shown() -> None:
    question = _question()
    for choice in choose_apart([question, question], seconds=0):
        assert choice == nothing(question)
        assert not any(each.shown for each in choice.outcomes["t"].values())


def test_a_process_that_cannot_begin_is_no_choice() -> None:
    with pytest.raises(NoChoiceError):
        choose_apart([_question()], memory=60_000_000)


def test_what_was_written_to_its_end_is_taken_from_a_process_that_was_ended() -> None:
    assert _whole_lines(b"one\ntwo\nthr") == [b"one", b"two"]


@given(worlds())
@settings(max_examples=10, deadline=None)
def test_a_question_and_its_choice_travel_unchanged(world: World) -> None:
    release = released(world, 2)[-1]
    question = release.question
    there = choose(question_of(asked(question)))
    assert choice_of(answered(there), atoms_of(question)) == release.choice
