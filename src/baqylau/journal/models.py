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
    digest = models.CharField(max_length=64)

    class Meta:
        """An index for "what happened to this"."""

        indexes = (models.Index(fields=["subject", "number"], name="journal_by_subject"),)

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"


class Head(models.Model):
    """The last entry of a chain on a day, signed; heads of both chains stand in `default`.

    `number` is None for the sealed chain, whose length is not published. `digest`, `key` and
    `signature` are hex.
    """

    class Chain(models.TextChoices):
        """Which of the two chains."""

        DEFAULT = "default"
        SEALED = "sealed"

    chain = models.CharField(max_length=8, choices=Chain.choices)
    signed_on = models.DateField()
    number = models.PositiveBigIntegerField(null=True)
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        """One head a day for each chain; only the sealed one hides its number."""

        constraints = (
            models.UniqueConstraint(fields=["chain", "signed_on"], name="journal_head_daily"),
            models.CheckConstraint(
                condition=models.Q(chain="default", number__gte=1)
                | models.Q(chain="sealed", number__isnull=True),
                name="journal_head_numbered",
            ),
        )

    def __str__(self) -> str:
        return f"{self.chain} {self.signed_on}"
