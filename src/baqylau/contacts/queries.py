"""What may be read without opening anybody: consents, texts, counts, erasures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baqylau.contacts.keyring import ring
from baqylau.contacts.models import (
    ActingFor,
    Consent,
    ConsentText,
    Contact,
    Demographics,
    Erasure,
    Purpose,
)
from baqylau.contacts.rules import PhoneError, normal_phone
from baqylau.contacts.sealing import marks
from baqylau.kernel.errors import DomainError

CHUNK = 500


class UnknownContactError(DomainError):
    """There is no such person, or not any more."""

    code = "unknown"
    status = 404


def contact(key: str) -> Contact:
    """The person's row. Raises: UnknownContactError."""
    found = Contact.objects.filter(key=key).first()
    if found is None:
        raise UnknownContactError(gettext_lazy("Nobody is kept under this key, or not any more."))
    return found


def is_phone_of(key: str, phone: str) -> bool:
    """Whether what was typed is the phone of the person; False when nobody is kept under the key.

    Opens nothing: the phone's mark is compared. Raises: KeyFileError.
    """
    row = Contact.objects.filter(key=key).exclude(phone_mark="").first()
    if row is None:
        return False
    try:
        number = normal_phone(phone)
    except PhoneError:
        return False
    return row.phone_mark in marks(ring(), number)


def text_on(purpose: str, day: date) -> ConsentText:
    """The text that is asked on the day. Raises: DomainError when there is none yet."""
    texts = ConsentText.objects.filter(purpose=purpose, valid_from__lte=day)
    found = texts.order_by("-valid_from").first()
    if found is None:
        raise DomainError(gettext_lazy("There is no text of consent yet: nobody may be asked."))
    return found


def wording(text: ConsentText, language: str) -> str:
    """The text in a language; Kazakh where the language is not one of ours."""
    return str(getattr(text, f"text_{language}", text.text_kk))


def consents_of(of: Contact) -> list[Consent]:
    """Everything that the person has agreed to, also what they took back, the latest first."""
    return list(Consent.objects.filter(contact=of).select_related("text").order_by("-given_at"))


def has_consent(of: Contact, purpose: str = Purpose.CONTACT) -> bool:
    """Whether the person's yes to a purpose is in force."""
    return in_force(of, purpose).exists()


def in_force(of: Contact, purpose: str) -> QuerySet[Consent]:
    """The consent in force, as a set of one or none."""
    return Consent.objects.filter(contact=of, purpose=purpose, withdrawn_at=None)


def callable_now(keys: Iterable[str]) -> frozenset[str]:
    """Of these people those whose phone is kept and whose consent is in force."""
    found: set[str] = set()
    for part in batched(sorted(set(keys)), CHUNK):
        rows = Consent.objects.filter(purpose=Purpose.CONTACT, withdrawn_at=None)
        rows = rows.filter(contact__key__in=part).exclude(contact__phone_mark="")
        found.update(rows.values_list("contact__key", flat=True))
    return frozenset(found)


def batched(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The keys, so many at a time."""
    return (keys[at : at + size] for at in range(0, len(keys), size))


def acting_for(of: Contact) -> list[ActingFor]:
    """For whom the person came."""
    return list(ActingFor.objects.filter(who=of).select_related("whom").order_by("id"))


def known(keys: Iterable[str]) -> int:
    """How many different people stand behind the keys that visits carry, erased ones too."""
    return len({key for key in keys if key})


def over_on(day: date) -> list[tuple[str, str]]:
    """(key, reason) of everybody who must be forgotten on the day."""
    agreed = Consent.objects.filter(purpose=Purpose.CONTACT, withdrawn_at=None).values("contact")
    late = Contact.objects.filter(keep_until__lt=day).order_by("id").values_list("key", flat=True)
    withdrawn = (
        Contact.objects.exclude(pk__in=agreed)
        .filter(keep_until__gte=day)
        .order_by("id")
        .values_list("key", flat=True)
    )
    return [
        *((key, Erasure.Reason.RETENTION.value) for key in late),
        *((key, Erasure.Reason.WITHDRAWN.value) for key in withdrawn),
    ]


def erasures() -> Iterator[tuple[str, date]]:
    """(key, day) of everybody who was erased: what a restored copy must forget again."""
    yield from Erasure.objects.order_by("erased_on", "key").values_list("key", "erased_on")


def counts(first: date, until: date) -> Mapping[tuple[str, str], int]:
    """How many people gave each answer, by (question, answer), over the months of a period."""
    found: dict[tuple[str, str], int] = {}
    for row in Demographics.objects.filter(month_on__gte=first, month_on__lt=until):
        place = (row.question, row.answer)
        found[place] = found.get(place, 0) + row.number
    return found


def strangers(journalled: frozenset[str], erased: frozenset[str]) -> Iterator[str]:
    """One sentence for each row that the journal does not vouch for."""
    rows = Contact.objects.order_by("id").values_list("key", flat=True)
    for key in rows.iterator():
        if key in erased:
            yield _("contact %(key)s was erased and is still there") % {"key": key}
        elif key not in journalled:
            yield _("contact %(key)s was never opened") % {"key": key}
