"""Writing a personal letter: begun, saved sealed, printed when it says what the law asks for."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.casework.services.writing import living_body, refuse_tied
from baqylau.documents.letters import write_docx, write_pdf
from baqylau.journal.rules import Value
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.permissions import require
from baqylau.lawbook.queries.letters import LETTER_LANGUAGES
from baqylau.lawbook.queries.letters import letter as template_in_use
from baqylau.reception import keyring
from baqylau.reception.access import LETTERS
from baqylau.reception.models import Letter
from baqylau.reception.queries import letters as queries
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.rules.requisites import KINDS
from baqylau.reception.rules.wording import cleaned
from baqylau.reception.services.prefilling import known_already
from baqylau.reception.services.writing import locked as locked_consultation
from baqylau.reception.services.writing import refuse_struck, refuse_unfit
from baqylau.reception.taxonomy import LetterState

DRAFT_DAYS: Final = 7
"""How long a draft is kept that nobody prints."""
PRINTED_DAYS: Final = 1
"""How long a printed letter can be printed again."""
WRITERS: Final = {"pdf": write_pdf, "docx": write_docx}


class RefusedError(DomainError):
    """Several things are wrong, each with its field."""

    code = "letter_refused"

    def __init__(self, errors: Sequence[DomainError]) -> None:
        super().__init__(_("The letter is not ready: look at what is marked below."))
        self.errors = tuple(errors)


def begin_letter(*, actor: Actor, number: str, kind: str, language: str) -> Letter:
    """Begin a letter with what is known already, by the template in use.

    The same kind begun twice by one colleague, and not yet saved, is one letter.
    Raises: UnknownConsultationError; NotAllowedError; DomainError.
    """
    if kind not in KINDS:
        raise DomainError(_("Choose one of the list."), field="kind")
    if language not in LETTER_LANGUAGES:
        raise DomainError(_("Choose one of the list."), field="language")
    chosen = KINDS[kind]
    template = template_in_use(chosen.template, language)
    with transaction.atomic():
        row = locked_consultation(number)
        require(at_the_desk(actor, clock.today()), LETTERS, row)
        refuse_unfit(row)
        same = {"template": chosen.template, "procedure": chosen.procedure, "language": language}
        begun = Letter.objects.filter(
            consultation=row, author=actor.key, state=LetterState.DRAFT, edition=1, **same
        ).first()
        if begun is not None:
            return begun
        made = Letter(
            consultation=row,
            case=row.case,
            template_number=template.number,
            author=actor.key,
            written_at=clock.now(),
            drop_on=clock.today() + timedelta(days=DRAFT_DAYS),
            **same,
        )
        made.sealed = _sealed(made, known_already(actor, row, chosen, language))
        made.save()
        _note("reception.letter_begun", actor, made, **same, number=template.number)
    return made


def _sealed(of: Letter, values: Mapping[str, str]) -> bytes:
    text = json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
    return keyring.seal(text, queries.row_name(of))


def _note(action: str, actor: Actor, of: Letter, **payload: Value) -> None:
    said = {"consultation": of.consultation.number, **payload}
    append(action=action, actor=actor, subject=f"letter:{of.key}", payload=said)


def _locked(actor: Actor, key: str, seen: int | None = None) -> Letter:
    """The letter, held until the transaction ends, readable and not dropped."""
    row = Letter.objects.select_for_update(of=("self",)).filter(key=key).first()
    if row is None:
        raise queries.UnknownLetterError(_("There is no such letter."))
    require(at_the_desk(actor, clock.today()), LETTERS, row.consultation)
    refuse_struck(row.consultation)
    if row.state not in queries.OPEN:
        raise DomainError(_("The personal details of this letter are gone: begin a new one."))
    if seen is not None and row.edition != seen:
        raise ConflictError(_("Somebody has changed this letter meanwhile. Open it again."))
    return row


def open_letter(*, actor: Actor, key: str) -> dict[str, str]:
    """What was typed, for the one who goes on writing; the journal keeps who opened it.

    Raises: UnknownLetterError; NotAllowedError; DomainError when it was dropped; KeyFileError.
    """
    with transaction.atomic():
        row = _locked(actor, key)
        values = queries.contents(row)
        _note("reception.letter_opened", actor, row)
    return values


def save_letter(
    *, actor: Actor, key: str, seen: int, typed: Mapping[str, str], body: str = ""
) -> Letter:
    """Keep what was typed, sealed; what the law asks for may still be missing.

    `body` is the code of the body that it goes to. The template in use becomes the letter's.
    Raises: UnknownLetterError; NotAllowedError; ConflictError; RefusedError with every wrong
    field; AbolishedError; TiedError.
    """
    with transaction.atomic():
        row = _locked(actor, key, seen)
        values, refused = cleaned(queries.kind(row), typed, clock.today())
        try:
            found = living_body(body, clock.today()) if body else None
        except DomainError as error:
            refused.append(error)
        if refused:
            raise RefusedError(refused)
        refuse_tied(actor.key, found.pk if found else None)
        row.body = found
        row.template_number = template_in_use(row.template, row.language).number
        row.sealed = _sealed(row, values)
        row.state = LetterState.DRAFT
        row.edition += 1
        row.drop_on = clock.today() + timedelta(days=DRAFT_DAYS)
        row.save()
        _note(
            "reception.letter_saved",
            actor,
            row,
            edition=row.edition,
            body=body,
            number=row.template_number,
        )
    return row


def print_letter(*, actor: Actor, key: str, form: str) -> bytes:
    """The letter as a file, "pdf" or "docx"; from then on its details have one more day.

    Raises: UnknownLetterError; NotAllowedError; RefusedError for what is missing; KeyFileError;
    KeyError for another form.
    """
    write = WRITERS[form]
    letter = queries.letter(key)
    require(at_the_desk(actor, clock.today()), LETTERS, letter.consultation)
    refuse_struck(letter.consultation)
    values = queries.contents(letter)
    if letter.state in queries.OPEN and (refused := queries.lacking(letter, values)):
        raise RefusedError(refused)
    # Made before the transaction, which holds up every other writer.
    made = write(queries.paper(letter, values, clock.today()))
    with transaction.atomic():
        row = _locked(actor, key, letter.edition)
        row.state = LetterState.PRINTED
        row.printed_at = clock.now()
        row.drop_on = clock.today() + timedelta(days=PRINTED_DAYS)
        row.save(update_fields=["state", "printed_at", "drop_on"])
        _note("reception.letter_printed", actor, row, form=form)
    return made
