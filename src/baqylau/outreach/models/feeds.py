"""Secret addresses at which one's own calendar program reads one's events."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Feed(models.Model):
    """A calendar address of a colleague; only the digest (SHA-256, hex) of its secret is kept."""

    owner = models.CharField(max_length=64)
    mark = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Feed"]] = models.Manager()

    class Meta:
        """One in force for each."""

        constraints = (
            models.UniqueConstraint(
                fields=["owner"], condition=Q(revoked_at=None), name="outreach_feed_in_force_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.owner} {self.created_at:%Y-%m-%d}"
