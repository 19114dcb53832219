"""Personal letters, to whom they go, and what people agreed to pass on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from baqylau.casework.models import Case
from baqylau.casework.taxonomy import Procedure
from baqylau.catalogue.models import PublicService
from baqylau.contacts.models import new_key
from baqylau.institutions.models import Dated, Institution, span_has_days
from baqylau.reception.models.consultations import Consultation
from baqylau.reception.taxonomy import LetterState
from baqylau.territories.models import Territory


class Addressee(Dated):
    """Who receives what, while it holds: a row of the referral directory.

    Empty `service` and `territory` mean any. `source` says where it is written that this body
    receives it.
    """

    procedure = models.CharField(max_length=14, choices=Procedure)
    service = models.ForeignKey(
        PublicService, on_delete=models.PROTECT, null=True, related_name="+"
    )
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=240)
    added_by = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["Addressee"]] = models.Manager()

    class Meta:
        """A span has at least one day."""

        constraints = (
            span_has_days("reception_addressee_span"),
            models.CheckConstraint(
                condition=Q(procedure__in=Procedure.values), name="reception_addressee_procedure"
            ),
        )

    def __str__(self) -> str:
        return f"{self.procedure} {self.body_id}"


class Letter(models.Model):
    """A letter that the visitor signs.

    `sealed` holds everything typed for it (name, number, address, what happened, the request),
    under the key of keys/reception.key; it is emptied when the personal details are dropped.
    `template` and `template_number` name the version of the template.
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    procedure = models.CharField(max_length=14, choices=Procedure)
    template = models.CharField(max_length=40)
    template_number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    body = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.BinaryField()
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.DRAFT)
    author = models.CharField(max_length=64)
    edition = models.PositiveSmallIntegerField(default=1)
    written_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)
    drop_on = models.DateField()

    class Meta:
        """Letters to offices are in Kazakh or Russian; what is dropped is empty."""

        constraints = (
            models.CheckConstraint(
                condition=Q(language__in=("kk", "ru")), name="reception_letter_language"
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.DROPPED) | Q(sealed=b""),
                name="reception_dropped_is_empty",
            ),
        )
        indexes = (models.Index(fields=["state", "drop_on"], name="reception_letters_to_drop"),)

    def __str__(self) -> str:
        return self.key


class Referral(models.Model):
    """One person's yes to one body being told of one matter; no body is ever told without it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    author = models.CharField(max_length=64)
    agreed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """One yes in force for a body."""

        constraints = (
            models.UniqueConstraint(
                fields=["consultation", "body"],
                condition=Q(withdrawn_at=None),
                name="reception_one_referral",
            ),
        )

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.body_id}"
