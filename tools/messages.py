"""Bring every room's catalogues up to date with its code and templates.

Run as `python -m tools.messages`; with `--check` nothing is written, and every message that is
missing, untranslated, fuzzy, unused or translated differently in two rooms is named with exit
status 1.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "baqylau"
LANGUAGES = ("kk", "ru")
LONG_DASH, SHORT_DASH = " \u2014 ", " \u2013 "
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
Found = tuple[str | tuple[str, ...], str | None, str]


def found_in(room: Path) -> Iterator[Found]:
    """The messages of one room: (message or its plural forms, context, file)."""
    for path in sorted([*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt")]):
        where = path.relative_to(PACKAGE).as_posix()
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            if "{%" not in text:
                continue
            # In brackets Python does not mind how a page is indented.
            text = f"({templatize(text, origin=where)}\n)"
        source = io.BytesIO(text.encode())
        for _line, message, _comments, context in extract(
            "python", source, keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            if message and message != "":
                yield message, context, where


def template_of(room: Path) -> Catalog:
    """The room's messages, without translations."""
    catalogue = Catalog(charset="utf-8")
    for message, context, where in found_in(room):
        catalogue.add(message, context=context, locations=[(where, 0)])
    return catalogue


def catalogue_of(path: Path, language: str) -> Catalog:
    """What is translated so far."""
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merged(template: Catalog, old: Catalog, language: str) -> Catalog:
    """The template's messages with the old translations, sorted, without header noise."""
    new = Catalog(locale=language, charset="utf-8", header_comment="# Baqylau")
    for message in template:
        if message.id:
            known = old.get(message.id, message.context)
            if known is not None and isinstance(known.id, str) != isinstance(message.id, str):
                # It has become a plural, or ceased to be one: the forms must be written anew.
                known = None
            new.add(
                message.id,
                string=short_dashes(known.string) if known else None,
                flags=known.flags - {"python-format"} if known else (),
                locations=message.locations,
                context=message.context,
            )
    return new


def short_dashes(string: Any) -> Any:  # noqa: ANN401 - a text, its plural forms, or nothing
    """The translation with the one kind of spaced dash that all texts have."""
    if isinstance(string, tuple | list):
        return tuple(short_dashes(form) for form in string)
    return string.replace(LONG_DASH, SHORT_DASH) if string else string


def is_done(message: Message) -> bool:
    """Whether every form is translated and nothing is in doubt."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return not message.fuzzy and bool(forms) and all(forms)


def problems(room: Path, language: str) -> Iterator[str]:
    """One line for each message that is missing, untranslated, fuzzy or unused."""
    template = template_of(room)
    old = catalogue_of(path_of(room, language), language)
    name = f"{room.name}/{language}"
    for message in template:
        if not message.id:
            continue
        known = old.get(message.id, message.context)
        if known is None:
            yield f"{name}: missing: {message.id!r}"
        elif isinstance(known.id, str) != isinstance(message.id, str):
            yield f"{name}: plural and singular: {message.id!r}"
        elif not is_done(known):
            yield f"{name}: untranslated: {message.id!r}"
        elif short_dashes(known.string) != known.string:
            yield f"{name}: a long dash (`make messages` mends it): {message.id!r}"
    for message in old:
        if message.id and template.get(message.id, message.context) is None:
            yield f"{name}: unused: {message.id!r}"
        elif message.id:
            yield from (f"{name}: {error}: {message.id!r}" for error in message.check())


def clashes(folders: list[Path], language: str) -> Iterator[str]:
    """One line for each message that two rooms translate in two ways.

    Django merges the catalogues of all rooms, so one of the two would silently be shown in both.
    """
    said: dict[tuple[object, str | None], dict[object, list[str]]] = {}
    for room in folders:
        for message in catalogue_of(path_of(room, language), language):
            if message.id:
                ways = said.setdefault((message.id, message.context), {})
                ways.setdefault(message.string, []).append(room.name)
    for (message_id, _context), ways in said.items():
        if len(ways) > 1:
            told = "; ".join(f"{', '.join(names)}: {string!r}" for string, names in ways.items())
            yield f"{language}: translated differently: {message_id!r}: {told}"


def path_of(room: Path, language: str) -> Path:
    """The room's catalogue in the language."""
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def update(room: Path, language: str) -> None:
    """Write the room's catalogue anew; a room without messages has none."""
    template = template_of(room)
    path = path_of(room, language)
    if len(template) == 0:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    new = merged(template, catalogue_of(path, language), language)
    buffer = io.BytesIO()
    write_po(buffer, new, width=96, sort_output=True, omit_header=False, include_lineno=False)
    lines = [
        line
        for line in buffer.getvalue().decode().splitlines()
        if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By'))
    ]
    path.write_text("\n".join(lines).strip() + "\n", encoding="utf-8")


def rooms() -> list[Path]:
    """The folders of the package that are rooms."""
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def main(arguments: list[str]) -> int:
    """Update all catalogues, or check them; returns the exit status."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    if "--check" not in arguments:
        for room in rooms():
            for language in LANGUAGES:
                update(room, language)
        return 0
    wrong = [
        line for room in rooms() for language in LANGUAGES for line in problems(room, language)
    ]
    wrong += [line for language in LANGUAGES for line in clashes(rooms(), language)]
    print("\n".join(wrong) or "translations: complete")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
