"""One row per thing that happened; rows are never changed and never deleted."""

from django.db import models


class Entry(models.Model):
    """A link of the chain.

    `number` runs from 1 without gaps; `digest` is the SHA-256 (hex) over this row's content and
    the previous digest. `payload` holds codes, dates, numbers and opaque keys only, so that
    erasing a person never touches the chain.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)
    action = models.CharField(max_length=64)
    actor = models.CharField(max_length=64)
    subject = models.CharField(max_length=96)
    payload = models.TextField()
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        """An index for "what happened to this"."""

        indexes = (models.Index(fields=["subject", "number"], name="journal_by_subject"),)

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"
