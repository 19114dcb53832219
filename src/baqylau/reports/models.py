"""What a thief of the database reads of a report, and ciphertext for all the rest.

In clear stand: locator, day, state, urgency, dates of the clocks, who holds a key, and a coarse
size. What was done, where, by whom, every label, every link to a case is sealed. Moments are days.
"""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q

from baqylau.reports.models_checks import KeyCheck
from baqylau.reports.models_counting import Uncounted
from baqylau.reports.models_next import NextKey, NextWrap
from baqylau.reports.taxonomy import ExportReason, NameReason, NameRefusal, State

__all__ = ["KeyCheck", "NextKey", "NextWrap", "Uncounted"]


def new_id() -> str:
    """32 random hexadecimal digits: they tell neither order nor number."""
    return secrets.token_hex(16)


class Part(models.TextChoices):
    """The three locked parts of a report; each has a key pair of its own."""

    REPORT = "report"
    """What reporter and officers say to each other: opened by R."""
    NAME = "name"
    """Who the reporter is: opened by I, which custodians alone hold. There is always one, often
    empty, so that nothing shows who gave a name."""
    DESK = "desk"
    """What officers note for themselves: opened by D, which no receipt holds."""


class Report(models.Model):
    """A report. `public`, `name_public` and `desk_public` are the public halves of R, I and D.

    `lock` holds R behind the receipt. `bucket` is the power of two (in bytes) below which all that
    was filed fits. `desk_public` is "" until an officer notes something. A deleted report keeps
    day and state; locator, keys and content are gone.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id)
    # Null, because many deleted reports have none.
    locator = models.CharField(max_length=6, unique=True, null=True)  # noqa: DJ001
    filed_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    is_urgent = models.BooleanField(default=False)
    acknowledge_by = models.DateField()
    feedback_by = models.DateField()
    acknowledged_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    delete_on = models.DateField(null=True)
    bucket = models.PositiveBigIntegerField(default=0)
    public = models.CharField(max_length=80, blank=True)
    name_public = models.CharField(max_length=80, blank=True)
    desk_public = models.CharField(max_length=80, blank=True)
    lock = models.BinaryField(null=True)

    objects: ClassVar[models.Manager["Report"]] = models.Manager()

    class Meta:
        """What lists ask for, and what may never be."""

        indexes = (
            models.Index(fields=["state", "filed_on"], name="reports_by_state"),
            models.Index(fields=["delete_on"], name="reports_by_deletion"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="reports_state"),
            models.CheckConstraint(
                condition=~Q(state=State.DELETED)
                | Q(locator=None, lock=None, public="", name_public="", desk_public=""),
                name="reports_deleted_whole",
            ),
        )

    def __str__(self) -> str:
        return self.locator or "—"

    @property
    def holders(self) -> frozenset[str]:
        """The opaque keys of those to whom R is wrapped."""
        wraps = Wrap.objects.filter(report=self.pk, part=Part.REPORT).exclude(holder="")
        return frozenset(wraps.values_list("holder", flat=True))


class Wrap(models.Model):
    """The secret of one part, wrapped to somebody; `holder` is "" for the recovery key."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=6, choices=Part)
    role = models.CharField(max_length=9)
    holder = models.CharField(max_length=64, blank=True)
    wrapped = models.BinaryField()

    objects: ClassVar[models.Manager["Wrap"]] = models.Manager()

    class Meta:
        """One for each person."""

        constraints = (
            models.UniqueConstraint(
                fields=["report", "part", "role", "holder"], name="reports_wrap_once"
            ),
        )
        indexes = (models.Index(fields=["holder", "part"], name="reports_wraps_of"),)

    def __str__(self) -> str:
        return f"{self.part} {self.role}"


class Item(models.Model):
    """One sealed item of a part. The truth about order and hash stands in the sealed journal.

    `ciphertext` is None where it lies in the store of sealed files, under `digest`.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+", db_index=False)
    part = models.CharField(max_length=6, choices=Part)
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    ciphertext = models.BinaryField(null=True)

    objects: ClassVar[models.Manager["Item"]] = models.Manager()

    class Meta:
        """Numbers run from 1 in each part."""

        constraints = (
            models.UniqueConstraint(fields=["report", "part", "number"], name="reports_item_once"),
        )

    def __str__(self) -> str:
        return f"{self.part} {self.number}"


class Draft(models.Model):
    """Evidence that was added before the report is sent; its key lives in the form alone.

    `slot` is the number of six-hour slots since 1970 at which it was begun.
    """

    id = models.CharField(primary_key=True, max_length=32)
    public = models.CharField(max_length=80)
    slot = models.PositiveIntegerField(db_index=True)

    objects: ClassVar[models.Manager["Draft"]] = models.Manager()

    def __str__(self) -> str:
        return self.id[:6]


class DraftFile(models.Model):
    """A file of a draft: its ciphertext lies in the store of sealed files. Numbers run from 1.

    `bucket` is 0 when the file was taken out again: then only its hash is left, which the next one
    names.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    bucket = models.PositiveBigIntegerField()

    objects: ClassVar[models.Manager["DraftFile"]] = models.Manager()

    class Meta:
        """Each number once."""

        constraints = (
            models.UniqueConstraint(fields=["draft", "number"], name="reports_draft_file_once"),
        )

    def __str__(self) -> str:
        return str(self.number)


