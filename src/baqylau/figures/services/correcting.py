"""Correcting a published number: a new entry beside the old one, never instead of it.

Wholes are corrected, parts never: a table that was published twice would show, together with the
exact wholes, what each of them hides. It stays as it was, and its page names the correction.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.figures.access import CORRECT
from baqylau.figures.models import Cell, Correction
from baqylau.figures.queries.closing import whole
from baqylau.figures.queries.definitions import figure
from baqylau.figures.queries.published import chosen_of, numbers
from baqylau.figures.rules.answers import as_plain
from baqylau.figures.services.folding import fold_all
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require

REASON = 1_000
"""Signs of a reason."""


def correct(*, actor: Actor, cell: Cell, reasons: Mapping[str, str]) -> Correction:
    """Publish what the records say now of a whole; `reasons` by language, kk at least.

    Raises: PermissionError of the desk; DomainError for a part, a missing or too long reason, or a
    number that is what it was.
    """
    require(actor, CORRECT)
    if cell.dimension:
        raise DomainError(_("Parts of a closed period are not published twice."), code="part")
    said = {code: reasons.get(code, "").strip() for code in ("kk", "ru", "en")}
    if not said["kk"]:
        raise DomainError(_("Say in Kazakh why the number changes."), code="reason")
    if max(map(len, said.values())) > REASON:
        raise DomainError(
            _("A reason has at most %(limit)s signs."), code="reason", params={"limit": REASON}
        )
    fold_all()
    new = as_plain(whole(figure(cell.figure), chosen_of(cell.closing), clock.today()))
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
        append(
            action="figures.corrected",
            actor=actor,
            subject=f"period:{chosen_of(cell.closing).code}",
            payload={"figure": cell.figure, "turn": made.number},
        )
    return made
