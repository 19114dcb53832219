"""A new key is sealed to once a colleague has compared its digits; a doubt stops that at once."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError, NotAllowedError
from baqylau.reports.models import KeyCheck, Keyholder
from baqylau.reports.queries.comparing import may_speak, words_about
from baqylau.reports.queries.holders import forget
from baqylau.reports.rules.trust import is_trusted
from baqylau.seal import digits
from baqylau.seal.people import fingerprint

COMPARED = "reports.key_compared"


def confirm(*, actor: Actor, holder: str, last: str) -> bool:
    """Say that the digits are the same; `last` is the last group, as the holder has read it out.

    Returns whether the key is trusted now. Safe to repeat. Raises: NotAllowedError for who may not
    say so; DomainError when there is no such key or the group is another.
    """
    with transaction.atomic(using="sealed"):
        row = _held(actor, holder)
        if digits.read(last, digits.GROUP) != fingerprint(row.public).split()[-1]:
            raise DomainError(
                _(
                    "These are not the last digits of this key. Ask to have them read once more. "
                    "If they differ again, press the other button."
                ),
                code="digits_differ",
                field="last",
            )
        is_trusted_now = _say(actor, row, is_same=True)
    forget()
    return is_trusted_now


def doubt(*, actor: Actor, holder: str) -> None:
    """Say that the digits differ: from now on nothing is sealed to the key.

    An officer and a custodian have to compare it before that changes. Raises: NotAllowedError for
    who may not say so; DomainError when there is no such key.
    """
    with transaction.atomic(using="sealed"):
        _say(actor, _held(actor, holder), is_same=False)
    forget()


def _held(actor: Actor, holder: str) -> Keyholder:
    """The living key of somebody else, held until the end of the transaction."""
    if not may_speak(actor, holder):
        raise NotAllowedError(_("Say whether the digits of a key are right"))
    row = Keyholder.objects.select_for_update().filter(holder=holder, until_on=None).first()
    if row is None:
        raise DomainError(_("This person has no key."))
    return row


def _say(actor: Actor, row: Keyholder, *, is_same: bool) -> bool:
    today = clock.today()
    own = Keyholder.objects.get(holder=actor.key, until_on=None)
    KeyCheck.objects.create(
        public=row.public, by=actor.key, office=own.office, is_same=is_same, on=today
    )
    now = is_trusted(words_about(row.public))
    row.trusted_on = (row.trusted_on or today) if now else None
    row.save(update_fields=["trusted_on"])
    append(
        action=COMPARED,
        actor=actor,
        subject=f"keyholder:{row.holder}",
        payload={"public": row.public, "same": int(is_same), "trusted": int(now)},
        using="sealed",
    )
    return now
