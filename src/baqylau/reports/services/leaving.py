"""The end of a key: its locks and all that was wrapped to it go, in one step."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError, NotAllowedError
from baqylau.kernel.permissions import may_somewhere
from baqylau.reports import access
from baqylau.reports.models import Keyholder, NextKey, Unlocked, Wrap
from baqylau.reports.queries.readers import Risk, risk_of
from baqylau.reports.queries.standing import is_gone
from baqylau.staff.queries import known
from baqylau.storage.wiping import overwrite_deleted


class RiskError(DomainError):
    """Too few keys would be left for some reports; `risk` says which."""

    code = "too_few_readers"

    def __init__(self, risk: Risk) -> None:
        super().__init__(
            _("Too few people could read some reports afterwards. Hand them on first.")
        )
        self.risk = risk


def may_end(actor: Actor, holder: str) -> bool:
    """Whether the actor may end this person's key: one's own, or somebody's who leaves."""
    return actor.key == holder or may_somewhere(actor, access.END_KEY)


def is_still_here(holder: str, office: str) -> bool:
    """Whether the person's account is open and has the role that goes with the key."""
    return not is_gone(office, known([holder]).get(holder))


def end_key(*, actor: Actor, holder: str, despite: str = "") -> None:
    """End a person's living key; nothing that was wrapped to it stays.

    Raises: NotAllowedError; DomainError when there is no such key; RiskError while it would leave
    reports with too few readers, unless `despite` is the mark of just that list; DomainError
    `still_here` when something would become unreadable and the person is there to object.
    """
    if not may_end(actor, holder):
        raise NotAllowedError(_("End the key of somebody who leaves"))
    with transaction.atomic(using="sealed"):
        overwrite_deleted("sealed")
        row = Keyholder.objects.select_for_update().filter(holder=holder, until_on=None).first()
        if row is None:
            raise DomainError(_("This person has no key."))
        risk = risk_of(row)
        if risk.rows and despite != risk.mark:
            raise RiskError(risk)
        if risk.lost and actor.key != holder and is_still_here(holder, row.office):
            raise DomainError(
                _(
                    "Something would be lost for good, and this person's account is open. First "
                    "an administrator closes it or takes the role away: so two people decide."
                ),
                code="still_here",
            )
        gone, _kinds = Wrap.objects.filter(holder=holder).delete()
        row.until_on, row.by_passphrase, row.by_code = clock.today(), None, None
        row.save(update_fields=["until_on", "by_passphrase", "by_code"])
        NextKey.objects.filter(pk=holder).delete()
        Unlocked.objects.filter(holder=holder).delete()
        append(
            action="reports.key_ended",
            actor=actor,
            subject=f"keyholder:{holder}",
            payload={"public": row.public, "wraps": gone, "few": len(risk.rows)},
            using="sealed",
        )
