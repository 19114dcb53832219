"""Breaches of the security of people's data."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Happened(models.TextChoices):
    """What happened to the data."""

    LOST = "lost", _("A device or a paper was lost or stolen")
    SENT = "sent", _("Something was sent or shown to the wrong person")
    BROKEN_INTO = "broken_into", _("Somebody got into an account or a machine")
    PUBLISHED = "published", _("Something became public that should not have")
    GONE = "gone", _("Data was lost or damaged and cannot be brought back")
    OTHER = "other", _("Something else")


class Whose(models.TextChoices):
    """Whose data it was."""

    VISITORS = "visitors", _("visitors of the reception")
    REPORTERS = "reporters", _("people who sent a sealed report")
    STAFF = "staff", _("colleagues")
    SEVERAL = "several", _("several of these")
    UNKNOWN = "unknown", _("not known yet")


class Outcome(models.TextChoices):
    """How it ended."""

    OPEN = "", _("still open")
    SETTLED = "settled", _("mended, and everybody who must know was told")
    NO_BREACH = "no_breach", _("it turned out that no data was touched")


class Breach(models.Model):
    """A breach, told without names: when it was detected, and when the authority was told of it.

    `people` is how many are concerned, as far as is known. `edition` counts changes, so that two
    people do not overwrite each other.
    """

    detected_on = models.DateField()
    happened = models.CharField(max_length=12, choices=Happened)
    whose = models.CharField(max_length=12, choices=Whose)
    people = models.PositiveIntegerField(null=True)
    story = models.TextField()
    measures = models.TextField(blank=True)
    told_on = models.DateField(null=True)
    told_by = models.CharField(max_length=64, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    people_told_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    closed_on = models.DateField(null=True)
    closed_by = models.CharField(max_length=64, blank=True)
    noted_by = models.CharField(max_length=64)
    noted_at = models.DateTimeField()
    edition = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Breach"]] = models.Manager()

    class Meta:
        """Told as a whole and not before it was detected; closed with an outcome, once told."""

        constraints = (
            models.CheckConstraint(
                condition=Q(told_on=None, told_by="")
                | Q(told_on__gte=F("detected_on")) & ~Q(told_by=""),
                name="breaches_told_whole",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by="", outcome="")
                | Q(closed_on__gte=F("detected_on")) & ~Q(closed_by="") & ~Q(outcome=""),
                name="breaches_closed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="settled") | Q(told_on__isnull=False),
                name="breaches_settled_when_told",
            ),
        )
        indexes = (models.Index(fields=["closed_on", "detected_on"], name="breaches_open"),)

    def __str__(self) -> str:
        return f"{self.pk}"
