"""Entering versions of letter templates, and marking them as checked."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.lawbook.labels import ALLOWED
from baqylau.lawbook.models import LetterTemplateVersion
from baqylau.lawbook.queries.letters import letter
from baqylau.lawbook.rules import strange_places

TITLE_LIMIT = 200
BODY_LIMIT = 10_000
"""Signs of a letter: about four printed pages."""


def refuse_strange(code: str, title: str, body: str) -> None:
    """Refuse a letter with places that it may not have, saying which.

    Raises: DomainError `strange_place`, about the title or the body.
    """
    for field, text in (("title", title), ("body", body)):
        if strange := strange_places(text, ALLOWED[code]):
            raise DomainError(
                _("This letter has no such place: %(places)s."),
                code="strange_place",
                field=field,
                params={"places": ", ".join(strange[:5])},
            )


def enter_letter(
    *, code: str, language: str, title: str, body: str, base: int, actor: Actor
) -> LetterTemplateVersion:
    """Enter the next version of a letter, unchecked; `base` is the version that the writer saw.

    Raises: ConflictError when a colleague was first; DomainError for an unknown place, a text
    that is empty, too long, or the same as before.
    """
    title, body = title.strip(), body.replace("\r\n", "\n").strip()
    if not 0 < len(title) <= TITLE_LIMIT:
        raise DomainError(_("The title is empty or too long."), field="title")
    if not 0 < len(body) <= BODY_LIMIT:
        raise DomainError(_("The letter is empty or too long."), field="body")
    refuse_strange(code, title, body)
    try:
        with transaction.atomic():
            last = letter(code, language)
            _refuse_stale(last, base)
            if (last.title, last.body) == (title, body):
                raise DomainError(_("Nothing has changed in the letter."), field="body")
            row = LetterTemplateVersion.objects.create(
                template_id=code,
                language=language,
                number=base + 1,
                title=title,
                body=body,
                created_by=actor.key,
                created_at=clock.now(),
            )
            append(
                action="lawbook.letter_entered",
                actor=actor,
                subject=f"letter:{code}.{language}",
                payload={"number": row.number},
            )
    except IntegrityError as error:
        # Two at once on PostgreSQL: the unique number let one of them through.
        raise _conflict(base + 1) from error
    return row


def _refuse_stale(last: LetterTemplateVersion, base: int) -> None:
    if last.number != base:
        raise _conflict(last.number)


def _conflict(number: int) -> ConflictError:
    return ConflictError(
        _("A colleague has entered version %(number)s since you opened this page. Open it anew."),
        code="stale_version",
        params={"number": number},
    )


def verify_letter(
    *,
    code: str,
    language: str,
    number: int,
    verified_by: str,
    verified_on: date,
    actor: Actor,
) -> None:
    """Mark the version in use as checked by a lawyer.

    Raises: ConflictError when it is not in use any more; DomainError as for a rule.
    """
    name = " ".join(verified_by.split())
    if not name:
        raise DomainError(_("Say who has checked it."), field="verified_by")
    if verified_on > clock.today():
        raise DomainError(_("This day has not come yet."), field="verified_on")
    with transaction.atomic():
        row = letter(code, language)
        _refuse_stale(row, number)
        row.verified_by, row.verified_on = name, verified_on
        row.save(update_fields=["verified_by", "verified_on"])
        append(
            action="lawbook.letter_verified",
            actor=actor,
            subject=f"letter:{code}.{language}",
            payload={"number": number, "verified_on": verified_on},
        )
