"""Cases and their steps. No column holds a person's name, and none holds free text."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from baqylau.casework.taxonomy import (
    ContactKind,
    Evidence,
    Finding,
    Outcome,
    Paper,
    Procedure,
    Severity,
    Stage,
    StepKind,
    Urgency,
)
from baqylau.catalogue.models import PublicService
from baqylau.files.models import StoredFile
from baqylau.institutions.models import Institution, ServicePoint
from baqylau.territories.models import Territory


class YearNumber(models.Model):
    """The last number given in a year; whoever opens a case holds the row until it is written."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class CaseQuerySet(models.QuerySet["Case"]):
    """Which cases are meant."""

    def running(self) -> "CaseQuerySet":
        """Those that are not closed."""
        return self.exclude(stage=Stage.CLOSED)

    def overdue(self, today: date) -> "CaseQuerySet":
        """Those whose nearest term is over."""
        return self.filter(next_due_on__lt=today)


class Case(models.Model):
    """A case. What stands above the line is given once; below it all follows from the steps.

    `idempotency_key` is the opener's own: the same key opens no second case. `source` is the code
    of the room that opened it. `next_due_on` is the last day of the nearest running term, and
    `is_unsure` says that its way touches a year whose calendar may still change. Whether it is
    overdue is asked with today's date and never kept.
    """

    number = models.CharField(max_length=16, unique=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    idempotency_key = models.CharField(max_length=64, unique=True)
    source = models.CharField(max_length=24)
    kind = models.CharField(max_length=16, choices=ContactKind)
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.NORMAL)
    severity = models.PositiveSmallIntegerField(choices=Severity, default=Severity.SMALL)
    service = models.ForeignKey(
        PublicService, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    room = models.ForeignKey(
        ServicePoint, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    opened_on = models.DateField()

    steps = models.PositiveSmallIntegerField(default=0)
    body = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    person = models.CharField(max_length=64, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.OPEN)
    procedure = models.CharField(max_length=14, choices=Procedure, blank=True)
    next_due_on = models.DateField(null=True)
    is_unsure = models.BooleanField(default=False)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    closed_on = models.DateField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        """Numbers are given once; an outcome belongs to a closed case."""

        constraints = (
            models.UniqueConstraint(fields=["year", "serial"], name="casework_number_once"),
            models.CheckConstraint(condition=Q(serial__gte=1), name="casework_numbers_from_one"),
            models.CheckConstraint(
                condition=Q(severity__range=(1, 4)), name="casework_severity_of_four"
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.CLOSED, closed_on__isnull=False, next_due_on=None)
                & ~Q(outcome="")
                | ~Q(stage=Stage.CLOSED) & Q(closed_on=None, outcome=""),
                name="casework_outcome_of_a_closed_case",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="casework_closed_after_opened",
            ),
        )
        indexes = (
            models.Index(fields=["next_due_on", "id"], name="casework_by_due"),
            # All that is counted of those in which a body is late. Without a condition: SQLite
            # would not see that what is asked with parameters fulfils it.
            models.Index(
                fields=["stage", "next_due_on", "body", "territory", "kind", "service"],
                name="casework_owing",
            ),
            models.Index(fields=["person", "stage", "id"], name="casework_by_person"),
            models.Index(fields=["person", "next_due_on", "id"], name="casework_person_due"),
            models.Index(fields=["room", "stage", "id"], name="casework_by_room"),
            models.Index(fields=["room", "next_due_on", "id"], name="casework_room_due"),
            models.Index(fields=["stage", "next_due_on", "id"], name="casework_by_stage"),
            models.Index(fields=["territory", "next_due_on"], name="casework_by_place"),
            models.Index(fields=["serial"], name="casework_by_serial"),
            models.Index(fields=["opened_on", "id"], name="casework_opening"),
            # Without those that run: a database would look for "not closed" here, and sort them.
            models.Index(
                fields=["closed_on", "id"],
                condition=Q(closed_on__isnull=False),
                name="casework_closing",
            ),
            models.Index(
                fields=["opened_on", "id"], condition=Q(closed_on=None), name="casework_running"
            ),
            models.Index(fields=["person", "opened_on", "id"], name="casework_person_opening"),
            models.Index(fields=["service", "opened_on", "id"], name="casework_service_opening"),
            models.Index(fields=["body", "opened_on", "id"], name="casework_body_opening"),
            models.Index(fields=["room", "opened_on", "id"], name="casework_room_opening"),
            models.Index(fields=["territory", "opened_on", "id"], name="casework_place_opening"),
        )

    def __str__(self) -> str:
        return self.number


class Step(models.Model):
    """Something that happened to a case: written once, never changed, never removed.

    The columns are those of `rules.facts.Fact`; the journal holds the same step without the number
    of the letter, and `verify` compares the two.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=StepKind)
    on = models.DateField()
    procedure = models.CharField(max_length=14, choices=Procedure, blank=True)
    body = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, related_name="+")
    is_after_hours = models.BooleanField(default=False)
    until = models.DateField(null=True)
    due_on = models.DateField(null=True)
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    evidence = models.CharField(max_length=10, choices=Evidence, blank=True)
    person = models.CharField(max_length=64, blank=True)
    target = models.PositiveSmallIntegerField(null=True)
    reference = models.CharField(max_length=40, blank=True)
    actor = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    class Meta:
        """Steps of a case are numbered without gaps from one."""

        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="casework_step_number"),
            models.CheckConstraint(
                condition=Q(kind__in=StepKind.values), name="casework_step_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=StepKind.STRUCK, target__lt=F("number"))
                | ~Q(kind=StepKind.STRUCK) & Q(target=None),
                name="casework_strikes_an_earlier_step",
            ),
        )
        indexes = (
            models.Index(
                fields=["on", "id"], condition=Q(due_on__isnull=False), name="casework_terms"
            ),
            models.Index(
                fields=["body", "on", "id"],
                condition=Q(due_on__isnull=False),
                name="casework_terms_of_body",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.kind}"


class Attachment(models.Model):
    """A file of a step; once removed, its number stays and its content and key are gone.

    Numbers run without gaps in a case. The name that the file had is kept nowhere. `key` opens the
    content, `size` (bytes) is that of the file as it was added.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.BinaryField(max_length=32, blank=True)
    kind = models.CharField(max_length=8, choices=Paper)
    size = models.PositiveIntegerField()
    added_by = models.CharField(max_length=64)
    added_on = models.DateField()
    dropped_on = models.DateField(null=True)

    class Meta:
        """Files of a case are numbered from one; a content belongs to those that are there."""

        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="casework_file_number"),
            models.CheckConstraint(
                condition=Q(file=None, dropped_on__isnull=False)
                | Q(file__isnull=False, dropped_on=None),
                name="casework_file_there_or_dropped",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.number} {self.kind}"
