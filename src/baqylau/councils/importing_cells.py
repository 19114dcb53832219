"""What the tables of the module have in common: cells with a choice, a line, a council."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from baqylau.councils.models import Council
from baqylau.documents.tables import normal_heading
from baqylau.kernel.errors import DomainError

LANGUAGES: Final = ("kk", "ru", "en")


def choice(among: Sequence[Any]) -> Callable[[str], str]:
    """A reader of one of the codes, or of its name in any language; it raises DomainError."""

    def read(text: str) -> str:
        wanted = normal_heading(text)
        for each in among:
            labels = [str(each.value)]
            for language in LANGUAGES:
                with translation.override(language):
                    labels.append(str(each.label))
            if wanted in map(normal_heading, labels):
                return str(each.value)
        known = ", ".join(str(each.label) for each in among)
        raise DomainError(_("This is not known. Known are: %(known)s."), params={"known": known})

    return read


def line(limit: int) -> Callable[[str], str]:
    """A reader of one line with single spaces; it raises DomainError beyond the limit."""

    def read(text: str) -> str:
        found = " ".join(text.split())
        if len(found) > limit:
            raise DomainError(_("At most %(limit)s signs."), params={"limit": limit})
        return found

    return read


class Councils:
    """Councils by code and by each of their names."""

    def __init__(self) -> None:
        self._known: dict[str, Council | None] = {}
        for council in Council.objects.order_by("pk"):
            self._known[council.code] = council
            for name in {council.name_kk, council.name_ru, council.name_en} - {""}:
                key = normal_heading(name)
                self._known[key] = None if key in self._known else council

    def find(self, text: str) -> Council:
        """The council of a cell. Raises: DomainError."""
        key = text.strip() if text.strip() in self._known else normal_heading(text)
        found = self._known.get(key)
        if found is None:
            sentence = _("Several councils have this name: write the code.")
            if key not in self._known:
                sentence = _("No council has this name or code.")
            raise DomainError(sentence, field="council")
        return found
