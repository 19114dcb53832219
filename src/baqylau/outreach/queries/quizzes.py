"""Tests of five questions, and the events that they are given at."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from baqylau.outreach.models import (
    Event,
    Moment,
    OneTimeCode,
    Question,
    Quiz,
    Score,
    Sitting,
)
from baqylau.outreach.queries.unknown import UnknownError
from baqylau.outreach.rules.testing import QUESTIONS


def listing() -> "QuerySet[Quiz]":
    """All tests, those in use first; the newest first."""
    return Quiz.objects.order_by("until_on", "-pk")


def quiz(code: str) -> Quiz:
    """The test. Raises: UnknownError."""
    found = Quiz.objects.filter(code=code).first()
    if found is None:
        raise UnknownError(_("There is no such test."))
    return found


def questions_of(found: Quiz) -> list[Question]:
    """Its five questions in their order."""
    return list(Question.objects.filter(quiz=found).order_by("number"))


def is_used(found: Quiz) -> bool:
    """Whether an event has it: then it stays as it is."""
    return Sitting.objects.filter(quiz=found).exists()


def to_choose() -> list[Quiz]:
    """The tests that may be given at an event."""
    return list(Quiz.objects.filter(until_on=None).order_by("-pk"))


def sitting_of(found: Event) -> Sitting | None:
    """How the event is tested; None when it is not."""
    return Sitting.objects.filter(event=found).select_related("quiz").first()


@dataclass(frozen=True, slots=True)
class Tally:
    """The sheets of a moment: on paper and by code, by right answers; codes given out and used."""

    moment: str
    paper: tuple[int, ...]
    online: tuple[int, ...]
    codes: int
    used: int

    @property
    def label(self) -> str:
        """Before or after."""
        return str(Moment(self.moment).label)

    @property
    def all(self) -> int:
        """All sheets."""
        return sum(self.paper) + sum(self.online)


def tallies_of(sitting: Sitting) -> list[Tally]:
    """Before and after."""
    scores = {
        (row.moment, row.is_paper, row.right): row.count
        for row in Score.objects.filter(sitting=sitting)
    }
    rows = OneTimeCode.objects.filter(sitting=sitting).order_by().values_list("moment")
    codes = {
        moment: (every, used)
        for moment, every, used in rows.annotate(
            every=Count("id"), used=Count("id", filter=Q(is_used=True))
        )
    }
    return [
        Tally(
            moment,
            _row(scores, moment, is_paper=True),
            _row(scores, moment, is_paper=False),
            *codes.get(moment, (0, 0)),
        )
        for moment in Moment.values
    ]


def _row(
    scores: dict[tuple[str, bool, int], int], moment: str, *, is_paper: bool
) -> tuple[int, ...]:
    return tuple(scores.get((moment, is_paper, right), 0) for right in range(QUESTIONS + 1))
