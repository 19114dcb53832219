"""Keeping the list of addressees: rows are added and ended, never changed."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from baqylau.casework.services.opening import living_service
from baqylau.casework.services.writing import living_body
from baqylau.casework.taxonomy import Procedure
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require_role
from baqylau.reception.access import DIRECTORY
from baqylau.reception.models import Addressee
from baqylau.territories.queries import district
from baqylau.text import tidy

SOURCE_LIMIT = 240


class UnknownAddresseeError(DomainError):
    """There is no such row."""

    code = "unknown"
    status = 404


def add_addressee(
    *,
    actor: Actor,
    procedure: str,
    body: str,
    source: str,
    service: str = "",
    territory: str = "",
    first_on: date | None = None,
) -> Addressee:
    """Say that a body receives such letters from the day on (today), and where that is written.

    `body`, `service` and `territory` are codes; without service or territory the row holds for
    any. Raises: NotAllowedError; AbolishedError; DomainError.
    """
    require_role(actor, DIRECTORY)
    day = first_on or clock.today()
    written = tidy(source, SOURCE_LIMIT + 1, as_typed=True)
    if procedure not in Procedure.values:
        raise DomainError(_("Choose one of the list."), field="procedure")
    if not written or len(written) > SOURCE_LIMIT:
        raise DomainError(_("Say where it is written that this body receives it."), field="source")
    row = Addressee(
        procedure=procedure,
        service=living_service(service, day) if service else None,
        territory=district(territory) if territory else None,
        body=living_body(body, day),
        source=written,
        first_on=day,
        added_by=actor.key,
    )
    with transaction.atomic():
        if _same(row).exists():
            raise DomainError(_("The list says so already."), field="body")
        row.save()
        append(
            action="reception.addressee_added",
            actor=actor,
            subject=f"addressee:{row.pk}",
            payload={
                "procedure": procedure,
                "body": body,
                "service": service,
                "territory": territory,
                "from": day,
            },
        )
    return row


def _same(row: Addressee) -> QuerySet[Addressee]:
    return Addressee.objects.select_for_update().filter(
        procedure=row.procedure,
        service=row.service,
        territory=row.territory,
        body=row.body,
        until_on=None,
    )


def end_addressee(*, actor: Actor, pk: int) -> Addressee:
    """Say that the row does not hold any more from today on; it stays to be seen.

    A row that never held is taken away. Raises: NotAllowedError; UnknownAddresseeError.
    """
    require_role(actor, DIRECTORY)
    today = clock.today()
    with transaction.atomic():
        row = Addressee.objects.select_for_update().filter(pk=pk).first()
        if row is None:
            raise UnknownAddresseeError(_("There is no such row."))
        if row.until_on is not None:
            return row
        if row.first_on and row.first_on >= today:
            row.delete()
        else:
            row.until_on = today
            row.save(update_fields=["until_on"])
        append(
            action="reception.addressee_ended",
            actor=actor,
            subject=f"addressee:{pk}",
            payload={"until": today},
        )
    return row
