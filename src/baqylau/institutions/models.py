"""Bodies, their points of service, and the interests that tie people to them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from baqylau.kernel.codes import new_code
from baqylau.territories.models import Territory


class Kind(models.TextChoices):
    """What a body is. Codes are stable; tables and figures use them."""

    STATE_BODY = "state_body", _("state body")
    AKIMAT = "akimat", _("akimat")
    MASLIKHAT = "maslikhat", _("maslikhat")
    TSON = "tson", _("public service centre")
    SPECIAL_TSON = "special_tson", _("specialised public service centre")
    POLYCLINIC = "polyclinic", _("polyclinic")
    HOSPITAL = "hospital", _("hospital")
    SCHOOL = "school", _("school")
    KINDERGARTEN = "kindergarten", _("kindergarten")
    COLLEGE = "college", _("college")
    UNIVERSITY = "university", _("university")
    POLICE = "police", _("police")
    PROSECUTOR = "prosecutor", _("prosecutor's office")
    COURT = "court", _("court")
    QUASI_STATE = "quasi_state", _("quasi-state company")
    FIRM = "firm", _("private firm")
    NGO = "ngo", _("non-governmental organisation")
    OTHER = "other", _("other body")


class Ownership(models.TextChoices):
    """Whose it is."""

    STATE = "state", _("state")
    PRIVATE = "private", _("private")
    QUASI_STATE = "quasi_state", _("quasi-state")


class Dated(models.Model):
    """Whatever begins and ends: the half-open span [first_on, until_on), open where empty."""

    first_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        """Not a table of its own."""

        abstract = True


def span_has_days(name: str) -> models.CheckConstraint:
    """The constraint that a span has at least one day."""
    return models.CheckConstraint(
        condition=Q(until_on=None) | Q(first_on=None) | Q(until_on__gt=F("first_on")), name=name
    )


def _open_on(day: date) -> Q:
    """What lies in a span on the day."""
    return Q(Q(first_on=None) | Q(first_on__lte=day), Q(until_on=None) | Q(until_on__gt=day))


class InstitutionQuerySet(models.QuerySet["Institution"]):
    """Which bodies are meant."""

    def open_on(self, day: date) -> "InstitutionQuerySet":
        """Those that exist on the day."""
        return self.filter(_open_on(day))

    def matching(self, words: list[str]) -> "InstitutionQuerySet":
        """Those in whose name or address each skeleton word begins a word."""
        found = self
        for word in words:
            found = found.filter(skeleton__contains=f" {word}")
        return found


class Institution(Dated):
    """A body.

    `skeleton` holds all its names and addresses in one spelling, for search; `sort_*` orders names
    by their own alphabet. `hours` is described in `hours.py`. `people` is its size: how many people
    work or learn there, None where nobody knows. `revision` counts changes, so that two people do
    not overwrite each other.
    """

    code = models.CharField(max_length=8, unique=True, default=new_code)
    kind = models.CharField(max_length=16, choices=Kind)
    ownership = models.CharField(max_length=12, choices=Ownership)
    name_kk = models.CharField(max_length=240)
    name_ru = models.CharField(max_length=240, blank=True)
    name_en = models.CharField(max_length=240, blank=True)
    sort_kk = models.CharField(max_length=800)
    sort_ru = models.CharField(max_length=800)
    sort_en = models.CharField(max_length=800)
    skeleton = models.TextField()
    district = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    address_kk = models.CharField(max_length=240, blank=True)
    address_ru = models.CharField(max_length=240, blank=True)
    bin = models.CharField(max_length=12, blank=True)
    phone = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    hours = models.JSONField(default=list, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        """A business number belongs to one body; only what has ended has a successor."""

        constraints = (
            span_has_days("institutions_span_has_days"),
            models.UniqueConstraint(
                fields=["bin"], condition=~Q(bin=""), name="institutions_bin_is_one_bodys"
            ),
            models.CheckConstraint(
                condition=Q(bin="") | Q(bin__regex=r"^\d{12}$"), name="institutions_bin_has_12"
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(until_on__isnull=False),
                name="institutions_successor_needs_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(successor=F("id")), name="institutions_no_own_successor"
            ),
            models.CheckConstraint(condition=~Q(name_kk=""), name="institutions_named"),
        )
        indexes = (
            models.Index(fields=["district", "kind"], name="institutions_by_place"),
            models.Index(fields=["sort_kk", "id"], name="institutions_by_name"),
        )

    def __str__(self) -> str:
        return self.name_kk


class PointKind(models.TextChoices):
    """What happens at a point."""

    BRANCH = "branch", _("branch")
    RECEPTION = "reception", _("public reception room")
    TRAVELLING = "travelling", _("travelling reception")


class PointQuerySet(models.QuerySet["ServicePoint"]):
    """Which points are meant."""

    def open_on(self, day: date) -> "PointQuerySet":
        """Those that exist on the day."""
        return self.filter(_open_on(day))

    def receptions(self) -> "PointQuerySet":
        """The programme's own rooms, the travelling ones too."""
        return self.filter(kind__in=(PointKind.RECEPTION, PointKind.TRAVELLING))


