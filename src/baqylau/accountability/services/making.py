"""Making the documents of an account, and the organisation's own template for Word."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.accountability.access import APPROVE, DRAFT
from baqylau.accountability.models import Account, AccountDocument, DocxTemplate
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.queries import papers
from baqylau.accountability.queries.content import content_of
from baqylau.documents.accounts import book, paper, shapes, word
from baqylau.files import services as files
from baqylau.files import store
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": DOCX,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Progress = Callable[[int, int], None]


def make(*, actor: Actor, account: Account, progress: Progress) -> int:
    """Make every document that does not show the account as it is now; returns how many.

    A draft says on each page that it is one. Nothing is written until a document is whole.

    Raises: NotAllowedError; AccountError for what cannot be shown, or a template with a fault.
    """
    require(actor, APPROVE)
    day = clock.today()
    content = content_of(account, actor, day)
    wanted = papers.missing(account, content)
    built = {code: papers.account_of(account, content, code, day) for code in queries.LANGUAGES}
    progress(0, len(wanted))
    for number, (code, form) in enumerate(wanted, 1):
        made = written(built[code], form)
        _keep(account, code, form, papers.fingerprint(account, content, code, form), made)
        progress(number, len(wanted))
    return len(wanted)


def written(account: shapes.Account, form: str) -> bytes:
    """A document of an account. Raises: AccountError."""
    if form == "docx":
        own = queries.template(account.language)
        return word.write_docx(account, _content(own.file_id) if own else None)
    return paper.write_pdf(account) if form == "pdf" else book.write_xlsx(account)


def _content(digest: str | None) -> bytes:
    with store.read(digest or "") as file:
        return file.read()


def _keep(account: Account, code: str, form: str, shown: str, content: bytes) -> None:
    kept = files.keep(pieces=[content], media_type=MEDIA_TYPES[form])
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        rows = AccountDocument.objects.filter(account=account, language=code, form=form)
        before = rows.values_list("file_id", flat=True).first()
        AccountDocument.objects.update_or_create(
            account=account, language=code, form=form, defaults={"content": shown, "file": kept}
        )
    if before and before != kept.digest:
        files.forget(digest=before)


def set_template(*, actor: Actor, language: str, content: bytes) -> DocxTemplate:
    """Set the accounts of a language in the organisation's own template.

    Raises: NotAllowedError; AccountError for a template that could not be filled: the field that is
    unknown, and where it stands.
    """
    require(actor, DRAFT)
    if language not in queries.LANGUAGES:
        raise DomainError(_("Choose a language."), code="language", field="language")
    try:
        word.check_template(content)
    except DomainError as error:
        error.field = "file"
        raise
    kept = files.keep(pieces=[content], media_type=DOCX)
    return _set(actor, language, kept.digest)


def drop_template(*, actor: Actor, language: str) -> DocxTemplate:
    """Go back to the program's own template. Raises: NotAllowedError."""
    require(actor, DRAFT)
    return _set(actor, language, None)


def _set(actor: Actor, language: str, digest: str | None) -> DocxTemplate:
    with transaction.atomic():
        made = DocxTemplate.objects.create(
            language=language, file_id=digest, person=actor.key, made_at=clock.now()
        )
        append(
            action="accountability.template_set",
            actor=actor,
            subject=f"template:{language}",
            payload={"digest": digest},
        )
    return made
