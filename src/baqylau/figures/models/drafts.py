"""What closing a period would publish, counted ahead so that somebody can look at it."""

from typing import ClassVar

from django.db import models


class Draft(models.Model):
    """The cells that would be published; gone when the period is closed.

    `number` is the journal's last entry that was counted. `basis` says what they were counted from
    and `digest` what they are (hex): a closing publishes this, or nothing.
    """

    span = models.CharField(max_length=8)
    first_on = models.DateField()
    made_at = models.DateTimeField()
    number = models.PositiveBigIntegerField()
    basis = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    cells = models.JSONField()

    objects: ClassVar[models.Manager["Draft"]] = models.Manager()

    class Meta:
        """One for each period."""

        constraints = (
            models.UniqueConstraint(fields=["span", "first_on"], name="figures_one_draft"),
        )

    def __str__(self) -> str:
        return f"{self.span} {self.first_on}"
