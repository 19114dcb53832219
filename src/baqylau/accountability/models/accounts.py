"""The money and the stages of a contract, and the account that is given of its periods."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baqylau.figures.models import Contract
from baqylau.files.models import StoredFile


class BudgetLine(models.Model):
    """A line of the contract's budget, in tenge."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)
    label_kk = models.CharField(max_length=300)
    label_ru = models.CharField(max_length=300)
    plan = models.DecimalField(max_digits=15, decimal_places=2)

    objects: ClassVar[models.Manager["BudgetLine"]] = models.Manager()

    class Meta:
        """One of its code in a contract; never negative."""

        constraints = (
            models.UniqueConstraint(
                fields=["contract", "code"], name="accountability_one_line_of_a_code"
            ),
            models.CheckConstraint(condition=Q(plan__gte=0), name="accountability_line_is_planned"),
        )

    def __str__(self) -> str:
        return self.code


class Spending(models.Model):
    """Money that was spent on a day, with the document that shows it.

    Never changed: what was typed wrongly is struck out, with who did it and when.
    """

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    amount = models.DecimalField(max_digits=15, decimal_places=2)
    document = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    struck_by = models.CharField(max_length=64, blank=True)
    struck_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Spending"]] = models.Manager()

    class Meta:
        """An amount above nothing; struck by somebody or not at all. Read by line and day."""

        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(document=""), name="accountability_spent_is_shown"
            ),
            models.CheckConstraint(
                condition=Q(struck_by="", struck_at=None)
                | (~Q(struck_by="") & Q(struck_at__isnull=False)),
                name="accountability_struck_by_somebody",
            ),
        )
        indexes = (models.Index(fields=["line", "on"], name="accountability_spent_on"),)

    def __str__(self) -> str:
        return f"{self.line_id} {self.on}: {self.amount}"


class Stage(models.Model):
    """A stage of the contract: until when, and when it was done."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    label_kk = models.CharField(max_length=300)
    label_ru = models.CharField(max_length=300)
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["Stage"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.contract_id} {self.due_on}"


class State(models.TextChoices):
    """How far an account is."""

    DRAFT = "draft", _("draft")
    APPROVED_ONCE = "approved_once", _("approved by one of two")
    APPROVED = "approved", _("approved by two")
    SEALED = "sealed", _("sealed and signed")
    SENT = "sent", _("sent")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned with remarks")


OPEN_STATES = (State.DRAFT, State.APPROVED_ONCE, State.APPROVED)
"""Before the seal: the content follows the records."""
SEALED_STATES = (State.SEALED, State.SENT, State.ACCEPTED, State.RETURNED)
ANSWERED = (State.ACCEPTED, State.RETURNED)


class Account(models.Model):
    """The account to the commissioner for a period of a contract; versions follow each other.

    `content` is empty until the seal, then frozen; `digest` is its SHA-256, `number` and `head` the
    journal's last entry at that moment; `signature` (Ed25519, by `key`) is over all of them, see
    `rules.sealing`. `remarks` are the commissioner's, when it came back.
    """

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=8)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    edition = models.PositiveIntegerField(default=1)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    content = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    number = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=128, blank=True)
    sealed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)
    remarks = models.TextField(blank=True)

    objects: ClassVar[models.Manager["Account"]] = models.Manager()

    class Meta:
        """What is sealed has its signature; what came back has its remarks."""

        constraints = (
            models.UniqueConstraint(
                fields=["contract", "period", "version"], name="accountability_version_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in OPEN_STATES], digest="")
                | (
                    Q(state__in=[state.value for state in SEALED_STATES], sealed_at__isnull=False)
                    & ~Q(digest="")
                    & ~Q(signature="")
                ),
                name="accountability_sealed_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(remarks=""),
                name="accountability_returned_is_told",
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id} {self.period} {self.version}"


class Narrative(models.Model):
    """What is told in words: one text per section and language."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=32)
    language = models.CharField(max_length=2, choices=[("kk", "kk"), ("ru", "ru")])
    text = models.TextField()

    objects: ClassVar[models.Manager["Narrative"]] = models.Manager()

    class Meta:
        """One text per place."""

        constraints = (
            models.UniqueConstraint(
                fields=["account", "section", "language"], name="accountability_one_text"
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.section} {self.language}"


class Approval(models.Model):
    """That somebody approved an account: `digest` is that of the content that they saw."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Approval"]] = models.Manager()

    class Meta:
        """Never twice by the same person."""

        constraints = (
            models.UniqueConstraint(
                fields=["account", "person"], name="accountability_approved_by_two"
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.person}"


class AccountPicture(models.Model):
    """A picture of an account, freed of what it says besides; told in words in both languages."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption_kk = models.CharField(max_length=300)
    caption_ru = models.CharField(max_length=300)
    alt_kk = models.CharField(max_length=300)
    alt_ru = models.CharField(max_length=300)

    objects: ClassVar[models.Manager["AccountPicture"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.account_id} {self.file_id}"


class AccountDocument(models.Model):
    """A document that was made of an account: `content` is the digest of what it shows.

    Another content, another organisation's template: another document.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2, choices=[("kk", "kk"), ("ru", "ru")])
    form = models.CharField(max_length=4, choices=[(f, f) for f in ("pdf", "docx", "xlsx")])
    content = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["AccountDocument"]] = models.Manager()

    class Meta:
        """One of a form and language."""

        constraints = (
            models.UniqueConstraint(
                fields=["account", "language", "form"], name="accountability_one_document"
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.language} {self.form}"


class DocxTemplate(models.Model):
    """The organisation's own template of an account in Word; the newest of a language holds.

    Without a file the program's own holds again.
    """

    language = models.CharField(max_length=2, choices=[("kk", "kk"), ("ru", "ru")])
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True)
    person = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager["DocxTemplate"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.language} {self.made_at}"
