"""What holders of keys have said of each other's, after they compared the digits by voice."""

from typing import ClassVar

from django.db import models


class KeyCheck(models.Model):
    """Somebody has compared the fingerprint of `public`, a key of somebody else.

    `by` is who says so, `office` as what they hold their own key.
    """

    public = models.CharField(max_length=80, db_index=True)
    by = models.CharField(max_length=64)
    office = models.CharField(max_length=9)
    is_same = models.BooleanField()
    on = models.DateField()

    objects: ClassVar[models.Manager["KeyCheck"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.public[-6:]} {self.is_same}"
