"""Labels that the two counters have not followed yet."""

from typing import ClassVar

from django.db import models


class Uncounted(models.Model):
    """What one label moves, sealed until many are counted together.

    `id` is drawn, so that it tells no order; `month` is the first day of the month in which the
    label was given, which the sealed journal tells anyway.
    """

    id = models.CharField(primary_key=True, max_length=32)
    month = models.DateField()
    sealed = models.BinaryField()

    objects: ClassVar[models.Manager["Uncounted"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
