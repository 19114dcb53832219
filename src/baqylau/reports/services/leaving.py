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
from baqylau.reports.queries.holders import own_key
from baqylau.reports.queries.readers import Risk, risk_of
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
    """Whether the actor may end this person's key: one's own, as an officer, or at the ceremony."""
    if actor.key == holder or may_somewhere(actor, access.CEREMONY):
        return True
    own = own_key(actor.key)
    return own is not None and own.office == Keyholder.Office.OFFICER


def end_key(*, actor: Actor, holder: str, despite: str = "") -> None:
    """End a person's living key; nothing that was wrapped to it stays.

    Raises: NotAllowedError; DomainError when there is no such key; RiskError while it would leave
    reports with too few readers, unless `despite` is the mark of just that list.
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
