"""Files of a step: the answer letter, the decision, the proof of an outcome.

No name of a file is kept, for names of files name people. A removed file leaves its number behind.
"""

from typing import Any, NoReturn

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.casework import sealing
from baqylau.casework.models import Attachment, Case
from baqylau.casework.queries.attachments import attachment, content_of, kept, steps_with_files
from baqylau.casework.queries.cases import case as find_case
from baqylau.casework.rules import papers
from baqylau.casework.services.writing import locked, refuse_tied
from baqylau.files import services as files
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.errors import ConflictError, DomainError


def attach(
    *, actor: Actor, number: str, step: int, content: bytes, kind: str, seen: int | None = None
) -> Attachment:
    """Add a file to a step of a case. `seen` is how many files the person saw.

    Raises: UnknownCaseError; ConflictError; TiedError; DomainError for a file that is not taken.
    """
    _check_paper(content, kind)
    _check_place(find_case(number), step, seen)
    key = sealing.new_key()
    # Before the transaction: the disk is slow.
    stored = files.keep(pieces=sealing.sealed(key, content), media_type="application/octet-stream")
    try:
        with transaction.atomic():
            row = locked(number)
            refuse_tied(actor.key, row.body_id)
            earlier = _check_place(row, step, seen)
            made = Attachment.objects.create(
                case=row,
                number=earlier + 1,
                step=step,
                file=stored,
                key=key,
                kind=kind,
                size=len(content),
                added_by=actor.key,
                added_on=clock.today(),
            )
            append(
                action="casework.attached",
                actor=actor,
                subject=f"case:{row.number}",
                payload={
                    "number": made.number,
                    "step": step,
                    "kind": kind,
                    "size": made.size,
                    "digest": stored.digest,
                },
            )
    except Exception:
        files.forget(digest=stored.digest)
        raise
    return made


def _check_paper(content: bytes, kind: str) -> None:
    if not content:
        _refuse(_("This file is empty. Choose it again."))
    if kind not in papers.MEDIA_TYPES:
        _refuse(_("Only PDF, DOCX, JPEG, PNG, WebP and HEIC are taken here."))
    if len(content) > papers.LIMIT:
        _refuse(_("The file is too large: up to 20 MB are taken here."))
    if not papers.is_whole(content, kind):
        _refuse(_("This file is cut off or damaged: its end is missing. Copy it again."))
    if not papers.is_harmless(content, kind):
        _refuse(
            _(
                "This document holds a program, or far more than it shows. "
                "Save it as PDF and choose that."
            )
        )


def _refuse(message: Any) -> NoReturn:  # noqa: ANN401 - lazy text
    raise DomainError(message, code="paper", field="file")


def _check_place(row: Case, step: int, seen: int | None) -> int:
    """The number of the newest file. Raises: ConflictError; DomainError."""
    newest = Attachment.objects.filter(case=row).count()
    if seen is not None and seen != newest:
        raise ConflictError(_("Something was added to this case meanwhile. Look at it again."))
    if step not in {each.number for each in steps_with_files(row)}:
        raise DomainError(_("This case has no such step."), field="step")
    if kept(row).filter(step=step).count() >= papers.A_STEP:
        raise DomainError(_("This step has 10 files already: no more fit."), field="step")
    return newest


def open_attachment(*, actor: Actor, number: str, attached: int) -> tuple[Attachment, bytes]:
    """A file and its content; that it was opened is kept, for letters name people.

    Raises: UnknownCaseError; UnknownAttachmentError; DomainError when the disk has lost it.
    """
    row = find_case(number)
    found = attachment(row, attached)
    content = content_of(found)
    append(
        action="casework.file_opened",
        actor=actor,
        subject=f"case:{row.number}",
        payload={"number": found.number},
    )
    return found, content


def remove_attachment(*, actor: Actor, number: str, attached: int) -> None:
    """Take away a wrong file, for good.

    Raises: UnknownCaseError; UnknownAttachmentError; TiedError.
    """
    with transaction.atomic():
        row = locked(number)
        refuse_tied(actor.key, row.body_id)
        _drop(actor, row, [attachment(row, attached)])


def drop_attachments(number: str) -> int:
    """Take away all files of a case whose person is forgotten; returns how many. Safe to repeat.

    Raises: UnknownCaseError.
    """
    with transaction.atomic():
        row = locked(number)
        found = list(kept(row).order_by("number"))
        if found:
            _drop(SYSTEM, row, found)
    return len(found)


def _drop(actor: Actor, row: Case, found: list[Attachment]) -> None:
    for each in found:
        digest = each.file_id
        each.file, each.key, each.dropped_on = None, b"", clock.today()
        each.save(update_fields=["file", "key", "dropped_on"])
        if digest:
            files.forget(digest=digest)
    append(
        action="casework.file_removed",
        actor=actor,
        subject=f"case:{row.number}",
        payload={"numbers": [each.number for each in found]},
    )
