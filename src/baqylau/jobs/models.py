"""Leases of timed duties, and letters that wait for a mail server."""

from django.db import models
from django.db.models import F, Q


class Lease(models.Model):
    """One row per duty: who may run it until when, and how the last run ended.

    `last_error` holds the error's class only: its text could name a person.
    """

    code = models.CharField(max_length=64, primary_key=True)
    holder = models.CharField(max_length=64, blank=True)
    until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=200, blank=True)
    last_error = models.CharField(max_length=120, blank=True)
    failures = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.code


class Letter(models.Model):
    """A mail on its way; its content is dropped once it is sent or given up.

    After `until` its news are old, and it is given up.
    """

    class State(models.TextChoices):
        """Where the letter is."""

        WAITING = "waiting"
        SENT = "sent"
        GIVEN_UP = "given_up"

    to = models.EmailField(blank=True)
    message = models.BinaryField(default=b"")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)

    class Meta:
        """A closed letter keeps neither address nor content."""

        constraints = (
            models.CheckConstraint(
                name="jobs_letter_closed_is_empty",
                condition=Q(state="waiting", closed_at__isnull=True)
                | (~Q(state="waiting") & Q(to="", closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="jobs_letter_is_never_due_before_it_exists",
                condition=Q(next_at__gte=F("created_at")),
            ),
        )
        indexes = (models.Index(fields=["state", "next_at"], name="jobs_letter_due"),)

    def __str__(self) -> str:
        return f"letter {self.pk} {self.state}"
