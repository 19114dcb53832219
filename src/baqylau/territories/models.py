"""Units of the national classifier of territories."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How large a unit is."""

    OBLAST = "oblast", _("oblast")
    CITY = "city", _("city")
    DISTRICT = "district", _("district")
    RURAL = "rural", _("rural okrug")
    SETTLEMENT = "settlement", _("settlement")


class TerritoryQuerySet(models.QuerySet["Territory"]):
    """Which units are meant."""

    def on(self, day: date) -> "TerritoryQuerySet":
        """Those that exist on the day."""
        return self.filter(
            Q(first_on=None) | Q(first_on__lte=day), Q(until_on=None) | Q(until_on__gt=day)
        )

    def tiles(self) -> "TerritoryQuerySet":
        """Those that have a place on the tile map."""
        return self.exclude(column=None)


class Territory(models.Model):
    """A unit. `name_*` is what people say, `full_*` carries the word for its level.

    `sort_*` orders names by their own alphabet. `column` and `row` are the place on the tile map,
    from the north-west. The unit exists in the half-open span [first_on, until_on).
    """

    kato = models.CharField(max_length=9, primary_key=True)
    level = models.CharField(max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name_kk = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    full_kk = models.CharField(max_length=140)
    full_ru = models.CharField(max_length=140)
    full_en = models.CharField(max_length=140)
    sort_kk = models.CharField(max_length=400)
    sort_ru = models.CharField(max_length=400)
    sort_en = models.CharField(max_length=400)
    column = models.PositiveSmallIntegerField(null=True, blank=True)
    row = models.PositiveSmallIntegerField(null=True, blank=True)
    first_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        """Spans have days in them; a tile has a whole place that is its own."""

        constraints = (
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(first_on=None) | Q(until_on__gt=F("first_on")),
                name="territories_span_has_days",
            ),
            models.CheckConstraint(
                condition=Q(column=None, row=None) | Q(column__isnull=False, row__isnull=False),
                name="territories_tile_has_both",
            ),
            models.UniqueConstraint(
                fields=["column", "row"],
                condition=Q(until_on=None),
                name="territories_one_unit_a_tile",
            ),
            models.CheckConstraint(
                condition=Q(kato__regex=r"^\d{9}$"), name="territories_kato_is_nine_digits"
            ),
        )

    def __str__(self) -> str:
        return self.name_kk
