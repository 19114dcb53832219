"""Public services: the register that cards, aliases and statistics hang on."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class LifeSituation(models.TextChoices):
    """What in life brings somebody to a service; the order is the order of the page."""

    FAMILY = "family", _("Family and children")
    DOCUMENTS = "documents", _("Documents and citizenship")
    SOCIAL = "social", _("Benefits, pension, work")
    TRANSPORT = "transport", _("Car and driving")
    LAND_HOUSING = "land_housing", _("Land and housing")
    EDUCATION = "education", _("Kindergarten, school, study")
    HEALTH = "health", _("Health")
    BUSINESS = "business", _("Business and taxes")
    AGRICULTURE = "agriculture", _("Farming and livestock")
    JUSTICE = "justice", _("Court, law, appeals")
    OTHER = "other", _("Other matters")


class PublicServiceQuerySet(models.QuerySet["PublicService"]):
    """Ways to ask for services."""

    def valid(self, day: date) -> Self:
        """Services that exist on the day."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun & (Q(valid_until=None) | Q(valid_until__gt=day)))


class PublicService(models.Model):
    """A service that a state body owes to residents, under a code and an address that stay.

    `valid_from` and `valid_until` are half-open days, None where unbounded. `skeleton` holds the
    script-neutral words of all names, each after a space; `sort_*` order by the Kazakh alphabet.
    `seed_mark` is the fingerprint of the starter row that wrote it, "" once a person has.
    """

    code = models.CharField(max_length=24, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    skeleton = models.TextField()
    sort_kk = models.CharField(max_length=700)
    sort_ru = models.CharField(max_length=700)
    sort_en = models.CharField(max_length=700)
    group = models.CharField(max_length=16, choices=LifeSituation.choices)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    edition = models.PositiveIntegerField(default=1)
    seed_mark = models.CharField(max_length=16, blank=True)

    objects: ClassVar = PublicServiceQuerySet.as_manager()

    class Meta:
        """Names, a possible span, a known life situation."""

        indexes = (models.Index(fields=["group", "sort_kk"], name="service_by_group"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(slug="") & ~Q(name_kk="") & ~Q(name_ru=""),
                name="service_has_code_and_names",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(valid_until=None)
                | Q(valid_until__gt=F("valid_from")),
                name="service_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("id")),
                name="service_does_not_succeed_itself",
            ),
            models.CheckConstraint(
                condition=Q(group__in=LifeSituation.values), name="service_group_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name_kk}"
