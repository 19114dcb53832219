"""A report leaves the house: for a reason, by two officers, once, and the log tells it.

What goes out is ciphertext, and R wrapped to a key that was drawn for this export alone. The secret
half of that key was shown to the asker on the page and is kept nowhere.
"""

import io
from functools import partial
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.files.spool import EncryptedFile
from baqylau.journal.rules import Value
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.reports.models import Export, Item, Report
from baqylau.reports.queries.contents import ciphertext_of
from baqylau.reports.services.bundling import Piece, write_bundle
from baqylau.reports.services.once import Opened


def ask_export(*, actor: Actor, report: Report, reason: str) -> Export:
    """Ask for an export. Raises: ConflictError while one of the actor's own is not taken yet."""
    with transaction.atomic(using="sealed"):
        Report.objects.select_for_update().get(pk=report.pk)
        if Export.objects.filter(report=report, asker=actor.key, taken_on=None).exists():
            raise ConflictError(_("You have asked for an export of this report already."))
        row = Export.objects.create(
            report=report, reason=reason, asker=actor.key, asked_on=clock.today()
        )
        _tell("reports.export_asked", actor, report, {"reason": str(reason)})
    return row


def agree_export(*, actor: Actor, export: Export) -> None:
    """Agree as the second officer. Raises: DomainError for the asker; ConflictError."""
    if export.asker == actor.key:
        raise DomainError(
            _("Another officer has to agree: nobody exports alone."), code="four_eyes"
        )
    with transaction.atomic(using="sealed"):
        changed = Export.objects.filter(pk=export.pk, second="").update(
            second=actor.key, agreed_on=clock.today()
        )
        if not changed:
            raise ConflictError(_("Somebody has agreed to this already."))
        _tell("reports.export_agreed", actor, export.report, {"reason": export.reason})


def take_export(*, actor: Actor, export: Export, talk: Opened, public: str) -> IO[bytes]:
    """The archive, once, for the asker alone; `public` is the half of the key drawn for it.

    Raises: DomainError before a second officer has agreed, or for somebody else; ConflictError when
    it was taken; SealError for what is no key, or when items are missing.
    """
    require_ready(actor=actor, export=export)
    talk.items()
    spool = EncryptedFile(Path(settings.SPOOL_ROOT))
    try:
        write_bundle(spool, talk.key, public, export.report.pk, _pieces(talk))
        _take(actor, export)
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return io.BufferedReader(spool)


def require_ready(*, actor: Actor, export: Export) -> None:
    """Refuse what is not to be taken now, or not by the actor. Raises: DomainError."""
    if export.asker != actor.key or not export.second:
        raise DomainError(_("A second officer has to agree first."), code="four_eyes")
    if export.taken_on is not None:
        raise ConflictError(_("This export was taken already. Ask for a new one."))


def _take(actor: Actor, export: Export) -> None:
    with transaction.atomic(using="sealed"):
        taken = Export.objects.filter(pk=export.pk, taken_on=None)
        if not taken.update(taken_on=clock.today()):
            raise ConflictError(_("This export was taken already. Ask for a new one."))
        _tell("reports.exported", actor, export.report, {"reason": export.reason})


def _pieces(talk: Opened) -> list[Piece]:
    """The items of R, never of the name and never of the notes."""
    rows = Item.objects.filter(report=talk.report.pk, part=talk.part).order_by("number")
    return [Piece(row.number, row.digest, partial(ciphertext_of, row)) for row in rows]


def _tell(action: str, actor: Actor, report: Report, payload: dict[str, Value]) -> None:
    append(
        action=action,
        actor=actor,
        subject=f"report:{report.pk}",
        payload=payload,
        using="sealed",
    )
