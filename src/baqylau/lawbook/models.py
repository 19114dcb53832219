"""Rules, the working calendar and letter templates, each change beside what was before it."""

from django.db import models
from django.db.models import F, Q

from baqylau.law.amounts import Unit
from baqylau.law.calendar import DayKind
from baqylau.law.rule_table import LONGEST
from baqylau.law.rules import ExtendsFrom, Reading
from baqylau.law.words import LANGUAGES

SPECIAL_KINDS = [kind.value for kind in DayKind if kind is not DayKind.WEEKEND]


def _bounds(unit: Unit) -> tuple[int, int]:
    return -LONGEST[unit], LONGEST[unit]


class Edition(models.Model):
    """The one row that says which state of rules and calendar holds.

    `number` grows by one with each change; `stamp` is drawn anew each time, so that a state that
    was rolled back or restored is never taken for another with the same number. `seeded_with` is
    the fingerprint of the shipped tables that were last loaded.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveIntegerField(default=0)
    stamp = models.CharField(max_length=32, blank=True)
    seeded_with = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        """One row."""

        constraints = (models.CheckConstraint(name="lawbook_one_edition", condition=Q(id=1)),)

    def __str__(self) -> str:
        return f"edition {self.number}"


class RuleVersions(models.QuerySet["RuleVersion"]):
    """Versions of rules."""

    def standing(self) -> "RuleVersions":
        """Those that count: not replaced by another version from the same day."""
        return self.filter(replaced_at__isnull=True)


class RuleVersion(models.Model):
    """One dated version of a term set by law, in force on days in [valid_from, valid_until).

    Its text never changes. Entering a later version closes it; a version from the same day takes
    its place (`replaced_at`). The columns are those of `law.rules.Rule`.
    """

    rule_id = models.CharField(max_length=63)
    number = models.PositiveSmallIntegerField()
    name_kk = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    act_kk = models.CharField(max_length=300)
    act_ru = models.CharField(max_length=300)
    act_en = models.CharField(max_length=300)
    adopted_on = models.DateField(null=True)
    article = models.CharField(max_length=40, blank=True)
    trigger_kk = models.CharField(max_length=300)
    trigger_ru = models.CharField(max_length=300)
    trigger_en = models.CharField(max_length=300)
    amount = models.SmallIntegerField()
    unit = models.CharField(max_length=12, choices=[(unit.value, unit.value) for unit in Unit])
    is_receipt = models.BooleanField(default=False)
    extends = models.CharField(max_length=63, blank=True)
    extends_from = models.CharField(
        max_length=5, blank=True, choices=[(each.value, each.value) for each in ExtendsFrom]
    )
    who_kk = models.CharField(max_length=300)
    who_ru = models.CharField(max_length=300)
    who_en = models.CharField(max_length=300)
    passes_kk = models.CharField(max_length=500)
    passes_ru = models.CharField(max_length=500)
    passes_en = models.CharField(max_length=500)
    source = models.CharField(max_length=300, blank=True)
    reading = models.CharField(max_length=6, choices=[(each.value, each.value) for each in Reading])
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    verified_by = models.CharField(max_length=120, blank=True)
    verified_on = models.DateField(null=True)
    created_by = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects = RuleVersions.as_manager()

    class Meta:
        """No two standing versions share an end; overlaps are refused by the service's turn."""

        constraints = (
            models.UniqueConstraint("rule_id", "number", name="lawbook_rule_number"),
            models.UniqueConstraint(
                "rule_id",
                condition=Q(valid_until__isnull=True, replaced_at__isnull=True),
                name="lawbook_rule_one_open_end",
            ),
            models.UniqueConstraint(
                "rule_id",
                condition=Q(valid_from__isnull=True, replaced_at__isnull=True),
                name="lawbook_rule_one_open_start",
            ),
            models.UniqueConstraint(
                "rule_id",
                "valid_from",
                condition=Q(replaced_at__isnull=True),
                name="lawbook_rule_one_version_from_a_day",
            ),
            models.UniqueConstraint(
                "rule_id",
                "valid_until",
                condition=Q(replaced_at__isnull=True),
                name="lawbook_rule_one_version_until_a_day",
            ),
            models.CheckConstraint(
                name="lawbook_rule_span_has_a_day",
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_from__lt=F("valid_until")),
            ),
            models.CheckConstraint(
                name="lawbook_rule_verified_whole",
                condition=Q(verified_by="", verified_on__isnull=True)
                | (~Q(verified_by="") & Q(verified_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="lawbook_rule_extends_whole",
                condition=Q(extends="", extends_from="") | (~Q(extends="") & ~Q(extends_from="")),
            ),
            models.CheckConstraint(
                name="lawbook_rule_amount_in_bounds",
                condition=Q(unit=Unit.WORKING_DAY.value, amount__range=_bounds(Unit.WORKING_DAY))
                | Q(unit=Unit.CALENDAR_DAY.value, amount__range=_bounds(Unit.CALENDAR_DAY))
                | Q(unit=Unit.MONTH.value, amount__range=_bounds(Unit.MONTH)),
            ),
            models.CheckConstraint(
                name="lawbook_rule_reading_known",
                condition=Q(reading__in=[each.value for each in Reading]),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule_id} {self.number}"


class CalendarYear(models.Model):
    """A year that the calendar holds; confirmed once a decree has told its transfers."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    is_confirmed = models.BooleanField(default=False)
    decree = models.CharField(max_length=200, blank=True)

    class Meta:
        """A confirmed year names what confirms it."""

        constraints = (
            models.CheckConstraint(
                name="lawbook_year_confirmed_by_a_decree",
                condition=Q(is_confirmed=False) | ~Q(decree=""),
            ),
        )

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that differs from the plain week, with the reason in words."""

    on = models.DateField(primary_key=True)
    kind = models.CharField(max_length=23, choices=[(kind, kind) for kind in SPECIAL_KINDS])
    reason_kk = models.CharField(max_length=200)
    reason_ru = models.CharField(max_length=200)
    reason_en = models.CharField(max_length=200)
    source = models.CharField(max_length=200, blank=True)
    is_estimated = models.BooleanField(default=False)

    class Meta:
        """A plain weekend is no row."""

        constraints = (
            models.CheckConstraint(
                name="lawbook_day_is_special", condition=Q(kind__in=SPECIAL_KINDS)
            ),
        )

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class CalendarChange(models.Model):
    """What somebody changed in the calendar: a day, or a year where `on` is empty.

    `before` and `after` hold the row's columns; null where there was none, or is none any more.
    """

    edition = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    on = models.DateField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    changed_by = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    class Meta:
        """Read by year."""

        indexes = (models.Index(fields=["year", "id"], name="lawbook_change_by_year"),)

    def __str__(self) -> str:
        return f"{self.edition} {self.on or self.year}"


class Change(models.Model):
    """One change of rules or calendar: an edition, and how many open deadlines it moved."""

    edition = models.PositiveIntegerField(primary_key=True)
    action = models.CharField(max_length=64)
    subject = models.CharField(max_length=96)
    changed_by = models.CharField(max_length=64)
    changed_at = models.DateTimeField()
    moved = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.edition} {self.action}"


class MovedDeadline(models.Model):
    """An open deadline that a change moved: both dates."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=64)
    reference = models.CharField(max_length=96)
    old_on = models.DateField()
    new_on = models.DateField()

    class Meta:
        """Only what moved is kept."""

        constraints = (
            models.CheckConstraint(
                name="lawbook_moved_deadline_moved", condition=~Q(old_on=F("new_on"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference}: {self.old_on} → {self.new_on}"


class LetterTemplate(models.Model):
    """A kind of letter that the reception helps to write."""

    class Code(models.TextChoices):
        """Stable codes."""

        APPEAL = "appeal"
        COMPLAINT = "complaint"
        INFORMATION_REQUEST = "information_request"
        SILENCE_COMPLAINT = "silence_complaint"
        FINAL_DOCUMENT_COVER = "final_document_cover"

    code = models.CharField(max_length=24, choices=Code.choices, primary_key=True)

    def __str__(self) -> str:
        return self.code


class LetterTemplateVersion(models.Model):
    """The text of a letter in one language; the highest number is the one in use."""

    template = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES])
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    verified_by = models.CharField(max_length=120, blank=True)
    verified_on = models.DateField(null=True)
    created_by = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        """Numbers run by template and language."""

        constraints = (
            models.UniqueConstraint("template", "language", "number", name="lawbook_letter_number"),
            models.CheckConstraint(
                name="lawbook_letter_verified_whole",
                condition=Q(verified_by="", verified_on__isnull=True)
                | (~Q(verified_by="") & Q(verified_on__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.template_id} {self.language} {self.number}"