class ServicePoint(Dated):
    """A place where people are received: a branch of its body, or a room of the programme in it.

    `note_*` says what does not fit elsewhere: the window, the way in, a travelling room's round.
    """

    code = models.CharField(max_length=8, unique=True, default=new_code)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=PointKind)
    name_kk = models.CharField(max_length=240)
    name_ru = models.CharField(max_length=240, blank=True)
    name_en = models.CharField(max_length=240, blank=True)
    district = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    address_kk = models.CharField(max_length=240, blank=True)
    address_ru = models.CharField(max_length=240, blank=True)
    phone = models.CharField(max_length=80, blank=True)
    hours = models.JSONField(default=list, blank=True)
    note_kk = models.CharField(max_length=500, blank=True)
    note_ru = models.CharField(max_length=500, blank=True)
    note_en = models.CharField(max_length=500, blank=True)

    objects = PointQuerySet.as_manager()

    class Meta:
        """Spans have days; rooms are looked up by district."""

        constraints = (
            span_has_days("institutions_point_span_has_days"),
            models.CheckConstraint(condition=~Q(name_kk=""), name="institutions_point_named"),
        )
        indexes = (models.Index(fields=["district", "kind"], name="institutions_point_by_place"),)

    def __str__(self) -> str:
        return self.name_kk


class Tie(models.TextChoices):
    """How somebody is tied to a body."""

    WORKS = "works", _("works or worked there")
    RELATIVE = "relative", _("a relative works there")
    OWNS = "owns", _("owns it or a share of it")
    SUPPLIES = "supplies", _("sells to it or buys from it")
    DISPUTE = "dispute", _("is in a dispute with it")
    BELONGS = "belongs", _("belongs to it or is led by it")


class InterestQuerySet(models.QuerySet["Interest"]):
    """Which ties are meant."""

    def open_on(self, day: date) -> "InterestQuerySet":
        """Those that hold on the day."""
        return self.filter(_open_on(day))


class Interest(Dated):
    """A tie that may bend a judgement: of a colleague (by opaque key) or of another body."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=64, blank=True)
    other = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tie = models.CharField(max_length=12, choices=Tie)

    objects = InterestQuerySet.as_manager()

    class Meta:
        """One side is the body, the other exactly one of a person and another body."""

        constraints = (
            span_has_days("institutions_interest_span_has_days"),
            models.CheckConstraint(
                condition=(Q(person="") & Q(other__isnull=False))
                | (~Q(person="") & Q(other__isnull=True)),
                name="institutions_interest_has_one_other_side",
            ),
            models.CheckConstraint(
                condition=Q(other=None) | ~Q(other=F("institution")),
                name="institutions_interest_is_not_in_itself",
            ),
            models.UniqueConstraint(
                fields=["institution", "person", "tie"],
                condition=Q(until_on=None, other=None),
                name="institutions_tie_of_person_once",
            ),
            models.UniqueConstraint(
                fields=["institution", "other", "tie"],
                condition=Q(until_on=None, person=""),
                name="institutions_tie_of_body_once",
            ),
        )
        indexes = (models.Index(fields=["person"], name="institutions_interest_person"),)

    def __str__(self) -> str:
        return f"{self.tie} {self.institution_id}"
