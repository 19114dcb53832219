"""What asks a person to look at an event. Nothing is concluded by the program."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baqylau.outreach.models.events import Event


class DoubtKind(models.TextChoices):
    """Why somebody should look."""

    SAME_PICTURE = "same_picture", _("the same picture at two events")
    LIKE_PICTURE = "like_picture", _("a picture much like one of another event")
    TWO_PLACES = "two_places", _("one speaker at two places at a time")
    ROUND = "round", _("headcounts that are too round")
    TOO_MANY = "too_many", _("more people than the institution has")
    LATE = "late", _("written down long after")


class Verdict(models.TextChoices):
    """What somebody found who looked."""

    FINE = "fine", _("explained")
    MENDED = "mended", _("mended")
    FALSE = "false", _("the event did not take place as written")


class Doubt(models.Model):
    """A doubt about an event, raised once for its kind and the `other` event.

    `facts` are the numbers and days that raised it, by their code (rules/doubts.py).
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(
        Event, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=14, choices=DoubtKind)
    raised_on = models.DateField()
    facts = models.JSONField(default=dict)
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    note = models.CharField(max_length=500, blank=True)
    looked_by = models.CharField(max_length=64, blank=True)
    looked_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["Doubt"]] = models.Manager()

    class Meta:
        """Once; a verdict has its day and its reader."""

        constraints = (
            models.UniqueConstraint(fields=["event", "kind", "other"], name="outreach_doubt_once"),
            models.UniqueConstraint(
                fields=["event", "kind"],
                condition=Q(other=None),
                name="outreach_doubt_alone_once",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", looked_on=None, looked_by="")
                | ~Q(verdict="") & Q(looked_on__isnull=False) & ~Q(looked_by=""),
                name="outreach_looked_whole",
            ),
        )
        indexes = (models.Index(fields=["verdict", "id"], name="outreach_doubts_open"),)

    def __str__(self) -> str:
        return f"{self.event_id} {self.kind}"
