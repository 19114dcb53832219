"""Councils: opened, changed, ended."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.councils.access import KEEP
from baqylau.councils.models import Council, CouncilKind
from baqylau.councils.services.locking import CHANGED
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require

FIELDS = (
    "kind",
    "name_kk",
    "name_ru",
    "name_en",
    "institution",
    "district",
    "first_on",
    "until_on",
)


def save_council(
    *, actor: Actor, fields: Mapping[str, Any], council: Council | None = None, revision: int = 0
) -> Council:
    """Open a council, or change it as it was when its `revision` was read.

    Raises: NotAllowedError; RefusalsError; ConflictError.
    """
    require(actor, KEEP, council)
    refuse_all(_faults(fields))
    with transaction.atomic():
        row = Council.objects.select_for_update().get(pk=council.pk) if council else Council()
        if council and row.revision != revision:
            raise ConflictError(CHANGED)
        is_new = row.pk is None
        names = [name for name in FIELDS if name in fields]
        changed = [name for name in names if is_new or getattr(row, name) != fields[name]]
        if not changed:
            return row
        for name in changed:
            setattr(row, name, fields[name])
        if "code" in fields and is_new:
            row.code = fields["code"]
        row.revision += 0 if is_new else 1
        row.save()
        append(
            action="councils.council_saved",
            actor=actor,
            subject=f"council:{row.code}",
            payload={"kind": row.kind, "changed": [*sorted(changed)]},
        )
    return row


def _faults(fields: Mapping[str, Any]) -> list[DomainError]:
    found = []
    if not fields.get("name_kk"):
        found.append(DomainError(_("Give it a name in Kazakh."), code="empty", field="name_kk"))
    if fields["kind"] == CouncilKind.PUBLIC_COUNCIL and not fields.get("institution"):
        found.append(
            DomainError(
                _("A public council is attached to a body: name the body."),
                code="body",
                field="institution",
            )
        )
    until_on = fields.get("until_on")
    if until_on and until_on <= fields["first_on"]:
        found.append(
            DomainError(_("The end must be after the beginning."), code="span", field="until_on")
        )
    return found
