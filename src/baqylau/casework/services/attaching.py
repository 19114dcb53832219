"""Files of a step: the answer letter, the decision, the proof of an outcome.

No name of a file is kept, for names of files name people. A removed file leaves its number behind.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.casework.models import Attachment, Case
from baqylau.casework.queries.attachments import attachment, content_of, kept, steps_with_files
from baqylau.casework.queries.cases import case as find_case
from baqylau.casework.rules import papers
from baqylau.casework.services.stepping import record_step
from baqylau.casework.services.writing import locked, refuse_tied
from baqylau.casework.taxonomy import Paper
from baqylau.files import metadata
from baqylau.files import services as files
from baqylau.files.models import StoredFile
from baqylau.journal.rules import Value
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.seal import pieces


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was sent. `is_cleaned`: what a photograph says besides is taken out first."""

    content: bytes
    kind: str
    is_cleaned: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    """A sheet that lies in the store already, sealed, and belongs to no case yet."""

    file: StoredFile
    key: bytes
    kind: str
    size: int
    is_cleaned: bool


def attach(
    *, actor: Actor, number: str, step: int, sheet: Sheet, seen: int | None = None
) -> Attachment:
    """Add a file to a step of a case. `seen` is how many files the person saw.

    Raises: UnknownCaseError; ConflictError; TiedError; DomainError for a file that is not taken.
    """
    _check_paper(sheet.content, sheet.kind)
    _check_place(find_case(number), step, seen)
    kept_sheet = _keep(sheet)
    try:
        with transaction.atomic():
            row = locked(number)
            refuse_tied(actor.key, row.body_id)
            return _add(actor, row, step, _check_place(row, step, seen), kept_sheet)
    except Exception:
        files.forget(digest=kept_sheet.file.digest)
        raise


def record_step_with_sheet(
    *,
    actor: Actor,
    number: str,
    kind: str,
    on: date,
    sheet: Sheet,
    **details: Any,  # noqa: ANN401 - as `record_step` takes them
) -> Attachment:
    """Add a step and the file that shows it: both or neither.

    Raises: as `record_step` and `attach`.
    """
    _check_paper(sheet.content, sheet.kind)
    kept_sheet = _keep(sheet)
    try:
        with transaction.atomic():
            row = record_step(actor=actor, number=number, kind=kind, on=on, **details)
            return _add(actor, row, row.steps, _check_place(row, row.steps, None), kept_sheet)
    except Exception:
        files.forget(digest=kept_sheet.file.digest)
        raise


def _keep(sheet: Sheet) -> _Kept:
    """Store the sheet sealed, before any transaction: the disk is slow."""
    content, media_type = sheet.content, papers.MEDIA_TYPES[Paper(sheet.kind)]
    is_cleaned = sheet.is_cleaned and media_type in metadata.KINDS
    if is_cleaned:
        try:
            content = metadata.strip(content, media_type)
        except metadata.MetadataError:
            _refuse(
                _(
                    "What this picture says besides what it shows could not be taken out: it is "
                    "built in an unusual way. Attach a scan, or untick the box to keep it as it is."
                )
            )
    key = pieces.new_key()
    stored = files.keep(
        pieces=pieces.sealed(key, content, papers.CONTENT), media_type="application/octet-stream"
    )
    return _Kept(stored, key, sheet.kind, len(content), is_cleaned)


def _add(actor: Actor, row: Case, step: int, earlier: int, sheet: _Kept) -> Attachment:
    made = Attachment.objects.create(
        case=row,
        number=earlier + 1,
        step=step,
        file=sheet.file,
        key=sheet.key,
        kind=sheet.kind,
        size=sheet.size,
        added_by=actor.key,
        added_on=clock.today(),
    )
    told: dict[str, Value] = {
        "number": made.number,
        "step": step,
        "kind": made.kind,
        "size": made.size,
        "digest": sheet.file.digest,
    }
    append(
        action="casework.attached",
        actor=actor,
        subject=f"case:{row.number}",
        payload={**told, "cleaned": True} if sheet.is_cleaned else told,
    )
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
