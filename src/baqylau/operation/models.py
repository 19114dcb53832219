"""Which installation a database belongs to."""

from django.db import models


class Installation(models.Model):
    """The one row of each database that says what it is.

    `key` is the same in both databases of an installation. `version` is the newest version of the
    program that has prepared the database.
    """

    class Kind(models.TextChoices):
        """What the records are for."""

        TRAINING = "training"
        PRODUCTION = "production"

    key = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    created_at = models.DateTimeField()
    version = models.CharField(max_length=20)

    class Meta:
        """One row only."""

        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="operation_one_installation"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["training", "production"]),
                name="operation_installation_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
