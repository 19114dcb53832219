"""How cells that many tables have are read: one of several choices, a line of text."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from baqylau.documents.tables import normal_heading
from baqylau.kernel.errors import DomainError

LANGUAGES: Final = ("kk", "ru", "en")
"""Languages in which a word of a table is understood, whichever of them the site speaks."""
NO_WORDS: Final[Mapping[str, Sequence[str]]] = {}


def choice(
    among: Iterable[Any], others: Mapping[str, Sequence[str]] = NO_WORDS
) -> Callable[[str], str]:
    """A reader of a choice's code from its code or its label in any language.

    `others` are further words by code. The reader raises DomainError, which names the labels.
    """
    choices = tuple(among)

    def read(text: str) -> str:
        wanted = normal_heading(text)
        for each in choices:
            words = (str(each.value), *others.get(str(each.value), ()), *labels(each))
            if wanted in map(normal_heading, words):
                return str(each.value)
        known = ", ".join(str(each.label) for each in choices)
        raise DomainError(_("This is not known. Known are: %(known)s."), params={"known": known})

    return read


def labels(choice: Any) -> list[str]:  # noqa: ANN401 - a member of any TextChoices
    """What a choice is called, in each of `LANGUAGES`."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(str(choice.label))
    return found


def line(limit: int) -> Callable[[str], str]:
    """A reader of one line with single spaces; it raises DomainError beyond the limit."""

    def read(text: str) -> str:
        found = " ".join(text.split())
        if len(found) > limit:
            raise DomainError(_("At most %(limit)s signs."), params={"limit": limit})
        return found

    return read
