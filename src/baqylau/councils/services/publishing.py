"""Showing a signed document to everybody, and taking it away again: each a person's decision."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.councils.access import SIGN
from baqylau.councils.models import Delivery, FinalDocument
from baqylau.councils.queries.documents import UnknownDocumentError
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.permissions import require


def publish_document(*, actor: Actor, code: str, revision: int) -> FinalDocument:
    """Show a document to everybody, after every body was sent its own. Safe to repeat.

    Raises: NotAllowedError; UnknownDocumentError; ConflictError; DomainError before it has gone
    out: whom it is about reads it first.
    """
    require(actor, SIGN)
    with transaction.atomic():
        row = _locked(code)
        if row.published_on is not None:
            return row
        if row.revision != revision:
            raise ConflictError(
                _("Somebody has changed this document meanwhile. Look at it again.")
            )
        if row.signed_on is None or Delivery.objects.filter(document=row, sent_on=None).exists():
            raise DomainError(
                _("It is published when every body was sent its own: they read it first."),
                code="unsent",
            )
        return _shown(row, clock.today(), "councils.document_published", actor)


def hide_document(*, actor: Actor, code: str) -> FinalDocument:
    """Take a published document away again; the recommendations stay public. Safe to repeat.

    Raises: NotAllowedError; UnknownDocumentError.
    """
    require(actor, SIGN)
    with transaction.atomic():
        row = _locked(code)
        if row.published_on is None:
            return row
        return _shown(row, None, "councils.document_hidden", actor)


def _locked(code: str) -> FinalDocument:
    row = FinalDocument.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise UnknownDocumentError(_("There is no such document."))
    return row


def _shown(row: FinalDocument, on: date | None, action: str, actor: Actor) -> FinalDocument:
    row.published_on = on
    row.revision += 1
    row.save(update_fields=["published_on", "revision"])
    append(
        action=action,
        actor=actor,
        subject=f"document:{row.code}",
        payload={"number": row.number},
    )
    return row
