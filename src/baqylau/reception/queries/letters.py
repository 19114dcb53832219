"""Personal letters: which there are, what is open in them, how they look on paper."""

import json
from collections.abc import Mapping
from datetime import date

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from baqylau.documents.letters import Letter as Paper
from baqylau.institutions import labels
from baqylau.kernel.errors import DomainError
from baqylau.lawbook.models import LetterTemplateVersion
from baqylau.lawbook.rules import fill, places_in
from baqylau.reception import keyring
from baqylau.reception.models import Consultation, Letter
from baqylau.reception.rules.requisites import (
    BODY,
    DAYS,
    PRIVATE,
    LetterKind,
    goes_to_itself,
    kind_of,
    lacking_places,
    missing,
)
from baqylau.reception.taxonomy import LetterState

RELATED = (
    "consultation__room",
    "consultation__service",
    "consultation__territory",
    "consultation__case",
    "case",
    "body__district",
    "body__successor",
)
OPEN = (LetterState.DRAFT, LetterState.PRINTED)
"""States in which a letter can be read and printed."""


class UnknownLetterError(DomainError):
    """There is no such letter."""

    code = "unknown"
    status = 404


def letter(key: str) -> Letter:
    """The letter with everything that its page names. Raises: UnknownLetterError."""
    found = Letter.objects.select_related(*RELATED).filter(key=key).first()
    if found is None:
        raise UnknownLetterError(_("There is no such letter."))
    return found


def letters_of(row: Consultation) -> list[Letter]:
    """The letters of a consultation, the latest first."""
    rows = Letter.objects.filter(consultation=row).select_related("body")
    return list(rows.order_by("-written_at", "-id"))


def row_name(of: Letter) -> str:
    """The name under which the letter is sealed."""
    return f"letter/{of.key}"


def contents(of: Letter) -> dict[str, str]:
    """What was typed, opened; empty once it was dropped. Raises: KeyFileError."""
    if not of.sealed:
        return {}
    opened: dict[str, str] = json.loads(keyring.unseal(bytes(of.sealed), row_name(of)))
    return opened


def kind(of: Letter) -> LetterKind:
    """What kind of letter it is."""
    return kind_of(of.template, of.procedure)


def template_of(of: Letter) -> LetterTemplateVersion:
    """The version of the template that the letter was written by."""
    return LetterTemplateVersion.objects.get(
        template_id=of.template, language=of.language, number=of.template_number
    )


def lacking(of: Letter, values: Mapping[str, str]) -> list[DomainError]:
    """Everything that keeps the letter from being printed, each with its field and article."""
    needed = {**values, BODY: of.body.code if of.body else ""}
    template = template_of(of)
    refused = missing(kind(of), needed)
    names = [of.body.name_kk, of.body.name_ru, of.body.name_en] if of.body else []
    if itself := goes_to_itself(kind(of), values, filter(None, names)):
        refused.append(itself)
    if lacking_places(kind(of), template.body, places_in(template.body)):
        refused.append(
            DomainError(_("The template leaves out what this letter needs: tell the lawyers."))
        )
    return refused


def paper(of: Letter, values: Mapping[str, str], day: date) -> Paper:
    """The letter as it is printed on the day."""
    template = template_of(of)
    shown = {name: _said(name, value) for name, value in values.items()}
    with translation.override(of.language):
        if of.body:
            shown[BODY] = labels.name(of.body).text
            shown["body_address"] = labels.address(of.body).text
        shown["letter_date"] = _numbers(day)
    head, heading, body = _parts(template.body)
    return Paper(
        title=fill(template.title, shown),
        language=of.language,
        day=day,
        head=_filled(head, shown),
        heading=heading,
        body=_filled(body, shown),
    )


def _said(name: str, value: str) -> str:
    return _numbers(date.fromisoformat(value)) if name in DAYS and value else value


def _numbers(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _parts(text: str) -> tuple[list[str], str, list[str]]:
    """To whom and from whom; the heading, which is the first line in capitals; the rest."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line.isupper() and "{{" not in line:
            return _stripped(lines[:number]), line.strip(), _stripped(lines[number + 1 :])
    return [], "", _stripped(lines)


def _stripped(lines: list[str]) -> list[str]:
    return "\n".join(lines).strip("\n").splitlines()


def _filled(lines: list[str], values: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(part for line in lines for part in fill(line, values).splitlines() or [""])


def kept_for(contact: str) -> dict[str, str]:
    """The number and the address that the person let us keep, from their latest letter."""
    if not contact:
        return {}
    rows = Letter.objects.filter(consultation__contact=contact, state=LetterState.KEPT)
    latest = rows.order_by("-id").first()
    if latest is None:
        return {}
    return {name: value for name, value in contents(latest).items() if name in PRIVATE}
