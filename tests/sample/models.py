"""What the sample owes: open deadlines, recomputed when rules or calendar change."""

from typing import ClassVar

from django.db import models


class Promise(models.Model):
    """An open deadline by a rule of law."""

    reference = models.CharField(max_length=40)
    rule = models.CharField(max_length=63)
    start_on = models.DateField()
    due_on = models.DateField()

    objects: ClassVar[models.Manager["Promise"]] = models.Manager()

    def __str__(self) -> str:
        return self.reference
