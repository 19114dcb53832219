"""Which terms for an answer have come to their end, and how: by an answer, or by silence.

A term that passes makes no step by itself: it is known to be over when an answer is written down,
when silence is noted, or when the case is closed without an answer after the last day.
"""

from collections.abc import Iterable
from dataclasses import replace

from baqylau.casework.rules.clocks import Law, answer_deadline
from baqylau.casework.rules.facts import Fact, Picture, standing
from baqylau.casework.taxonomy import Stage, StepKind

BEGINNING = frozenset({StepKind.FILED, StepKind.REDIRECTED})
ENDING = frozenset({StepKind.ANSWERED, StepKind.SILENCE, StepKind.CLOSED})


def with_term(picture: Picture, fact: Fact, law: Law) -> Fact:
    """The step with the last day of the term that it ends, and the body that owed the answer.

    A case that is closed before the last day ends no term. Raises: LawError, as `answer_deadline`.
    """
    is_closing = fact.kind == StepKind.CLOSED
    if fact.kind not in ENDING or (is_closing and picture.stage != Stage.FILED):
        return fact
    deadline = answer_deadline(picture, law)
    if deadline is None or (is_closing and fact.on <= deadline.due_on):
        return fact
    return replace(fact, due_on=deadline.due_on, body=picture.body)


def ended_terms(facts: Iterable[Fact]) -> list[Fact]:
    """The steps that ended a term: each term once, by the first step that says how it ended."""
    found, is_running = [], False
    for fact in standing(facts):
        if fact.kind in BEGINNING:
            is_running = True
        elif fact.due_on and is_running:
            found.append(fact)
            is_running = False
    return found


def is_in_time(fact: Fact) -> bool:
    """Whether the answer came within the term that the step ends."""
    is_answer = fact.kind == StepKind.ANSWERED
    return is_answer and fact.due_on is not None and fact.on <= fact.due_on


def is_silence(fact: Fact) -> bool:
    """Whether the term ended without an answer."""
    return fact.kind != StepKind.ANSWERED
