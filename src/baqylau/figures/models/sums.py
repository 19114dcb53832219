"""Sums, and how far each fold has read."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

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


class _Sum(models.Model):
    """A sum: of a measure, over one period, for one value of one dimension.

    `dimension` "" is everything. `first_on` is the first day of the period; for all time it is the
    first day that there is.
    """

    measure = models.CharField(max_length=48)
    dimension = models.CharField(max_length=24, blank=True)
    span = models.CharField(max_length=8, choices=[(span.value, span.value) for span in Span])
    first_on = models.DateField()
    value = models.CharField(max_length=48, blank=True)
    amount = models.BigIntegerField()

    class Meta:
        """No table of its own."""

        abstract = True

    def __str__(self) -> str:
        return f"{self.measure} {self.span} {self.first_on} {self.dimension}={self.value}"


class Tally(_Sum):
    """How many, whatever their size."""

    objects: ClassVar[models.Manager["Tally"]] = models.Manager()

    class Meta:
        """One row per sum; never negative. The order of the columns is the order of reading."""

        constraints = (
            models.UniqueConstraint(
                fields=["measure", "dimension", "span", "first_on", "value"],
                name="figures_one_tally",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="figures_tally_not_negative"),
        )
        indexes = (
            models.Index(fields=["measure"], name="figures_no_tally", condition=Q(amount=0)),
        )


class Bin(_Sum):
    """How many of one size: a column of a histogram. Kept apart, so that counts stay close."""

    size = models.PositiveSmallIntegerField()

    objects: ClassVar[models.Manager["Bin"]] = models.Manager()

    class Meta:
        """As a tally."""

        constraints = (
            models.UniqueConstraint(
                fields=["measure", "dimension", "span", "first_on", "value", "size"],
                name="figures_one_bin",
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="figures_bin_not_negative"),
        )
        indexes = (models.Index(fields=["measure"], name="figures_no_bin", condition=Q(amount=0)),)
