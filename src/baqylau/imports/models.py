"""One table that somebody brought, until it is applied or forgotten."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """What tells one run from another and lets it be applied only once: 128 random bits, hex."""
    return secrets.token_hex(16)


class State(models.TextChoices):
    """How far a run is."""

    WAITING = "waiting", _("not yet read")
    READY = "ready", _("read, nothing written yet")
    REFUSED = "refused", _("cannot be read")
    APPLIED = "applied", _("written")


class Run(models.Model):
    """A file on its way in. `content` is emptied when it has been applied, or after a day.

    `report` is what the person is shown; `digest` (SHA-256, hex) is of what would change, so
    that only what was shown can be applied. `written` counts rows.
    """

    token = models.CharField(max_length=32, unique=True, default=new_token)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    actor = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    content = models.BinaryField(default=bytes)
    report = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    written = models.PositiveIntegerField(default=0)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A run that was applied says when."""

        constraints = (
            models.CheckConstraint(
                condition=models.Q(state=State.APPLIED, applied_at__isnull=False)
                | (~models.Q(state=State.APPLIED) & models.Q(applied_at__isnull=True)),
                name="imports_applied_has_a_moment",
            ),
        )
        indexes = (models.Index(fields=["kind", "-made_at"], name="imports_by_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
