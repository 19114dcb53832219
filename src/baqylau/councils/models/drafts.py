"""Drafts of decisions, what residents say about their points, and what was answered."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from baqylau.councils.models.councils import Council
from baqylau.files.models import StoredFile
from baqylau.institutions.models import Institution
from baqylau.kernel.codes import new_code


class DraftKind(models.TextChoices):
    """What is drafted."""

    DECISION = "decision", _("draft decision")
    ACT = "act", _("draft legal act")
    SERVICE = "service", _("draft act on public services")
    PLAN = "plan", _("draft plan or budget")


class Draft(models.Model):
    """A draft that is open for comments in the half-open span [opens_on, closes_on).

    `file` is the text as its author sent it. It is public from `published_at`.
    """

    code = models.CharField(max_length=8, unique=True, default=new_code)
    kind = models.CharField(max_length=10, choices=DraftKind)
    title_kk = models.CharField(max_length=300)
    title_ru = models.CharField(max_length=300, blank=True)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opens_on = models.DateField()
    closes_on = models.DateField()
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Draft"]] = models.Manager()

    class Meta:
        """It has a title and is open for at least a day."""

        constraints = (
            models.CheckConstraint(condition=~Q(title_kk=""), name="councils_draft_titled"),
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("opens_on")), name="councils_draft_open_for_days"
            ),
        )
        indexes = (models.Index(fields=["closes_on", "id"], name="councils_drafts"),)

    def __str__(self) -> str:
        return self.title_kk


class Point(models.Model):
    """A numbered point of a draft: `label` is what the text calls it ("3.2"), "" for none."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=16, blank=True)
    text_kk = models.TextField(blank=True)
    text_ru = models.TextField(blank=True)

    objects: ClassVar[models.Manager["Point"]] = models.Manager()

    class Meta:
        """In their order; a point says something."""

        constraints = (
            models.UniqueConstraint(fields=["draft", "order"], name="councils_point_order"),
            models.CheckConstraint(
                condition=~Q(text_kk="") | ~Q(text_ru=""), name="councils_point_has_words"
            ),
        )

    def __str__(self) -> str:
        return f"{self.draft_id} {self.order}"


class Stance(models.TextChoices):
    """What somebody thinks of a point."""

    AGREE = "agree", _("agree")
    DISAGREE = "disagree", _("disagree")
    PASS = "pass", _("pass")


class CommentChannel(models.TextChoices):
    """How a comment came."""

    SITE = "site", _("through the site")
    PAPER = "paper", _("on paper")
    MEETING = "meeting", _("said at a meeting")


class Tally(models.Model):
    """How many said what about a point, by channel. Single votes are not kept: nobody is known."""

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=CommentChannel)
    stance = models.CharField(max_length=8, choices=Stance)
    count = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Tally"]] = models.Manager()

    class Meta:
        """One counter of each kind."""

        constraints = (
            models.UniqueConstraint(
                fields=["point", "channel", "stance"], name="councils_tally_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.point_id} {self.channel} {self.stance} {self.count}"


class CommentState(models.TextChoices):
    """Whether others see it."""

    WAITING = "waiting", _("waits to be read")
    PUBLISHED = "published", pgettext_lazy("comment", "published")
    REFUSED = "refused", pgettext_lazy("comment", "not published")


class Answer(models.TextChoices):
    """What was answered."""

    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("accepted in part")
    REFUSED = "refused", _("not accepted")


class Mark(models.TextChoices):
    """Why a person should look twice at a comment."""

    LINKS = "links", _("many links")
    PERSONAL = "personal", _("a telephone or a person's number")


class Refusal(models.TextChoices):
    """The rules by which a comment is not published; there are no others."""

    PERSONAL = "personal", _("personal data of somebody")
    INSULT = "insult", _("insult or threat")
    ADVERTISING = "advertising", _("advertising")
    OFF_SUBJECT = "off_subject", _("not about this draft")
    INCITEMENT = "incitement", _("incitement to hatred or violence")


class Sending(models.Model):
    """The key of a form whose opinion was counted, so that sent again it counts once.

    It tells neither the point nor the opinion, and is dropped when the form can no longer be sent.
    """

    key = models.CharField(max_length=64, unique=True)
    sent_on = models.DateField()

    objects: ClassVar[models.Manager["Sending"]] = models.Manager()

    class Meta:
        """The old ones are dropped."""

        indexes = (models.Index(fields=["sent_on"], name="councils_sendings"),)

    def __str__(self) -> str:
        return self.key


class Comment(models.Model):
    """What a resident wrote about a point, without a name and without an address.

    `key` is what the form was drawn with: sent again it is the same comment. `refusal` is the code
    of the rule that it broke, `refusal_note` the reason in words. The author is told a `code` and
    can look for the answer by it.
    """

    code = models.CharField(max_length=8, unique=True, default=new_code)
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=8, choices=CommentChannel)
    language = models.CharField(max_length=2)
    text = models.TextField()
    written_on = models.DateField()
    state = models.CharField(max_length=10, choices=CommentState, default=CommentState.WAITING)
    mark = models.CharField(max_length=8, choices=Mark, blank=True)
    refusal = models.CharField(max_length=16, choices=Refusal, blank=True)
    refusal_note = models.CharField(max_length=300, blank=True)
    read_by = models.CharField(max_length=64, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answer_kk = models.TextField(blank=True)
    answer_ru = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Comment"]] = models.Manager()

    class Meta:
        """What was not published says why; an answer has its reason and its day."""

        constraints = (
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal=""), name="councils_comment_refused_why"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None)
                | ~Q(answer="") & Q(answered_on__isnull=False) & ~Q(answer_kk="", answer_ru=""),
                name="councils_comment_answered_whole",
            ),
        )
        indexes = (
            models.Index(fields=["point", "state", "id"], name="councils_comments"),
            models.Index(fields=["state", "id"], name="councils_comments_waiting"),
            models.Index(fields=["state", "written_on", "id"], name="councils_comments_by_day"),
        )

    def __str__(self) -> str:
        return self.code
