"""Meetings of a council: what is on the agenda, who came, how they voted."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baqylau.councils.models.councils import Council, Member
from baqylau.councils.models.drafts import Draft
from baqylau.files.models import StoredFile
from baqylau.institutions.models import Institution
from baqylau.kernel.codes import new_code


class MeetingKind(models.TextChoices):
    """What is held."""

    MEETING = "meeting", _("meeting")
    HEARING = "hearing", _("hearing")
    MONITORING = "monitoring", _("public monitoring")
    EXPERTISE = "expertise", _("public expertise")


class MeetingStage(models.TextChoices):
    """Where it stands."""

    PLANNED = "planned", _("planned")
    INVITED = "invited", _("invitations are out")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class Meeting(models.Model):
    """A meeting; a row of the year's plan until invitations go out.

    `planned_on` is the day of the plan, `starts_at` the moment that people were invited for.
    `sequence` counts invitations: calendars replace an entry by the one with the higher number.
    `minutes_*` are published with `published_at`, and frozen then. `is_imported`: what became of
    it was taken over from an older register.
    """

    code = models.CharField(max_length=8, unique=True, default=new_code)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=MeetingKind, default=MeetingKind.MEETING)
    topic_kk = models.CharField(max_length=300)
    topic_ru = models.CharField(max_length=300, blank=True)
    planned_on = models.DateField()
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes_long = models.PositiveSmallIntegerField(default=120)
    place_kk = models.CharField(max_length=240, blank=True)
    place_ru = models.CharField(max_length=240, blank=True)
    stage = models.CharField(max_length=10, choices=MeetingStage, default=MeetingStage.PLANNED)
    reason_kk = models.CharField(max_length=300, blank=True)
    reason_ru = models.CharField(max_length=300, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    minutes_kk = models.TextField(blank=True)
    minutes_ru = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    is_imported = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Meeting"]] = models.Manager()

    class Meta:
        """Who is invited knows when; what is cancelled says why."""

        constraints = (
            models.CheckConstraint(condition=~Q(topic_kk=""), name="councils_meeting_has_a_topic"),
            models.CheckConstraint(
                condition=Q(stage__in=("planned", "cancelled")) | Q(starts_at__isnull=False),
                name="councils_meeting_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(stage="cancelled") | ~Q(reason_kk=""),
                name="councils_cancelled_says_why",
            ),
        )
        indexes = (
            models.Index(fields=["council", "planned_on"], name="councils_meetings"),
            models.Index(fields=["planned_on", "id"], name="councils_meetings_by_day"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.planned_on}"


class Invitation(models.Model):
    """That the members were invited, for which moment; a moved meeting has several."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    sent_on = models.DateField()
    person = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["Invitation"]] = models.Manager()

    class Meta:
        """Numbered without gaps."""

        constraints = (
            models.UniqueConstraint(fields=["meeting", "sequence"], name="councils_invited_once"),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.sequence}"


class AgendaItem(models.Model):
    """One item: what is discussed, whom it concerns, and what was decided.

    Whoever declared an interest in `institution` does not vote on it. `is_carried` is None while
    nothing was voted.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    title_kk = models.CharField(max_length=300)
    title_ru = models.CharField(max_length=300, blank=True)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    draft = models.ForeignKey(
        Draft, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_voted = models.BooleanField(default=True)
    decision_kk = models.TextField(blank=True)
    decision_ru = models.TextField(blank=True)
    is_carried = models.BooleanField(null=True, blank=True)

    objects: ClassVar[models.Manager["AgendaItem"]] = models.Manager()

    class Meta:
        """Numbered within its meeting."""

        constraints = (
            models.UniqueConstraint(fields=["meeting", "number"], name="councils_item_number"),
            models.CheckConstraint(condition=~Q(title_kk=""), name="councils_item_titled"),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"


class Material(models.Model):
    """A paper for an item, public with the agenda; nothing but what was uploaded for everybody."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    name_kk = models.CharField(max_length=200)
    name_ru = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Material"]] = models.Manager()

    def __str__(self) -> str:
        return self.name_kk


class Presence(models.TextChoices):
    """Whether a member came."""

    PRESENT = "present", _("was there")
    EXCUSED = "excused", _("excused")
    ABSENT = "absent", _("was not there")


class Attendance(models.Model):
    """That a member came, or not; public."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(max_length=8, choices=Presence)

    objects: ClassVar[models.Manager["Attendance"]] = models.Manager()

    class Meta:
        """Once for each member."""

        constraints = (
            models.UniqueConstraint(fields=["meeting", "member"], name="councils_attended_once"),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.member_id} {self.presence}"


class Choice(models.TextChoices):
    """How a member voted."""

    FOR = "for", _("for")
    AGAINST = "against", _("against")
    ABSTAIN = "abstain", _("abstained")
    INTEREST = "interest", _("did not vote: conflict of interest")


class Vote(models.Model):
    """A member's vote on an item; public, as the law on councils wants it.

    `actor` is the opaque key of whoever wrote it down: the member's own account, or a secretary's.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice)
    voted_at = models.DateTimeField()
    actor = models.CharField(max_length=64, default="")

    objects: ClassVar[models.Manager["Vote"]] = models.Manager()

    class Meta:
        """One vote for each member and item."""

        constraints = (
            models.UniqueConstraint(fields=["item", "member"], name="councils_vote_once"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.member_id} {self.choice}"


class MinutesFile(models.Model):
    """The published minutes as a document: `language` kk or ru, `form` pdf or docx."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    form = models.CharField(max_length=4)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["MinutesFile"]] = models.Manager()

    class Meta:
        """One of each."""

        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "language", "form"], name="councils_minutes_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.language} {self.form}"
