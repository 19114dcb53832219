"""Papers for the agenda: public, so nothing but what everybody may read."""

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.casework.rules import papers
from baqylau.councils.access import KEEP
from baqylau.councils.models import AgendaItem, Material
from baqylau.councils.services.locking import locked
from baqylau.files import metadata
from baqylau.files import services as files
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS: Final = frozenset({"application/pdf", DOCX, *metadata.KINDS})
"""What is taken: documents, and pictures from which place and time can be removed."""
LIMIT: Final = 10 * 1_048_576
"""Bytes of a paper at most: members read it on telephones."""
AN_ITEM: Final = 10
"""Papers of an item at most."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it came, and how it is called."""

    content: bytes
    media_type: str
    name_kk: str
    name_ru: str = ""


def add_material(*, actor: Actor, item: AgendaItem, paper: Paper) -> Material:
    """Put a paper beside an item. A picture loses what it says besides; documents stay as they are.

    Raises: NotAllowedError; DomainError for what is not taken, is cut off, or holds a program.
    """
    require(actor, KEEP, item.meeting.council)
    if not paper.name_kk:
        raise DomainError(_("Give it a name in Kazakh."), code="empty", field="name_kk")
    content = _checked(paper)
    kept = files.keep(pieces=[content], media_type=paper.media_type)
    try:
        with transaction.atomic():
            meeting = locked(item.meeting)
            if same := Material.objects.filter(item=item, file=kept).first():
                return same
            _refuse_more(item)
            made = Material.objects.create(
                item=item,
                name_kk=paper.name_kk,
                name_ru=paper.name_ru,
                file=kept,
                added_at=clock.now(),
            )
            append(
                action="councils.material_added",
                actor=actor,
                subject=f"meeting:{meeting.code}",
                payload={"item": item.number, "digest": kept.digest, "size": len(content)},
            )
    except Exception:
        files.forget(digest=kept.digest)
        raise
    return made


def _refuse_more(item: AgendaItem) -> None:
    if Material.objects.filter(item=item).count() >= AN_ITEM:
        raise DomainError(_("An item has at most %(limit)s papers."), params={"limit": AN_ITEM})


def _checked(paper: Paper) -> bytes:
    """The content as everybody may have it. Raises: DomainError."""
    if paper.media_type not in KINDS:
        raise _refused(_("Only PDF, DOCX, JPEG, PNG and WebP are taken here."))
    if len(paper.content) > LIMIT:
        raise _refused(_("The file is too large: up to 10 MB are taken here."))
    kind = papers.KINDS[paper.media_type]
    if not papers.is_whole(paper.content, kind):
        raise _refused(_("This file is cut off or damaged: its end is missing. Copy it again."))
    if not papers.is_harmless(paper.content, kind):
        raise _refused(
            _(
                "This document holds a program, or far more than it shows. "
                "Save it as PDF and choose that."
            )
        )
    if paper.media_type not in metadata.KINDS:
        return paper.content
    try:
        return metadata.strip(paper.content, paper.media_type)
    except metadata.MetadataError as error:
        raise _refused(
            _("What this picture says besides what it shows could not be taken out. Use a scan.")
        ) from error


def _refused(message: object) -> DomainError:
    return DomainError(message, code="paper", field="file")


def remove_material(*, actor: Actor, material: Material) -> None:
    """Take a paper away; safe to repeat. Raises: NotAllowedError; DomainError when frozen."""
    require(actor, KEEP, material.item.meeting.council)
    with transaction.atomic():
        meeting = locked(material.item.meeting)
        gone, _kinds = Material.objects.filter(pk=material.pk).delete()
        if gone:
            append(
                action="councils.material_removed",
                actor=actor,
                subject=f"meeting:{meeting.code}",
                payload={"item": material.item.number, "digest": material.file_id},
            )
    files.forget(digest=material.file_id)
