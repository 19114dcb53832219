"""Final documents and letters of the organisation, and whom they reached."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from baqylau.councils.models.councils import Council
from baqylau.councils.taxonomy import ControlForm, DocumentKind
from baqylau.institutions.models import Institution
from baqylau.kernel.codes import new_code


class YearNumber(models.Model):
    """The last number given in a year for a kind; whoever takes one holds the row until then."""

    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    last = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["YearNumber"]] = models.Manager()

    class Meta:
        """One row of each."""

        constraints = (
            models.UniqueConstraint(fields=["year", "kind"], name="councils_numbers_once"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.kind} {self.last}"


class FinalDocument(models.Model):
    """A document with recommendations: a draft until it is signed, then numbered and frozen.

    Fields as article 13 of the Law on Public Control No 30-VIII wants them: when and where the
    control took place, its tasks, subjects and form, and the facts. The term for sending runs from
    `completed_on`. `signer` is the name that stands under it. It is public from `published_on`,
    without that name.
    """

    code = models.CharField(max_length=8, unique=True, default=new_code)
    kind = models.CharField(max_length=8, choices=DocumentKind)
    number = models.CharField(max_length=24, blank=True)
    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title_kk = models.CharField(max_length=300)
    title_ru = models.CharField(max_length=300, blank=True)
    first_on = models.DateField()
    completed_on = models.DateField()
    place_kk = models.CharField(max_length=300, blank=True)
    place_ru = models.CharField(max_length=300, blank=True)
    tasks_kk = models.TextField(blank=True)
    tasks_ru = models.TextField(blank=True)
    subjects_kk = models.TextField(blank=True)
    subjects_ru = models.TextField(blank=True)
    form = models.CharField(max_length=12, blank=True, choices=ControlForm)
    facts_kk = models.TextField(blank=True)
    facts_ru = models.TextField(blank=True)
    signer = models.CharField(max_length=160, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signed_by = models.CharField(max_length=64, blank=True)
    published_on = models.DateField(null=True, blank=True)
    author = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["FinalDocument"]] = models.Manager()

    class Meta:
        """Signed and numbered go together; numbers are given once."""

        constraints = (
            models.CheckConstraint(
                condition=Q(signed_on=None, number="", signed_by="")
                | Q(signed_on__isnull=False) & ~Q(number="") & ~Q(signed_by=""),
                name="councils_document_signed_whole",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="councils_document_number"
            ),
            models.CheckConstraint(condition=~Q(title_kk=""), name="councils_document_titled"),
            models.CheckConstraint(
                condition=Q(published_on=None) | Q(signed_on__isnull=False),
                name="councils_published_was_signed",
            ),
        )
        indexes = (
            models.Index(fields=["completed_on", "id"], name="councils_documents"),
            models.Index(
                fields=["completed_on", "id"],
                condition=Q(signed_on=None),
                name="councils_unsigned",
            ),
        )

    def __str__(self) -> str:
        return self.number or self.code


class Delivery(models.Model):
    """That a document went to a body, when it arrived, and under which number it is kept there."""

    document = models.ForeignKey(FinalDocument, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=40, blank=True)

    objects: ClassVar[models.Manager["Delivery"]] = models.Manager()

    class Meta:
        """Once to each body; what arrived was sent."""

        constraints = (
            models.UniqueConstraint(
                fields=["document", "institution"], name="councils_delivered_once"
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(sent_on__isnull=False),
                name="councils_received_was_sent",
            ),
        )
        indexes = (models.Index(fields=["id"], condition=Q(sent_on=None), name="councils_unsent"),)

    def __str__(self) -> str:
        return f"{self.document_id} {self.institution_id}"
