"""The contract by which the programme works: what it promised, and what somebody typed in."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from baqylau.files.models import StoredFile


class Contract(models.Model):
    """A social order: who ordered what of whom, and for which days, half-open."""

    number = models.CharField(max_length=60, unique=True)
    subject_kk = models.TextField()
    subject_ru = models.TextField()
    customer_kk = models.CharField(max_length=300)
    customer_ru = models.CharField(max_length=300)
    contractor_kk = models.CharField(max_length=300)
    contractor_ru = models.CharField(max_length=300)
    signed_on = models.DateField()
    first_on = models.DateField()
    until_on = models.DateField()

    objects: ClassVar[models.Manager["Contract"]] = models.Manager()

    class Meta:
        """A contract has a number and at least one day."""

        constraints = (
            models.CheckConstraint(
                condition=Q(until_on__gt=F("first_on")), name="figures_contract_has_days"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="figures_contract_is_numbered"),
        )

    def __str__(self) -> str:
        return self.number


class Indicator(models.Model):
    """A promise of the contract that is counted.

    `figure` is a registered figure, cut by `dimension` and `value` ("" for its whole); "" is an
    indicator that no room computes: its facts are typed in, each with a document.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=16)
    label_kk = models.CharField(max_length=300)
    label_ru = models.CharField(max_length=300)
    unit_kk = models.CharField(max_length=60)
    unit_ru = models.CharField(max_length=60)
    figure = models.CharField(max_length=48, blank=True)
    dimension = models.CharField(max_length=24, blank=True)
    value = models.CharField(max_length=48, blank=True)

    objects: ClassVar[models.Manager["Indicator"]] = models.Manager()

    class Meta:
        """One of its code in a contract; what is cut is a figure."""

        constraints = (
            models.UniqueConstraint(
                fields=["contract", "code"], name="figures_one_indicator_of_a_code"
            ),
            models.CheckConstraint(
                condition=Q(dimension="") | ~Q(figure=""), name="figures_cut_is_a_figure"
            ),
            models.CheckConstraint(
                condition=Q(value="") | ~Q(dimension=""), name="figures_value_of_a_dimension"
            ),
        )

    def __str__(self) -> str:
        return self.code


class Plan(models.Model):
    """What an indicator is to come to in a period: in its own unit, a share in per cent."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=8)
    amount = models.DecimalField(max_digits=15, decimal_places=2)

    objects: ClassVar[models.Manager["Plan"]] = models.Manager()

    class Meta:
        """One plan for a period; never negative."""

        constraints = (
            models.UniqueConstraint(fields=["indicator", "period"], name="figures_planned_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="figures_plan_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}: {self.amount}"


class TypedFact(models.Model):
    """A fact that somebody typed in with the document that shows it; never changed.

    The newest `version` holds, the earlier ones stay. No record lies behind it: not recomputable.
    `document` is what the document is called, `media_type` what its content is.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=8)
    version = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=15, decimal_places=2)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    document = models.CharField(max_length=200)
    person = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager["TypedFact"]] = models.Manager()

    class Meta:
        """Versions follow each other; each names its document."""

        constraints = (
            models.UniqueConstraint(
                fields=["indicator", "period", "version"], name="figures_typed_in_turn"
            ),
            models.CheckConstraint(
                condition=~Q(document="") & Q(amount__gte=0), name="figures_typed_is_shown"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period} {self.version}: {self.amount}"
