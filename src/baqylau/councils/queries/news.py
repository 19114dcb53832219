"""What happened lately to recommendations, for those who follow."""

from collections.abc import Sequence
from dataclasses import dataclass

from baqylau.councils.models import Step
from baqylau.councils.queries.said import Said, said
from baqylau.councils.taxonomy import State, StepKind

FEED = 30
"""Steps in the feed."""


@dataclass(frozen=True, slots=True)
class Told:
    """A step as the feed tells it."""

    step: Step
    finding: str
    words: Said


def latest() -> Sequence[Told]:
    """The steps that were written down last and hold; two queries.

    What strikes a step was written after it: no older one is looked at.
    """
    rows = Step.objects.exclude(kind=StepKind.STRUCK).select_related("recommendation__institution")
    last = list(rows.order_by("-pk")[: 2 * FEED])
    oldest = last[-1].pk if last else 0
    struck = Step.objects.filter(kind=StepKind.STRUCK, pk__gt=oldest)
    gone = set(struck.values_list("recommendation_id", "target"))
    found = [row for row in last if (row.recommendation_id, row.number) not in gone]
    return [
        Told(row, str(State(row.finding).label) if row.finding else "", said(row, "text"))
        for row in found[:FEED]
    ]
