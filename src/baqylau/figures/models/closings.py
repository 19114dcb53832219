"""Periods that are closed: their numbers are fixed, and a later correction stays visible."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.figures import Span

CLOSED_SPANS = (Span.MONTH, Span.QUARTER, Span.YEAR)


class Closing(models.Model):
    """A month, quarter or year whose numbers are fixed.

    `number` is the journal's last entry that was counted, `head` its digest; `digest` is the
    SHA-256 of its cells in their canonical form. `signature` (Ed25519, by `key`) is over period,
    head and digest: `rules.sealing.message`. All four are hex. `person` is the opaque key of who
    closed it.
    """

    span = models.CharField(
        max_length=8, choices=[(span.value, span.value) for span in CLOSED_SPANS]
    )
    first_on = models.DateField()
    closed_at = models.DateTimeField()
    person = models.CharField(max_length=64)
    number = models.PositiveBigIntegerField()
    head = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    objects: ClassVar[models.Manager["Closing"]] = models.Manager()

    class Meta:
        """A period is closed once."""

        constraints = (
            models.UniqueConstraint(fields=["span", "first_on"], name="figures_closed_once"),
        )

    def __str__(self) -> str:
        return f"{self.span} {self.first_on}"


class Window(models.TextChoices):
    """Over which days a published number runs."""

    OWN = "own", _("the period itself")
    FOUR = "four", _("the four quarters that end with it")


class Cell(models.Model):
    """A published number, as it was when its period was closed; never changed.

    `dimension` "" is the whole, else the code of a dimension or of its grouping; `value` "" is what
    is not stated, `TOGETHER` the values that are hidden alone, whose number is `together`.
    `answer` is what `rules.answers` writes.
    """

    TOGETHER = "*"

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="+")
    figure = models.CharField(max_length=48)
    window = models.CharField(max_length=8, choices=Window)
    dimension = models.CharField(max_length=24, blank=True)
    value = models.CharField(max_length=48, blank=True)
    together = models.PositiveIntegerField(default=0)
    answer = models.JSONField()

    objects: ClassVar[models.Manager["Cell"]] = models.Manager()

    class Meta:
        """One cell per place; read by figure, or by value (all about one office)."""

        constraints = (
            models.UniqueConstraint(
                fields=["closing", "figure", "window", "dimension", "value"],
                name="figures_one_cell",
            ),
            models.CheckConstraint(
                condition=Q(together=0) | Q(value="*"), name="figures_together_is_named"
            ),
        )
        indexes = (
            models.Index(fields=["dimension", "value", "closing"], name="figures_cells_of_value"),
            models.Index(fields=["figure", "closing"], name="figures_cells_of_figure"),
        )

    def __str__(self) -> str:
        return f"{self.figure} {self.window} {self.dimension}={self.value}"


class Counted(models.Model):
    """What a closed quarter's tables were made from: exact, and shown to nobody.

    Later tables must agree with what earlier ones told, whatever is written or corrected since.
    `measure` counts `amount` for a value of a dimension; `group` is the value's in its grouping.
    """

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=48)
    dimension = models.CharField(max_length=24)
    value = models.CharField(max_length=48, blank=True)
    group = models.CharField(max_length=48, blank=True)
    amount = models.PositiveBigIntegerField()

    objects: ClassVar[models.Manager["Counted"]] = models.Manager()

    class Meta:
        """One count per place."""

        constraints = (
            models.UniqueConstraint(
                fields=["closing", "measure", "dimension", "value"], name="figures_counted_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} {self.dimension}={self.value}"


class Correction(models.Model):
    """A published number that was wrong: what it was, what it is, and why.

    `number` runs from 1 for each cell; `old` and `new` are answers. The reason is shown to
    everybody, so it names nobody.
    """

    cell = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    old = models.JSONField()
    new = models.JSONField()
    reason_kk = models.TextField()
    reason_ru = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    person = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Correction"]] = models.Manager()

    class Meta:
        """Corrections of a cell follow each other; each has a reason."""

        constraints = (
            models.UniqueConstraint(fields=["cell", "number"], name="figures_correction_in_turn"),
            models.CheckConstraint(
                condition=~Q(reason_kk=""), name="figures_correction_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.cell_id} {self.number}"
