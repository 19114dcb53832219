"""Whom events reached, as coverage reads it: written in the transaction that changes an event."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from baqylau.institutions.models import Institution
from baqylau.outreach.models.campaigns import Campaign
from baqylau.outreach.models.events import Event


class Scope(models.TextChoices):
    """Over what an institution is counted once."""

    MONTH = "m", "month"
    QUARTER = "q", "quarter"
    YEAR = "y", "year"
    ALL = "a", "all"


class Counted(models.Model):
    """What of an event counts now; there is none for one that was not held.

    `told`: day, kind, district, campaign (code or ""), people, and `institutions`, a list of ids.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    told = models.JSONField()

    objects: ClassVar[models.Manager["Counted"]] = models.Manager()

    def __str__(self) -> str:
        return str(self.event_id)


class Reached(models.Model):
    """That an institution was reached in a scope, by any campaign (None) or by one.

    `first_on` is the first day of the month, quarter or year, 1 January 2000 for all time. `events`
    counts what was held there. `kind` and `district` are the institution's when it was counted
    first: figures take back what they gave.
    """

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=1, choices=Scope)
    first_on = models.DateField()
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=16)
    district = models.CharField(max_length=9)
    events = models.PositiveIntegerField()

    objects: ClassVar[models.Manager["Reached"]] = models.Manager()

    class Meta:
        """One row for each; none that counts nothing."""

        constraints = (
            models.UniqueConstraint(
                fields=["institution", "scope", "first_on", "campaign"],
                name="outreach_reached_once",
            ),
            models.UniqueConstraint(
                fields=["institution", "scope", "first_on"],
                condition=Q(campaign=None),
                name="outreach_reached_by_any_once",
            ),
            models.CheckConstraint(condition=Q(events__gt=0), name="outreach_reached_by_an_event"),
        )
        indexes = (
            models.Index(
                fields=["scope", "first_on", "campaign", "institution"],
                name="outreach_reached_in_scope",
            ),
        )

    def __str__(self) -> str:
        return f"{self.institution_id} {self.scope} {self.first_on}"
