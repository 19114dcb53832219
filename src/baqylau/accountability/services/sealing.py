"""The way of an account: approved by two, sealed, sent, accepted or returned."""

from django.db import transaction
from django.utils.translation import gettext as _
from nacl.signing import SigningKey

from baqylau.accountability.access import ANSWER, APPROVE, DRAFT
from baqylau.accountability.models import Account, Approval, State
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.queries.content import Plain, content_of
from baqylau.accountability.queries.outline import current
from baqylau.accountability.queries.papers import account_of, missing, name_of_version
from baqylau.accountability.rules.sealing import digest, message
from baqylau.accountability.services.writing import locked
from baqylau.documents.accounts.checks import check
from baqylau.figures.queries.closing import closing_of
from baqylau.figures.showing import name_of
from baqylau.journal import keys
from baqylau.journal.models import Entry
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require

REMARKS = 4_000
"""Signs of the commissioner's remarks."""


class OpenPeriodError(DomainError):
    """The period of the account is not closed yet."""

    code = "open_period"
    status = 409


class StateError(DomainError):
    """This is not what comes next."""

    code = "state"
    status = 409


def refuse_open(account: Account) -> None:
    """Raises: OpenPeriodError, with the period that must be closed first."""
    chosen = queries.chosen_of(account)
    if closing_of(chosen) is None:
        raise OpenPeriodError(
            _("This period must be closed first: %(period)s."), params={"period": name_of(chosen)}
        )


def lacking(account: Account) -> list[DomainError]:
    """What must still be written before somebody can approve, one sentence each."""
    texts = queries.narratives_of(account)
    return [
        DomainError(
            _("This section is empty: %(section)s (%(language)s)."),
            code="empty",
            params={"section": part.heading[language], "language": language},
        )
        for part in current().sections
        for language in queries.LANGUAGES
        if (part.is_required or any(texts.get((part.code, code)) for code in queries.LANGUAGES))
        and not texts.get((part.code, language))
    ]


def approve(*, actor: Actor, account: Account, seen: str) -> Account:
    """Approve what was seen: `seen` is the digest of the content on the person's page.

    Raises: NotAllowedError; OpenPeriodError; RefusalsError for what is missing; ConflictError when
    something changed; StateError; AccountError for what no document can show.
    """
    require(actor, APPROVE)
    refuse_open(account)
    refuse_all(lacking(account))
    content, now = _content(account, actor)
    for language in queries.LANGUAGES:
        check(account_of(account, content, language, clock.today()))
    with transaction.atomic():
        row = locked(account)
        before = queries.approvals_of(row)
        if now != seen or any(each.digest != now for each in before):
            raise ConflictError(
                _("Something changed since it was looked at. Take approvals back and look again.")
            )
        if any(each.person == actor.key for each in before):
            raise StateError(_("You have approved it already: somebody else must, too."))
        if row.state == State.APPROVED:
            raise StateError(_("Two have approved it already."))
        Approval.objects.create(account=row, person=actor.key, digest=now, made_at=clock.now())
        row.state = State.APPROVED if before else State.APPROVED_ONCE
        row.save(update_fields=["state"])
        append(
            action="accountability.approved",
            actor=actor,
            subject=f"account:{row.pk}",
            payload={"digest": now, "turn": len(before) + 1},
        )
    return row


def _content(account: Account, actor: Actor) -> tuple[Plain, str]:
    """The content as it is now, with its digest."""
    content = content_of(account, actor, clock.today())
    return content, digest(content)


def reopen(*, actor: Actor, account: Account) -> None:
    """Take approvals back, to write on. Raises: NotAllowedError; SealedError."""
    require(actor, DRAFT)
    with transaction.atomic():
        row = locked(account)
        Approval.objects.filter(account=row).delete()
        row.state = State.DRAFT
        row.save(update_fields=["state"])
        append(action="accountability.reopened", actor=actor, subject=f"account:{row.pk}")


def seal(*, actor: Actor, account: Account) -> Account:
    """Freeze and sign what two have approved.

    Raises: NotAllowedError; OpenPeriodError; StateError before two have approved; ConflictError
    when the content is not what they approved; DomainError without a key.
    """
    require(actor, DRAFT)
    refuse_open(account)
    content, now = _content(account, actor)
    signer = SigningKey(keys.seed())
    with transaction.atomic():
        row = locked(account)
        approvals = queries.approvals_of(row)
        if row.state != State.APPROVED or len({each.person for each in approvals}) < 2:
            raise StateError(_("Two people must approve it first."))
        if any(each.digest != now for each in approvals):
            raise ConflictError(
                _("Something changed since it was approved. Take approvals back and look again.")
            )
        last = Entry.objects.using("default").order_by("-number").first()
        if last is None:
            raise StateError(_("Nothing is written in the journal yet."))
        words = message(name_of_version(row), last.number, last.digest, now)
        row.content, row.digest = content, now
        row.number, row.head = last.number, last.digest
        row.key = bytes(signer.verify_key).hex()
        row.signature = signer.sign(words).signature.hex()
        row.state, row.sealed_at = State.SEALED, clock.now()
        row.save()
        append(
            action="accountability.sealed",
            actor=actor,
            subject=f"account:{row.pk}",
            payload={"digest": now, "number": last.number},
        )
    return row


def send(*, actor: Actor, account: Account) -> Account:
    """Let the commissioner see a sealed account. Raises: NotAllowedError; StateError."""
    require(actor, DRAFT)
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account.pk)
        if row.state != State.SEALED:
            raise StateError(_("Seal it first; what is sealed is sent once."))
        if missing(row, row.content):
            raise StateError(_("Make the documents first."))
        row.state, row.sent_at = State.SENT, clock.now()
        row.save(update_fields=["state", "sent_at"])
        append(action="accountability.sent", actor=actor, subject=f"account:{row.pk}")
    return row


def answer(*, actor: Actor, account: Account, accepted: bool, remarks: str = "") -> Account:
    """The commissioner accepts an account, or returns it with remarks.

    Raises: NotAllowedError; StateError when it is answered already; DomainError for missing or too
    long remarks.
    """
    require(actor, ANSWER)
    said = remarks.strip()
    if not accepted and not said:
        raise DomainError(_("Say what is to be changed."), code="empty", field="remarks")
    if len(said) > REMARKS:
        raise DomainError(
            _("Remarks have at most %(limit)s signs."),
            code="long",
            field="remarks",
            params={"limit": REMARKS},
        )
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account.pk)
        if row.state != State.SENT:
            raise StateError(_("This account has been answered already."))
        row.state = State.ACCEPTED if accepted else State.RETURNED
        row.remarks, row.answered_by, row.answered_at = said, actor.key, clock.now()
        row.save(update_fields=["state", "remarks", "answered_by", "answered_at"])
        append(
            action="accountability.answered",
            actor=actor,
            subject=f"account:{row.pk}",
            payload={"accepted": accepted},
        )
    return row
