"""Consultations: one row for one visit. No column holds a name, a phone or a number of a person."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from baqylau.casework.models import Case
from baqylau.casework.taxonomy import ContactKind
from baqylau.catalogue.models import CardVersion, PublicService
from baqylau.contacts.models import Relation
from baqylau.institutions.models import Institution, ServicePoint
from baqylau.reception.taxonomy import Channel, Origin, Part, Result
from baqylau.territories.models import Territory

ANSWER_LIMIT = 2_000
"""Characters of what was answered."""


class YearCount(models.Model):
    """The last number given in a year, to a consultation or to a slip printed in advance."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Which consultations are meant."""

    def standing(self) -> "ConsultationQuerySet":
        """Those that were not struck out."""
        return self.filter(is_struck=False)


class Consultation(models.Model):
    """One visit.

    `author` is the adviser's opaque key; `contact` the opaque key of a visitor who agreed to be
    known, "" for one without a name: it stays after an erasure, so that people are counted right.
    `continues` is the first visit about the same problem, None for a first one: problems are the
    rows without it. `issue` counts the slips given for the number, so that a lost one can be made
    void. `answer` is what was answered, in the adviser's words; `edition` counts corrections.
    """

    number = models.CharField(max_length=16, unique=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    idempotency_key = models.CharField(max_length=64, unique=True)
    author = models.CharField(max_length=64)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.DESK)
    held_on = models.DateField()
    recorded_at = models.DateTimeField()
    edition = models.PositiveSmallIntegerField(default=1)
    is_struck = models.BooleanField(default=False)
    issue = models.PositiveSmallIntegerField(default=1)

    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    channel = models.CharField(max_length=9, choices=Channel)
    room = models.ForeignKey(
        ServicePoint, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=16, choices=ContactKind)
    service = models.ForeignKey(
        PublicService, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_unlisted = models.BooleanField(default=False)
    body = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    part = models.CharField(max_length=9, choices=Part, default=Part.ANSWER)
    card = models.ForeignKey(
        CardVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answer = models.TextField(blank=True)
    result = models.CharField(max_length=12, choices=Result)

    contact = models.CharField(max_length=16, blank=True)
    acted_as = models.CharField(max_length=12, choices=Relation, blank=True)
    agreed_to_call = models.BooleanField(default=False)
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        """Numbers are given once; lists and figures are opened through an index."""

        constraints = (
            models.UniqueConstraint(fields=["year", "serial"], name="reception_number_once"),
            models.CheckConstraint(condition=Q(serial__gte=1), name="reception_numbers_from_one"),
            models.CheckConstraint(
                condition=Q(service=None) | Q(is_unlisted=False),
                name="reception_unlisted_has_no_service",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="reception_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(result__in=Result.values), name="reception_result_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ContactKind.values), name="reception_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=("kk", "ru", "en")), name="reception_language_known"
            ),
        )
        indexes = (
            models.Index(fields=["held_on", "id"], name="reception_by_day"),
            models.Index(fields=["room", "held_on", "id"], name="reception_by_room"),
            models.Index(fields=["author", "held_on", "id"], name="reception_by_author"),
            # In which rooms somebody works: one look for each room, however much was written.
            models.Index(
                fields=["author", "room", "held_on"],
                condition=Q(is_struck=False),
                name="reception_rooms_of_author",
            ),
            models.Index(fields=["service", "held_on", "id"], name="reception_by_service"),
            models.Index(fields=["territory", "held_on", "id"], name="reception_by_place"),
            models.Index(fields=["body", "held_on", "id"], name="reception_by_body"),
            models.Index(fields=["kind", "held_on", "id"], name="reception_by_kind"),
            models.Index(fields=["contact", "id"], name="reception_by_person"),
            models.Index(fields=["serial"], name="reception_by_serial"),
            models.Index(fields=["recorded_at"], name="reception_by_writing"),
        )

    def __str__(self) -> str:
        return self.number


class Word(models.Model):
    """A word of what was answered, cut to its first letters in the script-neutral skeleton.

    Words of three and four letters stand as they are; longer ones by their first three and by their
    first five, so that three typed letters find them.
    """

    prefix = models.CharField(max_length=5)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="+", db_index=False
    )

    class Meta:
        """Each once; read by prefix, the newest first."""

        constraints = (
            models.UniqueConstraint(fields=["prefix", "consultation"], name="reception_word_once"),
        )
        indexes = (models.Index(fields=["consultation"], name="reception_words_of"),)

    def __str__(self) -> str:
        return f"{self.prefix} {self.consultation_id}"
