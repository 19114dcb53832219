"""Sums, and how far each fold has read."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from baqylau.figures.rules.spans import UNSIZED
from baqylau.kernel.figures import Span


class Bookmark(models.Model):
    """The last entry of the journal that a fold has read, and the definition it was read by."""

    fold = models.CharField(max_length=40, primary_key=True)
    version = models.PositiveSmallIntegerField()
    number = models.PositiveBigIntegerField(default=0)
    day = models.DateField(null=True)

    objects: ClassVar[models.Manager["Bookmark"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.fold} {self.version}: {self.number}"


class Tally(models.Model):
    """A sum: of a measure, over one period, for one value of one dimension.

    `dimension` "" is everything. `first_on` is the first day of the period; for all time it is the
    first day that there is. `size` is UNSIZED, or one bin of the measure's histogram.
    """

    measure = models.CharField(max_length=48)
    dimension = models.CharField(max_length=24, blank=True)
    span = models.CharField(max_length=8, choices=[(span.value, span.value) for span in Span])
    first_on = models.DateField()
    value = models.CharField(max_length=48, blank=True)
    size = models.SmallIntegerField(default=UNSIZED)
    amount = models.BigIntegerField()

    objects: ClassVar[models.Manager["Tally"]] = models.Manager()

    class Meta:
        """One row per sum; never negative. The order of the columns is the order of reading."""

        constraints = (
            models.UniqueConstraint(
                fields=["measure", "dimension", "span", "first_on", "value", "size"],
                name="figures_one_sum",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="figures_not_negative"),
            models.CheckConstraint(condition=Q(size__gte=UNSIZED), name="figures_size_known"),
        )
        indexes = (models.Index(fields=["measure"], name="figures_empty", condition=Q(amount=0)),)

    def __str__(self) -> str:
        return f"{self.measure} {self.span} {self.first_on} {self.dimension}={self.value}"
