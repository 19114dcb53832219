"""Recording what happened, and striking out what was written by mistake."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.casework.models import Case
from baqylau.casework.queries.cases import facts_of, present_heir
from baqylau.casework.rules.facts import Fact, picture_of
from baqylau.casework.rules.numbers import clean_reference
from baqylau.casework.rules.refusals import StepRefusedError, check, check_struck
from baqylau.casework.rules.terms import with_term
from baqylau.casework.services.writing import living_body, locked, refuse_tied, write_step
from baqylau.casework.taxonomy import StepKind
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.lawbook.queries.book import book


def record_step(
    *,
    actor: Actor,
    number: str,
    kind: str,
    on: date,
    seen: int | None = None,
    reference: str = "",
    body: str = "",
    **details: Any,  # noqa: ANN401 - the remaining fields of Fact
) -> Case:
    """Add a step to a case.

    `seen` is the number of steps that the person saw. `details` are `procedure`, `is_after_hours`,
    `until`, `finding`, `outcome`, `evidence`.
    Raises: UnknownCaseError; ConflictError; StepRefusedError; LawError; AbolishedError; TiedError.
    """
    number_of_letter = _letter(reference)
    law = book()
    with transaction.atomic():
        row = locked(number, seen)
        refuse_tied(actor.key, row.body_id)
        institution = living_body(body, on) if body else None
        earlier = facts_of([row])[row.pk]
        picture = picture_of(earlier)
        fact = Fact(
            row.steps + 1, kind, on, body=body, reference=number_of_letter, **_known(details)
        )
        check(picture, fact, clock.today(), law)
        fact = with_term(picture, fact, law)
        body_id = institution.pk if institution else None
        if fact.due_on:
            body_id = row.body_id
        write_step(row, earlier, fact, actor=actor, body_id=body_id, law=law)
    return row


def _known(details: Mapping[str, Any]) -> dict[str, Any]:
    """The details that a step may carry. Raises: TypeError for any other."""
    allowed = {"procedure", "is_after_hours", "until", "finding", "outcome", "evidence"}
    if unknown := set(details) - allowed:
        raise TypeError(f"a step has no {sorted(unknown)}")
    return dict(details)


def _letter(text: str) -> str:
    if not text.strip():
        return ""
    clean = clean_reference(text)
    if clean is None:
        raise DomainError(
            _("This is no number of a letter: up to 40 digits and signs, few letters."),
            field="reference",
        )
    return clean


def strike_step(*, actor: Actor, number: str, target: int, seen: int | None = None) -> Case:
    """Take back a step that was written by mistake; it stays to be seen, struck out.

    Raises: UnknownCaseError; ConflictError; StepRefusedError when later steps rest on it.
    """
    law = book()
    with transaction.atomic():
        row = locked(number, seen)
        refuse_tied(actor.key, row.body_id)
        earlier = facts_of([row])[row.pk]
        fact = Fact(row.steps + 1, StepKind.STRUCK, clock.today(), target=target)
        check_struck(earlier, fact, clock.today(), law)
        write_step(row, earlier, fact, actor=actor, body_id=None, law=law)
    return row


def move_to_heir(*, actor: Actor, number: str, seen: int | None = None) -> Case:
    """Go on with the body that took over from the case's own.

    Raises: UnknownCaseError; ConflictError; StepRefusedError when nobody took over.
    """
    law, today = book(), clock.today()
    with transaction.atomic():
        row = locked(number, seen)
        heir = present_heir(row.body) if row.body else None
        if heir is None or not (row.body and row.body.until_on and row.body.until_on <= today):
            raise StepRefusedError(_("Nobody has taken over from this body."))
        refuse_tied(actor.key, heir.pk)
        earlier = facts_of([row])[row.pk]
        fact = Fact(row.steps + 1, StepKind.MOVED, today, body=heir.code)
        check(picture_of(earlier), fact, today, law)
        write_step(row, earlier, fact, actor=actor, body_id=heir.pk, law=law)
    return row
