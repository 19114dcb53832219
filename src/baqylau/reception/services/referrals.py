"""A person's yes to one body being told of their matter, and taking it back."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.casework.services.writing import living_body
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require
from baqylau.reception.access import LETTERS
from baqylau.reception.models import Consultation, Referral
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.services.writing import locked, refuse_unfit, subject_of


class NoReferralError(DomainError):
    """Nobody has agreed that this body be told."""

    code = "no_referral"
    status = 403


def agree_referral(*, actor: Actor, number: str, body: str, language: str) -> Referral:
    """Write down that the person agreed, having read or heard the text in the language.

    A second yes for the same body changes nothing.
    Raises: UnknownConsultationError; NotAllowedError; AbolishedError; DomainError.
    """
    if language not in dict(settings.LANGUAGES):
        raise DomainError(_("Choose one of the list."), field="language")
    with transaction.atomic():
        row = locked(number)
        _check(actor, row)
        refuse_unfit(row)
        found = living_body(body, clock.today())
        standing = Referral.objects.filter(consultation=row, body=found, withdrawn_at=None).first()
        if standing is not None:
            return standing
        made = Referral.objects.create(
            consultation=row,
            case=row.case,
            body=found,
            language=language,
            author=actor.key,
            agreed_at=clock.now(),
        )
        _note("reception.referral_agreed", actor, row, made)
    return made


def withdraw_referral(*, actor: Actor, number: str, body: str) -> None:
    """Take the yes back; nothing happens when there is none in force.

    Raises: UnknownConsultationError; NotAllowedError.
    """
    with transaction.atomic():
        row = locked(number)
        _check(actor, row)
        found = Referral.objects.filter(
            consultation=row, body__code=body, withdrawn_at=None
        ).select_related("body")
        for made in found:
            made.withdrawn_at = clock.now()
            made.save(update_fields=["withdrawn_at"])
            _note("reception.referral_withdrawn", actor, row, made)


def _check(actor: Actor, row: Consultation) -> None:
    require(at_the_desk(actor, clock.today()), LETTERS, row)


def _note(action: str, actor: Actor, row: Consultation, made: Referral) -> None:
    payload = {"body": made.body.code, "language": made.language}
    append(action=action, actor=actor, subject=subject_of(row), payload={**payload})
