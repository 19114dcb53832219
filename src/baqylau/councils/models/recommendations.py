"""Recommendations, and the steps from which their state follows."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from baqylau.councils.models.councils import Council
from baqylau.councils.models.documents import FinalDocument
from baqylau.councils.models.meetings import AgendaItem
from baqylau.councils.taxonomy import Origin, State, StepKind
from baqylau.files.models import StoredFile
from baqylau.institutions.models import Institution
from baqylau.kernel.codes import new_code
from baqylau.territories.models import Territory


class Recommendation(models.Model):
    """A recommendation. What stands above the line is given once; below it follows from the steps.

    `number` is public ("2026-12.3": the third of the document 2026-12), None until the document is
    signed. `owner` is the colleague who looks after it. `source` names where it came from in public
    words: a figure's code and period, a case's number, a meeting's code; never a report. `due_on`
    is the last day of the running term: the law's for an answer, the body's own for a promise.
    `was_in_time` is None until the term has ended, by an answer or by silence that was noted.
    `found` is what the last check on the spot came to.
    """

    code = models.CharField(max_length=8, unique=True, default=new_code)
    document = models.ForeignKey(
        FinalDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.CharField(max_length=32, unique=True, null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=1)
    text_kk = models.TextField()
    text_ru = models.TextField(blank=True)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    origin = models.CharField(max_length=10, choices=Origin)
    source = models.CharField(max_length=80, blank=True)
    owner = models.CharField(max_length=64, blank=True)
    written_on = models.DateField()

    steps = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.WRITTEN)
    received_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    is_unsure = models.BooleanField(default=False)
    answered_on = models.DateField(null=True, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=10, blank=True)
    was_in_time = models.BooleanField(null=True, blank=True)
    executed_on = models.DateField(null=True, blank=True)
    found = models.CharField(max_length=10, blank=True)
    is_imported = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Recommendation"]] = models.Manager()

    class Meta:
        """It says something, and lists read it by body, district, state and term."""

        constraints = (
            models.CheckConstraint(condition=~Q(text_kk=""), name="councils_recommends_something"),
            models.CheckConstraint(
                condition=Q(steps=0) | Q(number__isnull=False), name="councils_sent_is_numbered"
            ),
        )
        indexes = (
            models.Index(fields=["written_on", "id"], name="councils_rec_newest"),
            models.Index(fields=["state", "written_on", "id"], name="councils_rec_state"),
            models.Index(fields=["institution", "written_on", "id"], name="councils_rec_body"),
            models.Index(fields=["territory", "written_on", "id"], name="councils_rec_place"),
            models.Index(fields=["council", "written_on", "id"], name="councils_rec_council"),
            models.Index(fields=["due_on", "id"], name="councils_rec_due"),
            models.Index(fields=["owner", "due_on", "id"], name="councils_rec_owner"),
            models.Index(
                fields=["source", "id"], condition=~Q(source=""), name="councils_rec_source"
            ),
        )

    def __str__(self) -> str:
        return self.number or self.code


class Step(models.Model):
    """Something that happened to a recommendation: written once, never changed, never removed.

    `finding` is the answer (accepted, partly, refused), or what a check found (confirmed,
    disputed). `until_on` is the day that was promised, or that of the hearing. A struck step names
    its `target`. `text_*` are public. `file` is the letter as it came, sealed under `file_key` and
    seen at the desk alone; `picture` is public, without metadata. `role` is what somebody is in the
    programme who checked on the spot.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=StepKind)
    on = models.DateField()
    finding = models.CharField(max_length=10, blank=True)
    until_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    target = models.PositiveSmallIntegerField(null=True, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    text_kk = models.TextField(blank=True)
    text_ru = models.TextField(blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_key = models.BinaryField(max_length=32, blank=True)
    file_kind = models.CharField(max_length=8, blank=True)
    picture = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    picture_alt = models.CharField(max_length=300, blank=True)
    picture_width = models.PositiveSmallIntegerField(default=0)
    picture_height = models.PositiveSmallIntegerField(default=0)
    role = models.CharField(max_length=16, blank=True)
    actor = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Step"]] = models.Manager()

    class Meta:
        """Steps of a recommendation are numbered without gaps from one."""

        constraints = (
            models.UniqueConstraint(
                fields=["recommendation", "number"], name="councils_step_number"
            ),
            models.CheckConstraint(
                condition=Q(kind="struck", target__lt=F("number"))
                | ~Q(kind="struck") & Q(target=None),
                name="councils_strikes_an_earlier_step",
            ),
        )

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.number} {self.kind}"
