"""Help: a case opened from a consultation, once, and linked with it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.casework.access import WORK
from baqylau.casework.models import Case
from baqylau.casework.queries.cases import case as find_case
from baqylau.casework.services import open_case
from baqylau.casework.taxonomy import Severity, Urgency
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require, require_role
from baqylau.reception.access import LETTERS
from baqylau.reception.models import Consultation
from baqylau.reception.queries.consultations import consultation
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.rules.numbers import reference
from baqylau.reception.services.writing import cells_of, locked, refuse_unfit, subject_of
from baqylau.reception.taxonomy import Result

SOURCE = "reception"


def begin_help(
    *,
    actor: Actor,
    number: str,
    kind: str,
    territory: str,
    body: str = "",
    urgency: str = Urgency.NORMAL,
    severity: int = Severity.SMALL,
) -> Case:
    """Open the case of a consultation, or return the one that it has; its adviser gets it.

    The consultation's service and room go with it; nothing about the visitor does.
    Raises: UnknownConsultationError; NotAllowedError; DomainError as `open_case`.
    """
    row = consultation(reference(number))
    _check(actor, row)
    if row.case is not None:
        return row.case
    case = open_case(
        idempotency_key=f"{SOURCE}:{reference(row.number)}",
        actor=actor,
        source=SOURCE,
        kind=kind,
        territory=territory,
        service=row.service.code if row.service else "",
        body=body,
        room=row.room.code,
        urgency=urgency,
        severity=severity,
        person=actor.key,
    )
    link_case(actor=actor, number=row.number, case=case.number)
    return case


def _check(actor: Actor, row: Consultation) -> None:
    require_role(actor, WORK)
    require(at_the_desk(actor, clock.today()), LETTERS, row)
    refuse_unfit(row)


def link_case(*, actor: Actor, number: str, case: str, seen: int | None = None) -> Consultation:
    """Say that the consultation belongs to a case; it then counts as help begun.

    Raises: UnknownConsultationError; UnknownCaseError; ConflictError; NotAllowedError; DomainError
    for one that belongs to another case.
    """
    found = find_case(case)
    with transaction.atomic():
        row = locked(number, seen)
        _check(actor, row)
        if row.case == found:
            return row
        if row.case is not None:
            raise DomainError(
                _("This consultation belongs to another case: %(number)s."),
                params={"number": row.case.number},
            )
        row.case, row.result = found, Result.CASE
        row.edition += 1
        row.save(update_fields=["case", "result", "edition"])
        append(
            action="reception.linked", actor=actor, subject=subject_of(row), payload=cells_of(row)
        )
    return row
