"""What was typed into a letter, made fit for paper."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from baqylau.documents.letters import strange_signs
from baqylau.kernel.errors import DomainError
from baqylau.reception.rules.iin import clean_iin
from baqylau.reception.rules.requisites import DAYS, LINE, LONG, LetterKind
from baqylau.text import tidy

SHOWN: Final = 5
"""Signs that a refusal names."""


def cleaned(
    kind: LetterKind, typed: Mapping[str, str], today: date
) -> tuple[dict[str, str], list[DomainError]]:
    """The typed values without invisible signs, and a refusal for each that cannot stay.

    Days are ISO. What is empty is left out; places that the kind does not have are dropped.
    """
    values: dict[str, str] = {}
    refused: list[DomainError] = []
    for name in kind.fields:
        try:
            value = _clean(name, typed.get(name, ""), today)
        except DomainError as error:
            refused.append(error)
        else:
            if value:
                values[name] = value
    return values, refused


def _clean(name: str, text: str, today: date) -> str:
    if name == "applicant_iin":
        return clean_iin(text, today)
    if name in DAYS:
        return _day(name, text, today)
    limit = LONG.get(name, LINE)
    value = lines(text, limit + 1) if name in LONG else tidy(text, limit + 1, as_typed=True)
    if len(value) > limit:
        raise DomainError(
            _("This is too long: at most %(limit)s characters."),
            field=name,
            params={"limit": limit},
        )
    if strange := strange_signs(value):
        raise DomainError(
            _("A letter cannot show these signs, take them out: %(signs)s"),
            field=name,
            params={"signs": " ".join(strange[:SHOWN])},
        )
    return value


def lines(text: str, limit: int) -> str:
    """The text line by line, each tidy, with at most one empty line between two."""
    kept: list[str] = []
    for line in text[: limit * 2].splitlines():
        clean = tidy(line, limit, as_typed=True)
        if clean or (kept and kept[-1]):
            kept.append(clean)
    return "\n".join(kept).strip()[:limit].strip()


def _day(name: str, text: str, today: date) -> str:
    if not text:
        return ""
    day = date.fromisoformat(text)
    if day > today or (name == "answer_due" and day == today):
        raise DomainError(
            _("The term has not passed yet.")
            if name == "answer_due"
            else _("This day is in the future."),
            field=name,
        )
    return text
