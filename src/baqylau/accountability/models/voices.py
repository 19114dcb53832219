"""What others say to us and of us: bodies' replies, complaints against the programme; our news."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baqylau.files.models import StoredFile
from baqylau.institutions.models import Institution
from baqylau.kernel.codes import new_code


class Reply(models.Model):
    """What a body answered to its published numbers, in its own words and with its own date."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    replied_on = models.DateField()
    text_kk = models.TextField(blank=True)
    text_ru = models.TextField(blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.CharField(max_length=64)
    noted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Reply"]] = models.Manager()

    class Meta:
        """A reply says something."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(text_kk="") | ~Q(text_ru=""), name="accountability_reply_has_words"
            ),
        )
        indexes = (
            models.Index(fields=["institution", "replied_on"], name="accountability_replies"),
        )

    def __str__(self) -> str:
        return f"{self.institution_id} {self.replied_on}"


class About(models.TextChoices):
    """What a complaint against the programme is about."""

    CONDUCT = "conduct", _("how we behaved")
    ADVICE = "advice", _("wrong or useless advice")
    DELAY = "delay", _("we were late or did not call back")
    NUMBER = "number", _("a number that we published")
    PRIVACY = "privacy", _("personal data")
    INTEREST = "interest", _("conflict of interest")
    OTHER = "other", _("something else")


class Result(models.TextChoices):
    """What we found."""

    UPHELD = "upheld", _("well founded")
    PARTLY = "partly", _("partly founded")
    UNFOUNDED = "unfounded", _("not founded")


class Complaint(models.Model):
    """A complaint against the programme, told without names, and our answer to it.

    `number` runs from 1 in each `year`. All of them are public from the day after they are written
    down, answered or not. `revision` counts changes, so that two people do not overwrite each
    other.
    """

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    received_on = models.DateField()
    about = models.CharField(max_length=12, choices=About)
    summary_kk = models.TextField()
    summary_ru = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=12, choices=Result, blank=True)
    answer_kk = models.TextField(blank=True)
    answer_ru = models.TextField(blank=True)
    noted_by = models.CharField(max_length=64)
    answered_by = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager["Complaint"]] = models.Manager()

    class Meta:
        """Numbered; answered as a whole or not at all, not before it came, not by its writer."""

        constraints = (
            models.UniqueConstraint(
                fields=["year", "number"], name="accountability_complaint_numbered"
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, result="", answer_kk="", answered_by="")
                | (
                    Q(answered_on__isnull=False)
                    & ~Q(result="")
                    & ~Q(answer_kk="")
                    & ~Q(answered_by="")
                ),
                name="accountability_complaint_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("received_on")),
                name="accountability_complaint_answered_after",
            ),
            models.CheckConstraint(
                condition=~Q(answered_by=F("noted_by")),
                name="accountability_complaint_by_another",
            ),
        )
        indexes = (models.Index(fields=["received_on", "id"], name="accountability_complaints"),)

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class Post(models.Model):
    """News. Texts are paragraphs between empty lines, without markup; a draft has no day."""

    code = models.CharField(max_length=8, unique=True, default=new_code)
    title_kk = models.CharField(max_length=200)
    title_ru = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    text_kk = models.TextField()
    text_ru = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    person = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Post"]] = models.Manager()

    class Meta:
        """The newest is read first."""

        indexes = (models.Index(fields=["published_at", "id"], name="accountability_news"),)

    def __str__(self) -> str:
        return self.title_kk


class Picture(models.Model):
    """A picture of a post: small, nothing but pixels, with words for those who cannot see.

    `width` and `height` are in pixels.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt_kk = models.CharField(max_length=300)
    alt_ru = models.CharField(max_length=300, blank=True)
    alt_en = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager["Picture"]] = models.Manager()

    class Meta:
        """In their order."""

        constraints = (
            models.UniqueConstraint(fields=["post", "order"], name="accountability_picture_order"),
        )

    def __str__(self) -> str:
        return f"{self.post_id} {self.order}"
