"""Names of parts and languages for the catalogue's templates."""

from collections.abc import Iterable

from django import template

from baqylau.catalogue.labels import part_label
from baqylau.catalogue.models import Language

register = template.Library()


@register.simple_tag
def part_name(part: str) -> str:
    """What a part of a card is called."""
    return part_label(part)


@register.simple_tag
def language_name(code: str) -> str:
    """The language's name in the active language."""
    return str(Language(code).label)


@register.simple_tag
def changed_parts(changed: Iterable[tuple[str, str]]) -> str:
    """The changed parts, by language: «Kazakh: Title, Where; Russian: Title»."""
    found: dict[str, list[str]] = {}
    for language, part in changed:
        found.setdefault(language, []).append(part_label(part).lower())
    return "; ".join(
        f"{language_name(language)}: {', '.join(parts)}" for language, parts in found.items()
    )
