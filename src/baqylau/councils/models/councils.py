"""Councils, who sits in them, and what ties a member to a body."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baqylau.institutions.models import Institution, Tie
from baqylau.kernel.codes import new_code
from baqylau.territories.models import Territory


class Category(models.Model):
    """On whose behalf somebody sits in a council; configurable, because laws rename it."""

    code = models.SlugField(max_length=24, unique=True)
    label_kk = models.CharField(max_length=120)
    label_ru = models.CharField(max_length=120, blank=True)
    label_en = models.CharField(max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=50)
    first_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["Category"]] = models.Manager()

    class Meta:
        """It has a name."""

        constraints = (
            models.CheckConstraint(condition=~Q(label_kk=""), name="councils_category_named"),
        )

    def __str__(self) -> str:
        return self.label_kk


class CouncilKind(models.TextChoices):
    """What sits together."""

    PUBLIC_COUNCIL = "public_council", _("public council")
    CONTROL = "control", _("group of public control")


class Council(models.Model):
    """A public council at a body, or a group in which the organisation itself exercises control.

    It exists in the half-open span [first_on, until_on). `revision` counts changes.
    """

    code = models.CharField(max_length=8, unique=True, default=new_code)
    kind = models.CharField(max_length=16, choices=CouncilKind)
    name_kk = models.CharField(max_length=240)
    name_ru = models.CharField(max_length=240, blank=True)
    name_en = models.CharField(max_length=240, blank=True)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    district = models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Council"]] = models.Manager()

    class Meta:
        """A public council is attached to a body."""

        constraints = (
            models.CheckConstraint(condition=~Q(name_kk=""), name="councils_named"),
            models.CheckConstraint(
                condition=~Q(kind=CouncilKind.PUBLIC_COUNCIL) | Q(institution__isnull=False),
                name="councils_public_council_has_a_body",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("first_on")),
                name="councils_span_has_days",
            ),
        )

    def __str__(self) -> str:
        return self.name_kk


class Member(models.Model):
    """Somebody's term in a council; a second term is a second row. Names of members are public.

    `person` is the opaque key of the account with which the member votes, "" without one.
    `organisation_*` says who sent them.
    """

    code = models.CharField(max_length=8, unique=True, default=new_code)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    person = models.CharField(max_length=64, blank=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    organisation_kk = models.CharField(max_length=240, blank=True)
    organisation_ru = models.CharField(max_length=240, blank=True)
    is_chair = models.BooleanField(default=False)
    is_civil_servant = models.BooleanField(default=False)
    first_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Member"]] = models.Manager()

    class Meta:
        """The chair is no civil servant, and there is one at a time."""

        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="councils_member_named"),
            models.CheckConstraint(
                condition=Q(is_chair=False) | Q(is_civil_servant=False),
                name="councils_chair_is_no_civil_servant",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("first_on")),
                name="councils_member_span_has_days",
            ),
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(is_chair=True, until_on=None),
                name="councils_one_chair",
            ),
        )
        indexes = (models.Index(fields=["person"], name="councils_member_person"),)

    def __str__(self) -> str:
        return self.name


class DeclaredInterest(models.Model):
    """What ties a member to a body, as declared, in the half-open span [first_on, until_on)."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    tie = models.CharField(max_length=12, choices=Tie)
    first_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["DeclaredInterest"]] = models.Manager()

    class Meta:
        """One open declaration of a kind for a body."""

        constraints = (
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("first_on")),
                name="councils_interest_span_has_days",
            ),
            models.UniqueConstraint(
                fields=["member", "institution", "tie"],
                condition=Q(until_on=None),
                name="councils_interest_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.member_id} {self.tie} {self.institution_id}"
