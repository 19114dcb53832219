"""Events: where, for whom, who spoke, how many came, and what shows it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baqylau.files.models import StoredFile
from baqylau.institutions.models import Institution
from baqylau.kernel.codes import new_code
from baqylau.outreach.models.campaigns import Campaign
from baqylau.territories.models import Territory


class EventKind(models.TextChoices):
    """What is held."""

    MEETING = "meeting", _("meeting with people")
    SEMINAR = "seminar", _("seminar")
    LECTURE = "lecture", _("lecture")
    HEARING = "hearing", _("public hearing")


class Stage(models.TextChoices):
    """Where it stands."""

    PLANNED = "planned", _("planned")
    CONFIRMED = "confirmed", _("confirmed by the institution")
    HELD = "held", _("held")
    REPORTED = "reported", _("reported")
    CANCELLED = "cancelled", _("cancelled")


class Event(models.Model):
    """An event.

    `starts_at` and `ends_at` are clock times of the day `on`. `confirmed_by` is what the
    institution said, without a name (an office, a letter's number). `reported_at` is the moment
    when its numbers were written down, to be compared with `on`, and `reporter` the opaque key of
    who did it. `sequence` counts changes of day or place: calendars replace an entry by the one
    with the higher number.
    """

    code = models.CharField(max_length=8, unique=True, default=new_code)
    kind = models.CharField(max_length=8, choices=EventKind)
    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    topic_kk = models.CharField(max_length=300)
    topic_ru = models.CharField(max_length=300, blank=True)
    district = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    place_kk = models.CharField(max_length=240, blank=True)
    place_ru = models.CharField(max_length=240, blank=True)
    on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PLANNED)
    confirmed_by = models.CharField(max_length=160, blank=True)
    reason_kk = models.CharField(max_length=300, blank=True)
    reason_ru = models.CharField(max_length=300, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    reporter = models.CharField(max_length=64, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    author = models.CharField(max_length=64)
    sequence = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    is_imported = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Event"]] = models.Manager()

    class Meta:
        """What was reported has a headcount; what was cancelled says why."""

        constraints = (
            models.CheckConstraint(condition=~Q(topic_kk=""), name="outreach_event_has_a_topic"),
            models.CheckConstraint(
                condition=~Q(stage="reported") | Q(people__isnull=False, reported_at__isnull=False),
                name="outreach_reported_has_people",
            ),
            models.CheckConstraint(
                condition=~Q(stage="cancelled") | ~Q(reason_kk=""),
                name="outreach_cancelled_says_why",
            ),
        )
        indexes = (
            models.Index(fields=["on", "id"], name="outreach_by_day"),
            models.Index(fields=["stage", "on", "id"], name="outreach_by_stage"),
            models.Index(fields=["district", "on", "id"], name="outreach_by_place"),
            models.Index(fields=["campaign", "on", "id"], name="outreach_by_campaign"),
            models.Index(fields=["author", "on", "id"], name="outreach_by_author"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.on}"


class Visited(models.Model):
    """An institution at which, or for whose people, an event is held."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Visited"]] = models.Manager()

    class Meta:
        """Once for each event."""

        constraints = (
            models.UniqueConstraint(fields=["event", "institution"], name="outreach_visited_once"),
        )

    def __str__(self) -> str:
        return f"{self.event_id} {self.institution_id}"


class Speaker(models.Model):
    """Somebody who speaks for the programme: a volunteer, a colleague, a guest.

    `person` is the opaque key of the account, "" without one. The name is seen at the desk only.
    """

    code = models.CharField(max_length=8, unique=True, default=new_code)
    name = models.CharField(max_length=160)
    person = models.CharField(max_length=64, blank=True)
    district = models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_volunteer = models.BooleanField(default=True)
    first_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager["Speaker"]] = models.Manager()

    class Meta:
        """One speaker for an account."""

        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="outreach_speaker_named"),
            models.UniqueConstraint(
                fields=["person"], condition=~Q(person=""), name="outreach_speaker_person_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class SpeakerNoteKind(models.TextChoices):
    """What is noted about a speaker."""

    TRAINED = "trained", _("was trained")
    PLEDGED = "pledged", _("signed the rules of conduct")
    OBSERVED = "observed", _("was observed at an event")
    COMPLAINT = "complaint", _("complaint about conduct")
    PAUSED = "paused", _("does not speak for a time")


class SpeakerNote(models.Model):
    """Training and conduct of a speaker; written once."""

    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=SpeakerNoteKind)
    on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    author = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["SpeakerNote"]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.speaker_id} {self.kind} {self.on}"


