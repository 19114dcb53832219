"""Writing tests, giving them at events, and the tally of sheets filled in on paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require
from baqylau.outreach.access import HOLD, TESTS
from baqylau.outreach.models import (
    Event,
    Moment,
    OneTimeCode,
    Question,
    Quiz,
    Score,
    Sitting,
    Stage,
)
from baqylau.outreach.queries.events import holding
from baqylau.outreach.queries.quizzes import is_used, sitting_of
from baqylau.outreach.rules.testing import QUESTIONS

MOST_CHOICES = 6
LONGEST_CHOICE = 200
MOST_SHEETS = 5_000
"""Sheets of one moment: more people than a hall holds."""
LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was typed: texts and choices by language, and the right one's place."""

    texts: Mapping[str, str]
    choices: Mapping[str, Sequence[str]]
    right: int


def _faults(titles: Mapping[str, str], questions: Sequence[Asked]) -> Iterator[DomainError]:
    if not titles.get("kk", "").strip():
        yield DomainError(_("Fill this in."), code="empty", field="title_kk")
    for number, question in enumerate(questions, 1):
        yield from _question_faults(number, question)


def _question_faults(number: int, asked: Asked) -> Iterator[DomainError]:
    choices = list(asked.choices.get("kk", ()))
    if not asked.texts.get("kk", "").strip():
        yield DomainError(_("Fill this in."), code="empty", field=f"text_kk_{number}")
    if not 2 <= len(choices) <= MOST_CHOICES:
        yield DomainError(
            _("Give two to %(most)s answers, each on a line of its own."),
            code="choices",
            field=f"choices_kk_{number}",
            params={"most": MOST_CHOICES},
        )
    for code in LANGUAGES:
        rows = list(asked.choices.get(code, ()))
        if rows and len(rows) != len(choices):
            yield DomainError(
                _("As many answers as in Kazakh, in the same order."),
                code="choices",
                field=f"choices_{code}_{number}",
            )
        if any(len(row) > LONGEST_CHOICE for row in rows):
            yield DomainError(
                _("At most %(limit)s signs."),
                code="long",
                field=f"choices_{code}_{number}",
                params={"limit": LONGEST_CHOICE},
            )
    if choices and not 0 <= asked.right < len(choices):
        yield DomainError(
            _("Which answer is right? There are not so many."),
            code="right",
            field=f"right_{number}",
        )


def write_quiz(
    *,
    actor: Actor,
    titles: Mapping[str, str],
    questions: Sequence[Asked],
    quiz: Quiz | None = None,
) -> Quiz:
    """Add a test, or change one that no event has yet.

    Raises: NotAllowedError; RefusalsError; ConflictError for one that is in use.
    """
    require(actor, TESTS)
    if len(questions) != QUESTIONS:
        raise DomainError(_("A test has five questions."), code="five")
    refuse_all(list(_faults(titles, questions)))
    with transaction.atomic():
        row = Quiz.objects.select_for_update().get(pk=quiz.pk) if quiz else Quiz()
        if quiz and is_used(row):
            raise ConflictError(_("An event has this test already. Make a new one instead."))
        for code in LANGUAGES:
            setattr(row, f"title_{code}", titles.get(code, "").strip())
        row.save()
        Question.objects.filter(quiz=row).delete()
        Question.objects.bulk_create(
            _row(row, number, asked) for number, asked in enumerate(questions, 1)
        )
        append(
            action="outreach.test_written",
            actor=actor,
            subject=f"quiz:{row.code}",
            payload={"new": quiz is None},
        )
    return row


def _row(quiz: Quiz, number: int, asked: Asked) -> Question:
    fields: dict[str, object] = {}
    for code in LANGUAGES:
        fields[f"text_{code}"] = asked.texts.get(code, "").strip()
        fields[f"choices_{code}"] = list(asked.choices.get(code, ()))
    return Question(quiz=quiz, number=number, right=asked.right, **fields)


def end_quiz(*, actor: Actor, quiz: Quiz) -> None:
    """Give the test at no further event; those that have it keep it. Raises: NotAllowedError."""
    require(actor, TESTS)
    with transaction.atomic():
        if Quiz.objects.filter(pk=quiz.pk, until_on=None).update(until_on=clock.today()):
            append(action="outreach.test_ended", actor=actor, subject=f"quiz:{quiz.code}")


def give(*, actor: Actor, event: Event, quiz: Quiz) -> Sitting:
    """Test the event with the quiz; another one may be chosen while nothing was filled in.

    Raises: NotAllowedError; DomainError for an event that was cancelled, a quiz that is no longer
    given, or when sheets or codes are there already.
    """
    require(actor, HOLD, holding(event))
    with transaction.atomic():
        _open(event)
        if Quiz.objects.select_for_update().get(pk=quiz.pk).until_on is not None:
            raise DomainError(_("This test is no longer given."), code="ended", field="quiz")
        sitting = Sitting.objects.select_for_update().filter(event=event).first()
        if sitting and sitting.quiz_id != quiz.pk and _has_begun(sitting):
            raise ConflictError(
                _("Sheets or codes of this test are there already: it cannot be exchanged.")
            )
        sitting, _is_new = Sitting.objects.update_or_create(event=event, defaults={"quiz": quiz})
        append(
            action="outreach.test_given",
            actor=actor,
            subject=f"event:{event.code}",
            payload={"quiz": quiz.code},
        )
    return sitting


def _open(event: Event) -> None:
    if Event.objects.filter(pk=event.pk, stage=Stage.CANCELLED).exists():
        raise DomainError(_("The event was cancelled: there is nothing to test."), code="cancelled")


def _has_begun(sitting: Sitting) -> bool:
    scores = Score.objects.filter(sitting=sitting, count__gt=0)
    return scores.exists() or OneTimeCode.objects.filter(sitting=sitting).exists()


def tally(
    *, actor: Actor, event: Event, moment: str, counts: Sequence[int], today: date | None = None
) -> None:
    """Set how many paper sheets of the moment had none, one … five right answers.

    What was tallied before is replaced. Raises: NotAllowedError; DomainError for a day that has not
    come, a count below zero, more sheets than a hall holds, or an event without a test.
    """
    require(actor, HOLD, holding(event))
    if len(counts) != QUESTIONS + 1 or min(counts) < 0 or sum(counts) > MOST_SHEETS:
        raise DomainError(
            _("Sheets are counted from 0; all of them are at most %(most)s."),
            code="counts",
            params={"most": MOST_SHEETS},
        )
    if event.on > (today or clock.today()):
        raise DomainError(_("The event has not taken place yet."), code="early")
    with transaction.atomic():
        _open(event)
        sitting = sitting_of(event)
        if sitting is None:
            raise DomainError(_("Choose a test first."), code="no_test")
        for right, count in enumerate(counts):
            Score.objects.update_or_create(
                sitting=sitting,
                moment=Moment(moment),
                is_paper=True,
                right=right,
                defaults={"count": count},
            )
        append(
            action="outreach.test_tallied",
            actor=actor,
            subject=f"event:{event.code}",
            payload={"moment": str(moment), "sheets": [*counts]},
        )
