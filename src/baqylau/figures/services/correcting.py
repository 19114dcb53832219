"""Correcting a published number: a new entry beside the old one, never instead of it.

Wholes are corrected, and parts whose records are public. Other parts never: a table that was
published twice would show, together with the exact wholes, what each of them hides. It stays as it
was, and its page names the correction.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.figures.access import CORRECT
from baqylau.figures.models import Cell, Correction, Window
from baqylau.figures.queries.closing import now_of
from baqylau.figures.queries.definitions import figure
from baqylau.figures.queries.published import chosen_of, numbers
from baqylau.figures.rules.answers import Plain, as_plain
from baqylau.figures.rules.sealing import REASON, Corrected, digest_of_answer
from baqylau.figures.services.folding import fold_all
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.figures import Live
from baqylau.kernel.permissions import require


def correct(*, actor: Actor, cell: Cell, reasons: Mapping[str, str], seen: str = "") -> Correction:
    """Publish what the records say now of a cell; `reasons` by language, kk at least.

    `seen` is the digest of the answer that was looked at: that is published, or nothing.

    Raises: NotAllowedError; DomainError for a part that may hide something, a missing or too long
    reason, or a number that is what it was; ConflictError for another number than the one seen.
    """
    require(actor, CORRECT)
    known = figure(cell.figure)
    is_part = bool(cell.dimension) and not known.has_public_records
    if is_part or cell.window != Window.OWN:
        raise DomainError(_("Parts of a closed period are not published twice."), code="part")
    if isinstance(known.kind, Live):
        raise DomainError(_("This number was asked at its moment; it stays."), code="live")
    said = _checked(reasons)
    fold_all()
    now = now_of(known, cell, clock.today())
    if seen and seen != digest_of_answer(now):
        raise ConflictError(_("The number has changed since you looked at it. Look again."))
    return _write(actor, cell, as_plain(now), said)


def _checked(reasons: Mapping[str, str]) -> dict[str, str]:
    said = {code: reasons.get(code, "").strip() for code in ("kk", "ru", "en")}
    if not said["kk"]:
        raise DomainError(_("Say in Kazakh why the number changes."), code="reason", field="kk")
    if max(map(len, said.values())) > REASON:
        raise DomainError(
            _("A reason has at most %(limit)s signs."), code="reason", params={"limit": REASON}
        )
    return said


def _write(actor: Actor, cell: Cell, new: Plain, said: Mapping[str, str]) -> Correction:
    period = chosen_of(cell.closing).code
    with transaction.atomic():
        Cell.objects.select_for_update().get(pk=cell.pk)
        now = numbers([cell])[0]
        old = as_plain(now.answer)
        if old == new:
            raise DomainError(_("The records lead to the number that is published."), code="same")
        made = Correction.objects.create(
            cell=cell,
            number=len(now.corrections) + 1,
            old=old,
            new=new,
            reason_kk=said["kk"],
            reason_ru=said["ru"],
            reason_en=said["en"],
            person=actor.key,
            made_at=clock.now(),
        )
        part = {"dimension": cell.dimension, "value": cell.value} if cell.dimension else {}
        told = Corrected(period, cell.figure, made.number, old, new, said, **part)
        append(
            action="figures.corrected",
            actor=actor,
            subject=f"period:{period}",
            payload={"figure": cell.figure, "turn": made.number, "digest": told.digest, **part},
        )
    return made
