"""Letter templates: the text in use, all versions, a preview."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from baqylau.kernel.errors import DomainError
from baqylau.lawbook.labels import LETTERS, allowed_places
from baqylau.lawbook.models import LetterTemplateVersion
from baqylau.lawbook.rules import fill

LETTER_LANGUAGES = ("kk", "ru")
"""The languages that letters to offices are written in."""


class UnknownLetterError(DomainError):
    """There is no such letter template."""

    code = "unknown_letter"
    status = 404


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter filled with what belongs into each place."""

    title: str
    body: str


def versions(code: str, language: str) -> list[LetterTemplateVersion]:
    """Return all versions of a letter in a language, the latest first.

    Raises: DomainError `unknown_letter`.
    """
    rows = LetterTemplateVersion.objects.filter(template_id=code, language=language)
    found = list(rows.order_by("-number"))
    if not found:
        raise UnknownLetterError(
            _("There is no such letter: %(code)s."), params={"code": f"{code[:40]} {language[:2]}"}
        )
    return found


def letter(code: str, language: str) -> LetterTemplateVersion:
    """Return the version in use. Raises: DomainError `unknown_letter`."""
    return versions(code, language)[0]


def letters() -> list[LetterTemplateVersion]:
    """Return the version in use of every letter in every language, in the order of the codes."""
    latest: dict[tuple[str, str], LetterTemplateVersion] = {}
    for row in LetterTemplateVersion.objects.order_by("number"):
        latest[row.template_id, row.language] = row
    return [
        latest[code, language]
        for code in LETTERS
        for language in LETTER_LANGUAGES
        if (code, language) in latest
    ]


def preview(code: str, language: str, title: str, body: str) -> Preview:
    """Fill a letter with the names of its places, in the letter's own language."""
    with translation.override(language):
        values = {name: f"[{label}]" for name, label in allowed_places(code).items()}
    return Preview(fill(title, values), fill(body, values))
