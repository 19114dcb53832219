"""Calls to people: those that were promised, and the checks by another colleague."""

from django.db import models
from django.db.models import F, Q

from baqylau.reception.models.consultations import Consultation
from baqylau.reception.taxonomy import CallKind, Happened, Reached, Solved


class Call(models.Model):
    """A call that is due or was made.

    `not_by` is the key of whoever must not make it: a check is made by another than the adviser of
    the talk. `seed` is what the draw of a check can be repeated from.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=CallKind)
    due_on = models.DateField()
    person = models.CharField(max_length=64, blank=True)
    not_by = models.CharField(max_length=64, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True)
    called_by = models.CharField(max_length=64, blank=True)
    reached = models.CharField(max_length=9, choices=Reached, blank=True)
    solved = models.CharField(max_length=6, choices=Solved, blank=True)
    happened = models.CharField(max_length=6, choices=Happened, blank=True)

    class Meta:
        """A check once for a consultation, never by its adviser; answers belong to closed calls."""

        constraints = (
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(kind=CallKind.CHECK),
                name="reception_one_check",
            ),
            models.CheckConstraint(
                condition=Q(called_by="") | Q(not_by="") | ~Q(called_by=F("not_by")),
                name="reception_check_by_another",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, reached="", solved="", happened="")
                | (Q(closed_on__isnull=False) & ~Q(reached="")),
                name="reception_answers_of_a_made_call",
            ),
        )
        # Of open calls only: PostgreSQL takes no order from an index behind a column that is null.
        indexes = (
            models.Index(
                fields=["kind", "due_on", "id"],
                condition=Q(closed_on=None),
                name="reception_calls_due",
            ),
            models.Index(
                fields=["person", "kind", "due_on", "id"],
                condition=Q(closed_on=None),
                name="reception_calls_mine",
            ),
            models.Index(
                fields=["kind", "reached", "closed_on", "id"],
                condition=Q(closed_on__isnull=False),
                name="reception_calls_made",
            ),
            models.Index(
                fields=["not_by", "kind", "reached"],
                condition=Q(closed_on__isnull=False),
                name="reception_calls_about",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.consultation_id}"


class Draw(models.Model):
    """Which consultations of a day were drawn for a check: once for a day, never again.

    `day` is the day on which they were written down. `seed` follows from the journal's entry
    `entry`, which nobody knew while the day lasted.
    """

    day = models.DateField(unique=True)
    seed = models.CharField(max_length=64)
    entry = models.PositiveBigIntegerField()
    eligible = models.PositiveIntegerField()
    drawn = models.PositiveIntegerField()

    class Meta:
        """No more are drawn than could be."""

        constraints = (
            models.CheckConstraint(
                condition=Q(drawn__lte=F("eligible")), name="reception_drawn_of_the_eligible"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.drawn}/{self.eligible}"
