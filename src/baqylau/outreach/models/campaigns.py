"""Campaigns, their materials, and what was planned for them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from baqylau.files.models import StoredFile
from baqylau.institutions.models import Kind
from baqylau.kernel.codes import new_code
from baqylau.territories.models import Territory


class Campaign(models.Model):
    """A campaign in the half-open span [first_on, until_on), with its aim in one sentence."""

    code = models.SlugField(max_length=24, unique=True, default=new_code)
    name_kk = models.CharField(max_length=160)
    name_ru = models.CharField(max_length=160, blank=True)
    name_en = models.CharField(max_length=160, blank=True)
    aim_kk = models.TextField(blank=True)
    aim_ru = models.TextField(blank=True)
    aim_en = models.TextField(blank=True)
    first_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=50)
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Campaign"]] = models.Manager()

    class Meta:
        """It has a name and at least a day."""

        constraints = (
            models.CheckConstraint(condition=~Q(name_kk=""), name="outreach_campaign_named"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("first_on")),
                name="outreach_campaign_has_days",
            ),
        )

    def __str__(self) -> str:
        return self.name_kk


class CampaignMaterial(models.Model):
    """A leaflet, a poster, slides: public, to be printed and shown by anybody."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    name_kk = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects: ClassVar[models.Manager["CampaignMaterial"]] = models.Manager()

    def __str__(self) -> str:
        return self.name_kk


class Goal(models.Model):
    """How many institutions of a kind in a district a year's plan wants to reach.

    `campaign` empty: by any campaign; `kind` "": of any kind.
    """

    year = models.PositiveSmallIntegerField()
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    district = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind, blank=True)
    institutions = models.PositiveIntegerField()

    objects: ClassVar[models.Manager["Goal"]] = models.Manager()

    class Meta:
        """One number for each."""

        constraints = (
            models.UniqueConstraint(
                fields=["year", "campaign", "district", "kind"], name="outreach_goal_once"
            ),
            models.UniqueConstraint(
                fields=["year", "district", "kind"],
                condition=Q(campaign=None),
                name="outreach_goal_of_all_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.district_id} {self.kind} {self.institutions}"
