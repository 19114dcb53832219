"""Recording what happened to a recommendation, and striking out what was written by mistake."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.casework.services.writing import refuse_tied
from baqylau.councils.access import FOLLOW, VERIFY
from baqylau.councils.models import Recommendation
from baqylau.councils.queries.recommendations import facts_of, kind_of, pictured, recommendation
from baqylau.councils.rules.clocks import Law, with_term
from baqylau.councils.rules.order import StepRefusedError, check, check_struck
from baqylau.councils.rules.steps import Fact
from baqylau.councils.services.papers import Uploaded, with_picture, with_scan
from baqylau.councils.services.writing import (
    Shown,
    locked,
    public_faults,
    subject_of,
    write_step,
)
from baqylau.councils.taxonomy import StepKind
from baqylau.files import services as files
from baqylau.journal.services import Draft, append, append_many
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError, refuse_all
from baqylau.kernel.permissions import require
from baqylau.lawbook.queries.book import book

BY_DOCUMENT: Final = frozenset({StepKind.SENT, StepKind.RECEIVED})
"""Steps that belong to a whole document, and are written and taken back there."""
TOLD: Final = frozenset({StepKind.ANSWERED, StepKind.EXECUTED, StepKind.VERIFIED})
"""Steps that say nothing without words for the public."""


def record_step(
    *,
    actor: Actor,
    number: str,
    kind: str,
    on: date,
    seen: int | None = None,
    said: Mapping[str, str] | None = None,
    scan: Uploaded | None = None,
    picture: Uploaded | None = None,
    **details: Any,  # noqa: ANN401 - the remaining fields of Fact
) -> Recommendation:
    """Add a step. `said` are the public words and the number of the letter, by field.

    `details` are `finding` and `until_on`. A picture and a scan lie in the store before the
    transaction, and are forgotten when the step is refused. Raises: NotAllowedError;
    UnknownRecommendationError; ConflictError; StepRefusedError; RefusalsError; LawError; TiedError.
    """
    require(actor, VERIFY if kind == StepKind.VERIFIED else FOLLOW)
    words = {name: text.strip() for name, text in (said or {}).items()}
    _check_words(kind, words)
    shown = Shown(words.get("text_kk", ""), words.get("text_ru", ""), words.get("reference", ""))
    law = book()
    _check_step(recommendation(number), actor, kind, on, details, law)
    if scan:
        shown = with_scan(shown, scan)
    if picture:
        shown = with_picture(shown, picture, words.get("picture_alt", ""))
    try:
        with transaction.atomic():
            row = locked(number, seen)
            earlier, fact = _check_step(row, actor, kind, on, details, law)
            append_many(drafts=[write_step(row, earlier, fact, shown, actor, law)])
    except Exception:
        for stored in (shown.file, shown.picture):
            if stored:
                files.forget(digest=stored.digest)
        raise
    return row


def _check_words(kind: str, words: Mapping[str, str]) -> None:
    texts = {name: words.get(name, "") for name in ("text_kk", "text_ru", "picture_alt")}
    faults = public_faults(texts)
    if kind in TOLD and not (texts["text_kk"] or texts["text_ru"]):
        faults.append(
            DomainError(
                _("Say in a sentence or two what everybody may read."),
                code="empty",
                field="text_kk",
            )
        )
    refuse_all(faults)


def _check_step(
    row: Recommendation, actor: Actor, kind: str, on: date, details: Mapping[str, Any], law: Law
) -> tuple[list[Fact], Fact]:
    """The earlier steps and the new one, found good."""
    refuse_tied(actor.key, row.institution_id)
    if unknown := set(details) - {"finding", "until_on"}:
        raise TypeError(f"a step has no {sorted(unknown)}")
    if kind in BY_DOCUMENT and row.document_id:
        raise StepRefusedError(_("Write this down at the document: it goes for all of them."))
    earlier = facts_of([row])[row.pk]
    picture = pictured(row, earlier)
    role = ""
    if kind == StepKind.VERIFIED:
        role = next(iter(sorted(actor.roles & _CHECKERS, key=_ORDER.index)), "")
    fact = Fact(row.steps + 1, kind, on, role=role, **details)
    check(picture, fact, clock.today(), kind=kind_of(row), law=law)
    return earlier, with_term(picture, fact, kind_of(row), law)


_ORDER: Final = ("shopper", "adviser", "member", "lawyer", "secretary", "coordinator")
_CHECKERS: Final = frozenset(_ORDER)
"""Roles in which somebody checks on the spot: who holds several checks in the first of them."""


def strike_step(
    *, actor: Actor, number: str, target: int, reason: str, seen: int | None = None
) -> Recommendation:
    """Take back a step that was written by mistake; it stays to be seen, with the reason.

    Raises: NotAllowedError; UnknownRecommendationError; ConflictError; RefusalsError;
    StepRefusedError when later steps rest on it, or when it belongs to a document.
    """
    require(actor, FOLLOW)
    reason, law = reason.strip(), book()
    faults = public_faults({"reason": reason}, limit=500)
    if not reason:
        faults.append(DomainError(_("Say why it is struck out."), code="empty", field="reason"))
    refuse_all(faults)
    with transaction.atomic():
        row = locked(number, seen)
        refuse_tied(actor.key, row.institution_id)
        earlier = facts_of([row])[row.pk]
        kinds = {fact.number: fact.kind for fact in earlier}
        if kinds.get(target) in BY_DOCUMENT and row.document_id:
            raise StepRefusedError(_("Take this back at the document: it goes for all of them."))
        append_many(drafts=[struck(row, earlier, target, reason, actor, law)])
    return row


def struck(
    row: Recommendation, earlier: list[Fact], target: int, reason: str, actor: Actor, law: Law
) -> Draft:
    """Strike a step out within the caller's transaction; the journal's entry.

    Raises: StepRefusedError.
    """
    today = clock.today()
    fact = Fact(row.steps + 1, StepKind.STRUCK, today, target=target)
    check_struck(row.written_on, earlier, fact, today, kind=kind_of(row), law=law)
    return write_step(row, earlier, fact, Shown(text_kk=reason), actor, law)


def give_to(*, actor: Actor, number: str, person: str) -> Recommendation:
    """Say which colleague looks after it, "" for nobody; safe to repeat.

    Raises: NotAllowedError; UnknownRecommendationError; TiedError.
    """
    require(actor, FOLLOW)
    with transaction.atomic():
        row = locked(number)
        refuse_tied(person, row.institution_id)
        if row.owner != person:
            row.owner = person
            row.save(update_fields=["owner"])
            append(
                action="councils.given",
                actor=actor,
                subject=subject_of(row),
                payload={"person": person},
            )
    return row
