"""Which numbers stand first: by the codes of figures, which never change."""

from collections.abc import Mapping, Sequence

from baqylau.figures.rules.results import Answer, Estimate, Withheld

SLOTS: Sequence[Sequence[str]] = (
    ("reception.visits", "casework.opened"),
    ("casework.solved", "reception.said_solved", "casework.closed"),
    ("casework.in_time", "reception.verified", "casework.days"),
)
"""Three numbers that matter, each with what stands in for it: how many came, how many problems were
solved, how far bodies keep their terms or our own records can be believed."""
ENOUGH = 30
"""An estimate from fewer records does not stand first: chance alone would lead the page."""


def may_lead(answer: Answer) -> bool:
    """Whether a number can stand first: not withheld, and not from a handful of records."""
    if isinstance(answer, Withheld):
        return False
    return not isinstance(answer, Estimate) or answer.n >= ENOUGH


def headlines(answers: Mapping[str, Answer]) -> list[str]:
    """The codes that stand first: of each slot the first one whose number may lead."""
    found = []
    for slot in SLOTS:
        found += [code for code in slot if code in answers and may_lead(answers[code])][:1]
    return found
