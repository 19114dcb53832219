"""What belongs to an adviser's desk: drafts, slips printed in advance, calendar links, guesses."""

from django.db import models
from django.db.models import F, Q

from baqylau.institutions.models import ServicePoint
from baqylau.reception.rules.numbers import consultation_number


class Draft(models.Model):
    """What an adviser has typed so far, sealed, for its author alone.

    `token` is the idempotency key of the consultation that it becomes.
    """

    token = models.CharField(max_length=64, unique=True)
    owner = models.CharField(max_length=64)
    sealed = models.BinaryField()
    updated_at = models.DateTimeField()

    class Meta:
        """Found by owner, the newest first."""

        indexes = (models.Index(fields=["owner", "-updated_at"], name="reception_drafts_of"),)

    def __str__(self) -> str:
        return self.token


class PrintedSlip(models.Model):
    """A number given away on paper before the talk; a consultation takes it over later.

    `batch` is the key of the form that had it printed: the same batch is printed again, never
    twice anew.
    """

    batch = models.CharField(max_length=64, db_index=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    room = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="+")
    printed_on = models.DateField()
    printed_by = models.CharField(max_length=64)

    class Meta:
        """A number is printed once."""

        constraints = (
            models.UniqueConstraint(fields=["year", "serial"], name="reception_slip_once"),
        )

    def __str__(self) -> str:
        return consultation_number(self.year, self.serial)


class Feed(models.Model):
    """A colleague's secret calendar address; only its hash is kept."""

    owner = models.CharField(max_length=64)
    mark = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """One in force for a person."""

        constraints = (
            models.UniqueConstraint(
                fields=["owner"], condition=Q(revoked_at=None), name="reception_one_feed"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("created_at")),
                name="reception_feed_revoked_after_made",
            ),
        )

    def __str__(self) -> str:
        return f"{self.owner} {self.created_at}"


class Digest(models.Model):
    """Whether a colleague wants the daily letter about their work, and when the last one left."""

    owner = models.CharField(max_length=64, primary_key=True)
    is_wanted = models.BooleanField(default=True)
    sent_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.owner} {self.sent_on}"


class Guess(models.Model):
    """Wrong codes typed for one number, real or not; `mark` is a keyed hash of the number."""

    mark = models.CharField(max_length=64, primary_key=True)
    wrong = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.wrong}"
