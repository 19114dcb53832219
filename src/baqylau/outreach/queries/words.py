"""Texts that are kept in several languages, as they are read."""

from collections.abc import Iterable
from dataclasses import dataclass

from baqylau.territories.labels import full_name, language
from baqylau.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Words:
    """A text in the active language, else in another, which `lang` then names."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


def words(row: object, field: str) -> Words:
    """A field in the active language; Kazakh, then Russian stand in for a missing one."""
    now = language()
    for code in dict.fromkeys((now, "kk", "ru", "en")):
        if text := str(getattr(row, f"{field}_{code}", "") or ""):
            return Words(text, "" if code == now else code)
    return Words("")


def district_names(codes: Iterable[str]) -> dict[str, str]:
    """The full names of districts, in alphabetical order of the active language."""
    found = Territory.objects.filter(kato__in=set(codes)).order_by(f"sort_{language()}", "kato")
    return {unit.kato: full_name(unit) for unit in found}
