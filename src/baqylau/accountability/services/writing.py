"""Writing an account: opening it, its texts, its pictures. A change takes approvals back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.accountability.access import DRAFT
from baqylau.accountability.models import Account, AccountPicture, Approval, Narrative, State
from baqylau.accountability.models.accounts import OPEN_STATES
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.queries.outline import current
from baqylau.documents.accounts import limits, pictures
from baqylau.documents.letters import strange_signs
from baqylau.figures.models import Contract
from baqylau.figures.queries.contracts import days_of
from baqylau.figures.rules.plans import is_inside
from baqylau.figures.rules.spans import choose
from baqylau.files import metadata
from baqylau.files import services as files
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require
from baqylau.text.personal import personal

Place = tuple[str, str]
"""A section and a language."""


class SealedError(DomainError):
    """What is sealed is not changed any more."""

    code = "sealed"
    status = 409


def open_account(*, actor: Actor, contract: Contract, code: str) -> Account:
    """Begin the account of a period.

    Raises: NotAllowedError; DomainError for a period outside the contract, or one that has an
    account already.
    """
    require(actor, DRAFT)
    chosen = choose(code)
    if chosen is None or not is_inside(chosen, days_of(contract)):
        raise DomainError(_("Choose a period of the contract."), code="outside", field="period")
    with transaction.atomic():
        Contract.objects.select_for_update().get(pk=contract.pk)
        if Account.objects.filter(contract=contract, period=code).exists():
            raise DomainError(
                _("There is an account of this period already."), code="taken", field="period"
            )
        return _new(actor, contract, code, 1)


def _new(actor: Actor, contract: Contract, code: str, version: int) -> Account:
    row = Account.objects.create(
        contract=contract, period=code, version=version, made_by=actor.key, made_at=clock.now()
    )
    append(
        action="accountability.opened",
        actor=actor,
        subject=f"account:{row.pk}",
        payload={"contract": contract.pk, "period": code, "version": version},
    )
    return row


def continue_account(*, actor: Actor, account: Account) -> Account:
    """A new version of an account that came back; its texts and pictures go on.

    Raises: NotAllowedError; DomainError for one that was not returned, or is continued already.
    """
    require(actor, DRAFT)
    with transaction.atomic():
        row = Account.objects.select_for_update().select_related("contract").get(pk=account.pk)
        if row.state != State.RETURNED or not queries.newest_version(row):
            raise DomainError(_("Only an account that came back is continued."), code="state")
        made = _new(actor, row.contract, row.period, row.version + 1)
        for text in Narrative.objects.filter(account=row):
            Narrative.objects.create(
                account=made, section=text.section, language=text.language, text=text.text
            )
        for picture in queries.pictures_of(row):
            picture.pk, picture.account = None, made
            picture.save(force_insert=True)
    return made


def locked(account: Account) -> Account:
    """The account, held until the transaction ends. Raises: SealedError."""
    row = Account.objects.select_for_update().get(pk=account.pk)
    if row.state not in OPEN_STATES:
        raise SealedError(_("This account is sealed: nothing in it changes any more."))
    return row


def changed(row: Account) -> None:
    """Note a change: whoever approved has approved something else."""
    Approval.objects.filter(account=row).delete()
    row.state = State.DRAFT
    row.edition += 1
    row.save(update_fields=["state", "edition"])


def write(*, actor: Actor, account: Account, texts: Mapping[Place, str], seen: int) -> Account:
    """Write the texts of an account; `seen` is the edition that the person had before them.

    Raises: NotAllowedError; SealedError; ConflictError; RefusalsError for a text that is too long,
    has a sign that cannot be printed, or a person's telephone or number in it.
    """
    require(actor, DRAFT)
    known = {part.code: part for part in current().sections}
    clean = {
        place: "\n".join(line.rstrip() for line in text.replace("\r", "").split("\n")).strip()
        for place, text in texts.items()
        if place[0] in known and place[1] in queries.LANGUAGES
    }
    refuse_all([fault for place, text in clean.items() for fault in _faults_of(place, text)])
    with transaction.atomic():
        row = locked(account)
        if row.edition != seen:
            raise ConflictError(
                _("Somebody changed this account meanwhile. Look at it again before you save.")
            )
        for (section, language), text in clean.items():
            Narrative.objects.update_or_create(
                account=row, section=section, language=language, defaults={"text": text}
            )
        changed(row)
        append(
            action="accountability.written",
            actor=actor,
            subject=f"account:{row.pk}",
            payload={"edition": row.edition},
        )
    return row


def _faults_of(place: Place, text: str) -> Iterator[DomainError]:
    field = "_".join(place)
    if len(text) > limits.SECTION:
        yield DomainError(
            _("This text is too long: %(length)s signs, at most %(limit)s."),
            code="long",
            field=field,
            params={"length": len(text), "limit": limits.SECTION},
        )
        return
    if strange := strange_signs(text):
        yield DomainError(
            _("A sign in this text cannot be printed: %(sign)s"),
            code="sign",
            field=field,
            params={"sign": strange[0] if strange[0].isprintable() else f"U+{ord(strange[0]):04X}"},
        )
    if number := personal(text):
        yield DomainError(
            _("A telephone or a person's number does not belong here: %(number)s"),
            code="personal",
            field=field,
            params={"number": number},
        )


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture and its words in both languages; `alt` says what is seen for who cannot see."""

    content: bytes
    media_type: str
    caption_kk: str
    caption_ru: str
    alt_kk: str
    alt_ru: str

    @property
    def words(self) -> dict[str, str]:
        """The words by their fields."""
        names = ("caption_kk", "caption_ru", "alt_kk", "alt_ru")
        return {name: getattr(self, name).strip() for name in names}


