"""Cards: what a resident is told about a service or about the law, as dated versions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baqylau.catalogue.models.public_services import PublicService
from baqylau.catalogue.models.reference import Language


class Kind(models.TextChoices):
    """What a card is about."""

    SERVICE = "service", _("Service")
    LAW = "law", _("Law")


class State(models.TextChoices):
    """Where a version stands. Only a draft is ever changed."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    REPLACED = "replaced", _("Replaced by a later version")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Card(models.Model):
    """A card under a permanent code. A service card lives at its service's address.

    `order` places law cards on their page.
    """

    kind = models.CharField(max_length=8, choices=Kind.choices)
    code = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=80, blank=True)
    service = models.OneToOneField(
        PublicService, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    order = models.PositiveIntegerField(default=1000)

    class Meta:
        """A service card has a service and no address of its own; a law card the reverse."""

        constraints = (
            models.CheckConstraint(
                condition=Q(kind=Kind.SERVICE, service__isnull=False, slug="")
                | (Q(kind=Kind.LAW, service=None) & ~Q(slug="")),
                name="card_belongs_to_its_kind",
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=~Q(slug=""), name="card_address_is_its_own"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class CardVersion(models.Model):
    """What a card says from `published_at` until `closed_at`, in all its languages.

    `as_of`: the day on which it was true; `source`: where it comes from. `law` is a list of
    {"act": key, "article": text}, `rules` a list of rule ids. `checked_by` is a lawyer's name as
    typed; empty means "not checked by a lawyer" wherever the version is shown. `author` and
    `edition` (which counts up with every save) belong to the draft. `seed_mark` is the
    fingerprint of the starter card that wrote it, "" for a person's.
    """

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    as_of = models.DateField()
    source = models.TextField()
    law = models.JSONField(default=list, blank=True)
    rules = models.JSONField(default=list, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    author = models.CharField(max_length=64)
    edition = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    seed_mark = models.CharField(max_length=16, blank=True)

    class Meta:
        """One draft and one published version a card; dates agree with the state."""

        constraints = (
            models.UniqueConstraint(fields=["card", "number"], name="card_version_number"),
            models.UniqueConstraint(
                fields=["card"], condition=Q(state=State.DRAFT), name="card_has_one_draft"
            ),
            models.UniqueConstraint(
                fields=["card"], condition=Q(state=State.PUBLISHED), name="card_has_one_published"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="card_version_from_one"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, published_at=None)
                | (~Q(state=State.DRAFT) & Q(published_at__isnull=False)),
                name="card_version_published_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.PUBLISHED], closed_at=None)
                | Q(state__in=[State.REPLACED, State.WITHDRAWN], closed_at__isnull=False),
                name="card_version_closed_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(checked_by="", checked_on=None)
                | (~Q(checked_by="") & Q(checked_on__isnull=False)),
                name="card_version_check_has_name_and_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.card_id} v{self.number} {self.state}"


class CardText(models.Model):
    """A version's words in one language. Lists hold one line an item.

    `mark` is the fingerprint of these words; `based_on` is the fingerprint of the Kazakh text
    that a translation was made from: when it differs from the Kazakh text's own mark, the
    translation is stale.
    """

    version = models.ForeignKey(CardVersion, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=2, choices=Language.choices)
    title = models.CharField(max_length=120)
    answer = models.TextField(blank=True)
    documents = models.JSONField(default=list, blank=True)
    fee = models.TextField(blank=True)
    term = models.TextField(blank=True)
    where = models.TextField(blank=True)
    refused = models.TextField(blank=True)
    steps = models.JSONField(default=list, blank=True)
    details = models.JSONField(default=list, blank=True)
    warning = models.TextField(blank=True)
    mark = models.CharField(max_length=16)
    based_on = models.CharField(max_length=16, blank=True)

    class Meta:
        """One text a language; the Kazakh text is based on nothing else."""

        constraints = (
            models.UniqueConstraint(fields=["version", "language"], name="card_text_language"),
            models.CheckConstraint(
                condition=Q(language__in=Language.values), name="card_text_language_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(language=Language.KAZAKH) | Q(based_on=""),
                name="card_text_source_has_no_source",
            ),
        )

    def __str__(self) -> str:
        return f"{self.version_id} {self.language}"
