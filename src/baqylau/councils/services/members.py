"""Who sits in a council: terms, their end, and what members declare."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.councils.access import KEEP
from baqylau.councils.models import Council, DeclaredInterest, Member
from baqylau.councils.rules.terms import Term, faults, sits
from baqylau.councils.services.locking import CHANGED
from baqylau.institutions.models import Institution
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require

FIELDS = (
    "name",
    "person",
    "category",
    "organisation_kk",
    "organisation_ru",
    "is_chair",
    "is_civil_servant",
    "first_on",
    "until_on",
)
CATEGORY = _("This category does not exist on the first day of the term.")
WRONG = {
    "span": (_("The end must be after the beginning."), "until_on"),
    "outside": (_("The council does not exist on the first day of this term."), "first_on"),
    "servant": (_("A civil servant cannot be the chair of a council."), "is_chair"),
    "chair": (_("Somebody else is the chair at that time. End that first."), "is_chair"),
    "twice": (_("This account has another term in this council at that time."), "person"),
}
"""What is wrong with a term, and the field that says so, by the code of the fault."""


def save_member(
    *,
    actor: Actor,
    council: Council,
    fields: Mapping[str, Any],
    member: Member | None = None,
    revision: int = 0,
) -> Member:
    """Begin a term, or change it as it was when its `revision` was read.

    Raises: NotAllowedError; RefusalsError, a sentence for each fault; ConflictError.
    """
    require(actor, KEEP, council)
    with transaction.atomic():
        # The council's row is the lock: of two who name a chair at once, one is refused.
        council = Council.objects.select_for_update().get(pk=council.pk)
        row = Member.objects.get(pk=member.pk) if member else Member(council=council)
        if member and row.revision != revision:
            raise ConflictError(CHANGED)
        is_new = row.pk is None
        names = [name for name in FIELDS if name in fields]
        changed = [name for name in names if is_new or getattr(row, name) != fields[name]]
        for name in changed:
            setattr(row, name, fields[name])
        refuse_all(_faults(council, row))
        if not changed:
            return row
        if "code" in fields and is_new:
            row.code = fields["code"]
        row.revision += 0 if is_new else 1
        row.save()
        append(
            action="councils.member_saved",
            actor=actor,
            subject=f"member:{row.code}",
            payload={
                "council": council.code,
                "category": row.category.code,
                "first": row.first_on,
                "until": row.until_on,
                "changed": [*sorted(changed)],
            },
        )
    return row


def _term(row: Member) -> Term:
    return Term(row.first_on, row.until_on, row.is_chair, row.is_civil_servant, row.person)


def _faults(council: Council, row: Member) -> list[DomainError]:
    others = Member.objects.filter(council=council).exclude(pk=row.pk)
    found = [
        DomainError(WRONG[code][0], code=code, field=WRONG[code][1])
        for code in faults(
            _term(row), [_term(other) for other in others], council.first_on, council.until_on
        )
    ]
    if not row.name:
        found.append(DomainError(_("Give the name."), code="empty", field="name"))
    if not sits(row.category.first_on, row.category.until_on, row.first_on):
        found.append(
            DomainError(
                CATEGORY,
                code="category",
                field="category",
            )
        )
    return found


def declare_interest(
    *, actor: Actor, member: Member, institution: Institution, tie: str, first_on: date
) -> DeclaredInterest:
    """Note what ties a member to a body; safe to repeat. Raises: NotAllowedError."""
    require(actor, KEEP, member.council)
    with transaction.atomic():
        row, is_new = DeclaredInterest.objects.get_or_create(
            member=member,
            institution=institution,
            tie=tie,
            until_on=None,
            defaults={"first_on": first_on},
        )
        if is_new:
            append(
                action="councils.interest_declared",
                actor=actor,
                subject=f"member:{member.code}",
                payload={"institution": institution.code, "tie": tie, "first": first_on},
            )
    return row


def end_interest(*, actor: Actor, interest: DeclaredInterest, until_on: date) -> DeclaredInterest:
    """End a declared interest on the day; it stays on record. Safe to repeat.

    Raises: NotAllowedError; DomainError for a day that is not after the first.
    """
    require(actor, KEEP, interest.member.council)
    with transaction.atomic():
        row = DeclaredInterest.objects.select_for_update().get(pk=interest.pk)
        if row.until_on is not None:
            return row
        if until_on <= row.first_on:
            raise DomainError(_("The end must be after the beginning."), field="until_on")
        row.until_on = until_on
        row.save(update_fields=["until_on"])
        append(
            action="councils.interest_ended",
            actor=actor,
            subject=f"member:{interest.member.code}",
            payload={"institution": interest.institution.code, "until": until_on},
        )
    return row