def add_picture(*, actor: Actor, account: Account, said: Pictured) -> AccountPicture:
    """Add a picture, freed of place, time and telephone.

    Raises: NotAllowedError; SealedError; RefusalsError for missing words, for what is no picture.
    """
    require(actor, DRAFT)
    faults = [fault for name, text in said.words.items() for fault in _faults_of_words(name, text)]
    try:
        clean = metadata.strip(said.content, said.media_type)
        pictures.measure(clean, "")
    except (metadata.MetadataError, KeyError, DomainError):
        faults.append(
            DomainError(
                _("This is no picture that can be printed: choose a JPEG or a PNG up to 4 MB."),
                code="picture",
                field="file",
            )
        )
    refuse_all(faults)
    if len(queries.pictures_of(account)) >= limits.PICTURES:
        raise DomainError(
            _("An account has at most %(limit)s pictures."),
            code="many",
            params={"limit": limits.PICTURES},
        )
    kept = files.keep(pieces=[clean], media_type=said.media_type)
    with transaction.atomic():
        row = locked(account)
        made = AccountPicture.objects.create(account=row, file=kept, **said.words)
        changed(row)
        append(
            action="accountability.picture_added",
            actor=actor,
            subject=f"account:{row.pk}",
            payload={"digest": kept.digest},
        )
    return made


def _faults_of_words(name: str, text: str) -> Iterator[DomainError]:
    if not text:
        yield DomainError(_("Fill this in."), code="empty", field=name)
    if strange_signs(text) or "\n" in text:
        yield DomainError(_("A sign in this text cannot be printed."), code="sign", field=name)
    if personal(text):
        yield DomainError(
            _("A telephone or a person's number does not belong here."), code="personal", field=name
        )


def remove_picture(*, actor: Actor, account: Account, picture: AccountPicture) -> None:
    """Take a picture out. Raises: NotAllowedError; SealedError."""
    require(actor, DRAFT)
    with transaction.atomic():
        row = locked(account)
        AccountPicture.objects.filter(pk=picture.pk, account=row).delete()
        changed(row)
        append(
            action="accountability.picture_removed",
            actor=actor,
            subject=f"account:{row.pk}",
            payload={"digest": picture.file_id},
        )
    files.forget(digest=picture.file_id)
