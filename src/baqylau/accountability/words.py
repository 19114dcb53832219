"""A lazy translation in all three languages at once, for files that have no language."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from django.utils import translation

from baqylau.kernel.words import LANGUAGES

T = TypeVar("T")


def in_each(make: Callable[[], T]) -> tuple[T, ...]:
    """What is made while each language is active: kk, ru, en."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(make())
    return tuple(found)


def three(text: object) -> tuple[str, ...]:
    """The text in kk, ru and en."""
    return in_each(lambda: str(text))


def named(name: str, text: object) -> dict[str, str]:
    """The text under `name` in Kazakh, and under `name_ru` and `name_en`."""
    kk, ru, en = three(text)
    return {name: kk, f"{name}_ru": ru, f"{name}_en": en}


def names_of(
    find: Callable[[Sequence[str]], Mapping[str, object]], values: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """The names of values in kk, ru and en; a value without a name is its own."""
    found = in_each(lambda: {value: str(name) for value, name in find(values).items()})
    return {value: tuple(names.get(value) or value for names in found) for value in values}
