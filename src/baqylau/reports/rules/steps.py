"""The pages of the form: which question stands on which, and where one goes from there."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

STEPS: Final[Mapping[str, Sequence[str]]] = {
    "what": ("stage", "conduct", "bribe", "amount"),
    "where": ("district", "office", "institution", "service", "month"),
    "story": ("story", "is_urgent"),
    "evidence": ("files",),
    "readers": ("near", "avoid_words", "avoid"),
    "name": ("name", "phone", "reach"),
}
"""Fields by step, in the order in which they are asked."""
WHOLE: Final = "whole"
"""All steps on one page."""
REVIEW: Final = "review"
ORDER: Final = (*STEPS, REVIEW)
FIRST: Final = ORDER[0]


def fields_of(step: str) -> Collection[str]:
    """The fields that are asked on a page."""
    if step == WHOLE:
        return [field for fields in STEPS.values() for field in fields]
    return STEPS.get(step, ())


def step_of(field: str) -> str:
    """The step on which a field is asked; the first one for what is asked nowhere."""
    return next((step for step, fields in STEPS.items() if field in fields), FIRST)


def after(step: str) -> str:
    """The page that follows; the review follows the whole form."""
    return REVIEW if step not in STEPS else ORDER[ORDER.index(step) + 1]


def before(step: str) -> str:
    """The page that comes before; nothing comes before the first."""
    return ORDER[max(0, ORDER.index(step) - 1)] if step in ORDER else FIRST
