"""Identities under opaque keys, what each person agreed to, and what was erased."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    """An opaque key, all that other rooms and the journal ever know: 64 random bits, hex."""
    return secrets.token_hex(8)


class Contact(models.Model):
    """A person who agreed to be known.

    Name and phone are sealed under the key of keys/contacts.key that `sealed_with` names;
    `phone_mark` is a keyed hash of the normal phone, "" where there is none. `keep_until` is the
    last day on which the row is kept. `is_counted`: the person's answers about themselves have been
    added to the anonymous counts.
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    sealed_with = models.CharField(max_length=16)
    sealed_name = models.BinaryField()
    sealed_phone = models.BinaryField()
    phone_mark = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    created_on = models.DateField()
    keep_until = models.DateField()
    is_counted = models.BooleanField(default=False)

    class Meta:
        """Found by phone and by the end of its time; several people may share a phone."""

        indexes = (
            models.Index(fields=["phone_mark"], name="contacts_by_phone"),
            models.Index(fields=["keep_until"], name="contacts_by_end"),
            models.Index(fields=["sealed_with"], name="contacts_by_key"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(keep_until__gte=F("created_on")), name="contacts_kept_from_the_start"
            ),
            models.CheckConstraint(
                condition=Q(phone_mark="") | Q(phone_mark__regex=r"^[0-9a-f]{64}$"),
                name="contacts_mark_is_a_hash",
            ),
            models.CheckConstraint(
                condition=Q(language__in=("kk", "ru", "en")), name="contacts_language_known"
            ),
        )

    def __str__(self) -> str:
        return self.key


class Purpose(models.TextChoices):
    """What a person may agree to."""

    CONTACT = "contact", _("keep the name and the phone, and call back")
    PAPERS = "papers", _("keep the number and the address typed for a letter")


class ConsentText(models.Model):
    """What a person is asked, word for word, from `valid_from` until the next version begins.

    `keep_days` is how long after the last visit the text promises to keep what was given.
    """

    purpose = models.CharField(max_length=8, choices=Purpose)
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    keep_days = models.PositiveSmallIntegerField()
    text_kk = models.TextField()
    text_ru = models.TextField()
    text_en = models.TextField()

    class Meta:
        """Versions are numbered by purpose, one for a day, none longer than three years."""

        constraints = (
            models.UniqueConstraint(fields=["purpose", "number"], name="contacts_text_number"),
            models.UniqueConstraint(fields=["purpose", "valid_from"], name="contacts_text_day"),
            models.CheckConstraint(
                condition=Q(keep_days__range=(1, 1096)), name="contacts_text_keeps_for_a_while"
            ),
            models.CheckConstraint(
                condition=~Q(text_kk="") & ~Q(text_ru="") & ~Q(text_en=""),
                name="contacts_text_in_three_languages",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="contacts_text_purpose_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.purpose} {self.number}"


class Consent(models.Model):
    """One person's yes to one text, read in `language`; the one in force has no `withdrawn_at`."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose)
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """One yes in force for a purpose."""

        constraints = (
            models.UniqueConstraint(
                fields=["contact", "purpose"],
                condition=Q(withdrawn_at=None),
                name="contacts_one_consent_in_force",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="contacts_withdrawn_after_given",
            ),
        )

    def __str__(self) -> str:
        return f"{self.contact_id} {self.purpose}"


class Relation(models.TextChoices):
    """Whose matter somebody brings who comes for another."""

    PARENT = "parent", _("parent")
    CHILD = "child", _("son or daughter")
    SPOUSE = "spouse", _("husband or wife")
    SIBLING = "sibling", _("brother or sister")
    GRANDCHILD = "grandchild", _("grandchild")
    GUARDIAN = "guardian", _("guardian")
    PROXY = "proxy", _("representative by power of attorney")
    NEIGHBOUR = "neighbour", _("neighbour or friend")


class ActingFor(models.Model):
    """`who` came for `whom`; None where the other person did not agree to be known."""

    who = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    whom = models.ForeignKey(Contact, on_delete=models.CASCADE, null=True, related_name="+")
    relation = models.CharField(max_length=12, choices=Relation)
    noted_on = models.DateField()

    class Meta:
        """Nobody acts for themselves."""

        constraints = (
            models.CheckConstraint(
                condition=Q(whom=None) | ~Q(who=F("whom")), name="contacts_acts_for_another"
            ),
            models.CheckConstraint(
                condition=Q(relation__in=Relation.values), name="contacts_relation_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.who_id} {self.relation}"


class Question(models.TextChoices):
    """What people may tell about themselves."""

    SEX = "sex", _("sex")
    AGE = "age", _("age")
    PLACE = "place", _("town or village")


class Answer(models.TextChoices):
    """Every answer to every question; `ANSWERS` says which belongs to which."""

    FEMALE = "female", _("woman")
    MALE = "male", _("man")
    TO_17 = "to_17", _("under 18")
    FROM_18 = "from_18", _("18 to 34")
    FROM_35 = "from_35", _("35 to 49")
    FROM_50 = "from_50", _("50 to 62")
    FROM_63 = "from_63", _("63 and older")
    TOWN = "town", _("town")
    VILLAGE = "village", _("village")


ANSWERS: dict[Question, tuple[Answer, ...]] = {
    Question.SEX: (Answer.FEMALE, Answer.MALE),
    Question.AGE: (
        Answer.TO_17,
        Answer.FROM_18,
        Answer.FROM_35,
        Answer.FROM_50,
        Answer.FROM_63,
    ),
    Question.PLACE: (Answer.TOWN, Answer.VILLAGE),
}


class Demographics(models.Model):
    """How many people of a month gave an answer.

    A count, never a row for a person: nothing leads from here to anybody, and the questions are
    not crossed with each other.
    """

    month_on = models.DateField()
    question = models.CharField(max_length=8, choices=Question)
    answer = models.CharField(max_length=8, choices=Answer)
    number = models.PositiveIntegerField(default=0)

    class Meta:
        """One count for each answer of a month."""

        constraints = (
            models.UniqueConstraint(
                fields=["month_on", "question", "answer"], name="contacts_one_count_each"
            ),
            models.CheckConstraint(
                condition=Q(month_on__day=1), name="contacts_counts_begin_with_a_month"
            ),
        )

    def __str__(self) -> str:
        return f"{self.month_on} {self.answer} {self.number}"


class Erasure(models.Model):
    """That somebody was erased, and when: a restored copy must forget them again."""

    class Reason(models.TextChoices):
        """Why."""

        REQUEST = "request", _("the person asked")
        WITHDRAWN = "withdrawn", _("the consent was withdrawn")
        RETENTION = "retention", _("the time was over")
        REPLAYED = "replayed", _("a copy was restored")

    key = models.CharField(max_length=16, primary_key=True)
    erased_on = models.DateField()
    reason = models.CharField(max_length=9, choices=Reason)

    def __str__(self) -> str:
        return f"{self.key} {self.erased_on}"
