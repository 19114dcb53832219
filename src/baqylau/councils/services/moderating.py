"""Reading comments before others do, and answering every one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baqylau.councils.access import MODERATE
from baqylau.councils.models import Answer, Comment, CommentState, Draft, Refusal
from baqylau.councils.rules.numbers import digest
from baqylau.documents.cells import clean
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, refuse_all
from baqylau.kernel.permissions import require
from baqylau.text.personal import personal

LONGEST = 3_000
"""Signs of an answer."""
NOTE = 300
"""Signs of the reason beside a rule."""
AT_ONCE = 100
"""Comments that one answer may be given to."""


def read_comment(
    *, actor: Actor, comment: Comment, revision: int, refusal: str = "", note: str = ""
) -> Comment:
    """Publish a comment, or refuse it by a rule; the other way round later, too.

    Raises: NotAllowedError; RefusalsError; ConflictError when a colleague was first.
    """
    require(actor, MODERATE)
    note = " ".join(clean(note).split())
    if refusal and refusal not in Refusal.values:
        raise DomainError(_("Choose one of the rules."), code="rule", field="refusal")
    refuse_all(_note_faults(note))
    state = CommentState.REFUSED if refusal else CommentState.PUBLISHED
    with transaction.atomic():
        rows = Comment.objects.filter(pk=comment.pk, revision=revision)
        before = rows.select_for_update().values_list("state", "answer").first()
        changed = rows.update(
            state=state,
            refusal=refusal,
            refusal_note=note if refusal else "",
            read_by=actor.key,
            revision=F("revision") + 1,
        )
        if before is None or not changed:
            raise ConflictError(_("A colleague has read this comment already."))
        append(
            action="councils.comment_read",
            actor=actor,
            subject=f"draft:{comment.point.draft.code}",
            payload={
                "comment": comment.code,
                "was": before[0],
                "state": state.value,
                "rule": refusal,
                "answer": before[1],
                "words": "" if refusal else digest(comment.text),
            },
        )
    comment.refresh_from_db()
    return comment


def _note_faults(note: str) -> list[DomainError]:
    faults = []
    if len(note) > NOTE:
        faults.append(
            DomainError(
                _("At most %(limit)s signs."), code="long", field="note", params={"limit": NOTE}
            )
        )
    if personal(note):
        faults.append(_personal("note"))
    return faults


def _personal(field: str) -> DomainError:
    return DomainError(
        _("A telephone or a person's number does not belong here."), code="personal", field=field
    )


@dataclass(frozen=True, slots=True)
class Replied:
    """An answer with its reason, in one language or in both."""

    answer: str
    text_kk: str
    text_ru: str = ""


def answer_comments(
    *, actor: Actor, draft: Draft, codes: Sequence[str], replied: Replied
) -> list[Comment]:
    """Give one answer to comments of a draft that are published; a later one replaces it.

    Raises: NotAllowedError; RefusalsError; DomainError when one of them is not published.
    """
    require(actor, MODERATE)
    said = Replied(replied.answer, clean(replied.text_kk), clean(replied.text_ru))
    refuse_all(_answer_faults(codes, said))
    with transaction.atomic():
        found = list(
            Comment.objects.select_for_update()
            .filter(point__draft=draft, code__in=codes, state=CommentState.PUBLISHED)
            .order_by("pk")
        )
        if len(found) != len(set(codes)):
            raise DomainError(
                _("Read and publish these comments first; then they are answered."),
                code="unpublished",
            )
        Comment.objects.filter(pk__in=[each.pk for each in found]).update(
            answer=said.answer,
            answer_kk=said.text_kk,
            answer_ru=said.text_ru,
            answered_on=clock.today(),
            answered_by=actor.key,
            revision=F("revision") + 1,
        )
        append(
            action="councils.comments_answered",
            actor=actor,
            subject=f"draft:{draft.code}",
            payload={
                "comments": [each.code for each in found],
                "before": [each.answer for each in found],
                "answer": said.answer,
                "words": digest(said.text_kk, said.text_ru),
            },
        )
    return found


def _answer_faults(codes: Sequence[str], said: Replied) -> list[DomainError]:
    faults = []
    if not codes or len(codes) > AT_ONCE:
        faults.append(
            DomainError(
                _("Choose from 1 to %(limit)s comments."),
                code="choose",
                params={"limit": AT_ONCE},
            )
        )
    if said.answer not in Answer.values:
        faults.append(DomainError(_("Choose one of these."), code="answer", field="answer"))
    if not (said.text_kk or said.text_ru):
        faults.append(
            DomainError(
                _("Say why: an answer without a reason is none."), code="empty", field="text_kk"
            )
        )
    for field, text in (("text_kk", said.text_kk), ("text_ru", said.text_ru)):
        if len(text) > LONGEST:
            faults.append(
                DomainError(
                    _("At most %(limit)s signs."),
                    code="long",
                    field=field,
                    params={"limit": LONGEST},
                )
            )
        if personal(text):
            faults.append(_personal(field))
    return faults
