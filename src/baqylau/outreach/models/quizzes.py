"""Five questions before and after an event, by paper tally or by one-time code.

Nobody's answers are kept together: a sheet becomes one score in a counter, and the code that opened
it is only marked as used.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.codes import new_code
from baqylau.outreach.models.events import Event
from baqylau.outreach.rules.testing import QUESTIONS


class Quiz(models.Model):
    """A test of five questions; once it was used it is not changed, a new one is made."""

    code = models.CharField(max_length=8, unique=True, default=new_code)
    title_kk = models.CharField(max_length=200)
    title_ru = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    until_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["Quiz"]] = models.Manager()

    def __str__(self) -> str:
        return self.title_kk


class Question(models.Model):
    """A question with its choices (lists of texts, the same length in each language).

    `right` is the place of the right choice, from 0.
    """

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    text_kk = models.CharField(max_length=300)
    text_ru = models.CharField(max_length=300, blank=True)
    text_en = models.CharField(max_length=300, blank=True)
    choices_kk = models.JSONField()
    choices_ru = models.JSONField(default=list)
    choices_en = models.JSONField(default=list)
    right = models.PositiveSmallIntegerField()

    objects: ClassVar[models.Manager["Question"]] = models.Manager()

    class Meta:
        """Five, numbered from one."""

        constraints = (
            models.UniqueConstraint(fields=["quiz", "number"], name="outreach_question_number"),
            models.CheckConstraint(
                condition=Q(number__range=(1, QUESTIONS)), name="outreach_five_questions"
            ),
        )

    def __str__(self) -> str:
        return self.text_kk


class Moment(models.TextChoices):
    """When it was asked."""

    BEFORE = "before", _("before")
    AFTER = "after", _("after")


class Sitting(models.Model):
    """That an event is tested with a quiz."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Sitting"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.event_id} {self.quiz_id}"


class Score(models.Model):
    """How many sheets had so many right answers at a moment, by paper or by code."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=6, choices=Moment)
    is_paper = models.BooleanField()
    right = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Score"]] = models.Manager()

    class Meta:
        """One counter of each; at most five are right."""

        constraints = (
            models.UniqueConstraint(
                fields=["sitting", "moment", "is_paper", "right"], name="outreach_score_once"
            ),
            models.CheckConstraint(
                condition=Q(right__lte=QUESTIONS), name="outreach_at_most_five_right"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.moment} {self.right} {self.count}"


class OneTimeCode(models.Model):
    """A code that opens the test once at one moment; only its digest is kept."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=6, choices=Moment)
    digest = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["OneTimeCode"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.moment}"