class Speaking(models.Model):
    """That a speaker is to speak at an event."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["Speaking"]] = models.Manager()

    class Meta:
        """Once for each event."""

        constraints = (
            models.UniqueConstraint(fields=["event", "speaker"], name="outreach_speaks_once"),
        )

    def __str__(self) -> str:
        return f"{self.event_id} {self.speaker_id}"


class Sex(models.TextChoices):
    """As counted in the room."""

    FEMALE = "female", _("women")
    MALE = "male", _("men")
    UNKNOWN = "unknown", _("not told apart")


class Age(models.TextChoices):
    """Bands, as counted in the room."""

    UNDER_18 = "under_18", _("under 18")
    FROM_18 = "from_18", _("18 to 28")
    FROM_29 = "from_29", _("29 to 59")
    FROM_60 = "from_60", _("60 and older")
    UNKNOWN = "unknown", _("not told apart")


class Headcount(models.Model):
    """How many of a sex and an age came."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    sex = models.CharField(max_length=8, choices=Sex)
    age = models.CharField(max_length=10, choices=Age)
    count = models.PositiveIntegerField()

    objects: ClassVar[models.Manager["Headcount"]] = models.Manager()

    class Meta:
        """One number for each."""

        constraints = (
            models.UniqueConstraint(fields=["event", "sex", "age"], name="outreach_counted_once"),
        )

    def __str__(self) -> str:
        return f"{self.event_id} {self.sex} {self.age} {self.count}"


class Sheet(models.Model):
    """The scan of an attendance sheet: names of people. Sealed, opened by few, never published.

    `key` opens the content and is itself sealed under the key of `contacts` named by `key_id`;
    both are gone once the retention rule has taken the sheet (`dropped_on`). `size` is in bytes.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    key_id = models.CharField(max_length=16, blank=True)
    key = models.BinaryField(max_length=400, blank=True)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    added_by = models.CharField(max_length=64)
    added_on = models.DateField()
    dropped_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["Sheet"]] = models.Manager()

    class Meta:
        """Numbered from one; a content belongs to those that are there."""

        constraints = (
            models.UniqueConstraint(fields=["event", "number"], name="outreach_sheet_number"),
            models.CheckConstraint(
                condition=Q(file=None, dropped_on__isnull=False)
                | Q(file__isnull=False, dropped_on=None),
                name="outreach_sheet_there_or_dropped",
            ),
        )

    def __str__(self) -> str:
        return f"{self.event_id} {self.number}"


class Picture(models.Model):
    """A picture of an event: only pixels are kept; `has_consent` says that those seen agreed.

    `digest` is the SHA-256 (hex) of the file as it came, `likeness` a perceptual hash of 64 bits
    (hex): two that are near show the same scene; "" for one too plain to be told apart.
    `band_0` to `band_3` are its quarters, 16 bits each: two hashes that are near have a quarter in
    which they are almost the same: so near ones are found by index. Published only with consent.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    likeness = models.CharField(max_length=16, blank=True)
    band_0 = models.PositiveIntegerField(null=True, db_index=True)
    band_1 = models.PositiveIntegerField(null=True, db_index=True)
    band_2 = models.PositiveIntegerField(null=True, db_index=True)
    band_3 = models.PositiveIntegerField(null=True, db_index=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    alt_kk = models.CharField(max_length=300)
    alt_ru = models.CharField(max_length=300, blank=True)
    has_consent = models.BooleanField(default=False)
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Picture"]] = models.Manager()

    class Meta:
        """In their order."""

        constraints = (
            models.UniqueConstraint(fields=["event", "order"], name="outreach_picture_order"),
        )
        indexes = (models.Index(fields=["digest"], name="outreach_picture_digest"),)

    def __str__(self) -> str:
        return f"{self.event_id} {self.order}"


class Link(models.Model):
    """Where others wrote about an event."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    url = models.URLField(max_length=400)
    title = models.CharField(max_length=200)

    objects: ClassVar[models.Manager["Link"]] = models.Manager()

    def __str__(self) -> str:
        return self.url
