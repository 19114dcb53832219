"""Keys that are about to take another's place, and what is wrapped to them already.

Nothing that is in use changes until all is wrapped anew: then everything changes in one step. So a
change of key that was killed goes on where it was, or is dropped, and nobody is locked out.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class NextKey(models.Model):
    """A key pair that is to replace the living one; `holder` is "" for the recovery key.

    Of the recovery key only the public half is here: `made_by` led its ceremony, `agreed_by` is the
    officer who has compared the printed sheets with it ("" until then).
    """

    holder = models.CharField(primary_key=True, max_length=64, blank=True)
    public = models.CharField(max_length=80, unique=True)
    by_passphrase = models.BinaryField(null=True)
    by_code = models.BinaryField(null=True)
    code_kept_on = models.DateField(null=True)
    made_by = models.CharField(max_length=64)
    agreed_by = models.CharField(max_length=64, blank=True)
    begun_on = models.DateField()

    objects: ClassVar[models.Manager["NextKey"]] = models.Manager()

    class Meta:
        """A person's key has its lock; the recovery key has none, and is seen by four eyes."""

        constraints = (
            models.CheckConstraint(
                condition=Q(holder="", by_passphrase=None, by_code=None)
                | (~Q(holder="") & Q(by_passphrase__isnull=False, made_by=F("holder"))),
                name="reports_next_key_locked",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by="") | ~Q(agreed_by=F("made_by")),
                name="reports_recovery_four_eyes",
            ),
        )

    def __str__(self) -> str:
        return self.public[-6:]


class NextWrap(models.Model):
    """What will stand in a wrap when the key changes; empty where the old one could not open it."""

    key = models.ForeignKey(NextKey, on_delete=models.CASCADE, related_name="+")
    wrap = models.OneToOneField("reports.Wrap", on_delete=models.CASCADE, related_name="+")
    wrapped = models.BinaryField()

    objects: ClassVar[models.Manager["NextWrap"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.key_id}: {self.wrap_id}"
