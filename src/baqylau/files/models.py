"""What is known about a stored content."""

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """One content, however many records show it; they hold a foreign key down to it.

    `digest` is the SHA-256 (hex) of the bytes as they lie on disk.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=80)
    created_at = models.DateTimeField()

    class Meta:
        """A digest is 64 hexadecimal characters: it becomes a path."""

        constraints = (
            models.CheckConstraint(
                name="files_digest_is_hexadecimal", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
        )

    def __str__(self) -> str:
        return self.digest