class Keyholder(models.Model):
    """The key pair of an officer or a custodian, locked by passphrase and by a printed code.

    `holder` is the opaque key of the account, `seen_on` the last day on which it was unlocked,
    `code_kept_on` the day on which they showed that they hold their printed code, `trusted_on` the
    one on which colleagues had compared its digits: before, nothing is sealed to it.
    """

    class Office(models.TextChoices):
        """As what the person holds a key."""

        OFFICER = "officer"
        CUSTODIAN = "custodian"

    holder = models.CharField(max_length=64)
    office = models.CharField(max_length=9, choices=Office)
    public = models.CharField(max_length=80, unique=True)
    by_passphrase = models.BinaryField(null=True)
    by_code = models.BinaryField(null=True)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    seen_on = models.DateField()
    code_kept_on = models.DateField(null=True)
    trusted_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["Keyholder"]] = models.Manager()

    class Meta:
        """One living key for each person; a key that ended opens nothing any more."""

        constraints = (
            models.UniqueConstraint(
                fields=["holder"], condition=Q(until_on=None), name="reports_one_living_key"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None, by_passphrase__isnull=False)
                | Q(until_on__isnull=False, by_passphrase=None, by_code=None),
                name="reports_ended_key_is_gone",
            ),
        )

    def __str__(self) -> str:
        return f"{self.office} {self.public[-6:]}"


class RecoveryKey(models.Model):
    """The public half of the recovery key; its secret lies in three shares, off the site.

    `proven_on` is the day of the last drill in which two shares opened a report.
    """

    public = models.CharField(max_length=80, unique=True)
    is_living = models.BooleanField(default=True)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    proven_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["RecoveryKey"]] = models.Manager()

    class Meta:
        """One at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=["is_living"], condition=Q(is_living=True), name="reports_one_recovery"
            ),
        )

    def __str__(self) -> str:
        return self.public[-6:]


class Unlocked(models.Model):
    """A person's key while they work: a ticket that only the secret in their cookie opens."""

    holder = models.CharField(primary_key=True, max_length=64)
    ticket = models.BinaryField()
    made_on = models.DateField()

    objects: ClassVar[models.Manager["Unlocked"]] = models.Manager()

    def __str__(self) -> str:
        return "unlocked"


class NameRequest(models.Model):
    """An officer asks a custodian to open a name. `note` is sealed to the custodians."""

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked"
        GRANTED = "granted"
        REFUSED = "refused"

    id = models.CharField(primary_key=True, max_length=32, default=new_id)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    asker = models.CharField(max_length=64)
    reason = models.CharField(max_length=16, choices=NameReason)
    note = models.BinaryField()
    asked_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    decider = models.CharField(max_length=64, blank=True)
    refusal = models.CharField(max_length=16, choices=NameRefusal, blank=True)
    decided_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["NameRequest"]] = models.Manager()

    class Meta:
        """One open question for each asker and report."""

        constraints = (
            models.UniqueConstraint(
                fields=["report", "asker"],
                condition=Q(state="asked"),
                name="reports_name_asked_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason} {self.state}"


class Export(models.Model):
    """A report on its way to a lawful authority: asked by one officer, agreed to by another."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=16, choices=ExportReason)
    asker = models.CharField(max_length=64)
    asked_on = models.DateField()
    second = models.CharField(max_length=64, blank=True)
    agreed_on = models.DateField(null=True)
    taken_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["Export"]] = models.Manager()

    class Meta:
        """Four eyes."""

        constraints = (
            models.CheckConstraint(
                condition=Q(second="") | ~Q(second=models.F("asker")), name="reports_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(taken_on=None) | ~Q(second=""), name="reports_taken_after_agreed"
            ),
        )

    def __str__(self) -> str:
        return self.reason


class Counter(models.Model):
    """How many reports of a month were labelled so: by district or by conduct, never crossed."""

    class By(models.TextChoices):
        """What is counted."""

        DISTRICT = "district"
        CONDUCT = "conduct"

    month = models.DateField()
    by = models.CharField(max_length=8, choices=By)
    value = models.CharField(max_length=24)
    number = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Counter"]] = models.Manager()

    class Meta:
        """One number for each."""

        constraints = (
            models.UniqueConstraint(fields=["month", "by", "value"], name="reports_counter_once"),
        )

    def __str__(self) -> str:
        return f"{self.month} {self.value}: {self.number}"


class Slip(models.Model):
    """The hash of a filing slip that was given out: it names no report."""

    digest = models.CharField(primary_key=True, max_length=64)
    week = models.CharField(max_length=8, db_index=True)

    objects: ClassVar[models.Manager["Slip"]] = models.Manager()

    def __str__(self) -> str:
        return self.digest[:8]


class SlipList(models.Model):
    """The signed list of a week's slips, as it was published; it is never made again."""

    week = models.CharField(primary_key=True, max_length=8)
    text = models.TextField()
    digest = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["SlipList"]] = models.Manager()

    def __str__(self) -> str:
        return self.week
