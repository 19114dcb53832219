"""Releases of open data: what was published once stays as it is."""

from typing import ClassVar

from django.db import models

from baqylau.files.models import StoredFile


class Release(models.Model):
    """A package that was published: its archive, and what vouches for it.

    `version` is year, quarter and edition. `content` is the digest of its data files alone, so that
    the same data is not released twice. `manifest` is release.json to the letter; `signature` (of
    the manifest) and `file_signature` (of the archive) are Ed25519 by `key`. `number` and `head`
    are the journal's last line at that moment. Digests, key and signatures are hex; `person` is
    the opaque key of who published it.
    """

    version = models.CharField(max_length=16, unique=True)
    published_at = models.DateTimeField()
    person = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    content = models.CharField(max_length=64)
    manifest = models.TextField()
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    file_signature = models.CharField(max_length=128)
    number = models.PositiveBigIntegerField()
    head = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["Release"]] = models.Manager()

    class Meta:
        """A version is three numbers."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(version__regex=r"^[12][0-9]{3}\.[0-4]\.[1-9][0-9]{0,3}$"),
                name="accountability_release_version",
            ),
        )

    def __str__(self) -> str:
        return self.version
