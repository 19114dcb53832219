"""The outline of an account, as data: sections, headlines, annexes, notes; read strictly.

A TOML text; every text of it in Kazakh and Russian. An unknown word is told with its place.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.errors import DomainError

LANGUAGES = ("kk", "ru")
SIZE = 200_000
"""Bytes of an outline."""
KEYS: Mapping[str, frozenset[str]] = {
    "": frozenset({"title", "sections", "headlines", "verified", "annexes", "notes"}),
    "title": frozenset(LANGUAGES),
    "sections": frozenset({"code", "required", "heading", "hint"}),
    "headlines": frozenset({"figures"}),
    "verified": frozenset({"figure"}),
    "annexes": frozenset({"codes"}),
    "notes": frozenset({"heading", "text"}),
}
"""What may stand where; "" is the outline itself."""
HEADLINES = 3


class OutlineError(DomainError):
    """It is no outline: says what, and where."""

    code = "outline"


Said = Mapping[str, str]
"""A text by language."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section that somebody writes."""

    code: str
    heading: Said
    hint: Said
    is_required: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A note on the method, the same in every account."""

    heading: Said
    text: Said


@dataclass(frozen=True, slots=True)
class Outline:
    """All that an account is made of besides its numbers."""

    title: Said
    sections: tuple[Part, ...]
    headlines: tuple[str, ...]
    verified: str
    annexes: tuple[str, ...]
    notes: tuple[Note, ...]


def read(content: bytes) -> Outline:
    """The outline that the bytes hold. Raises: OutlineError."""
    if len(content) > SIZE:
        raise OutlineError(_("The outline is too large."))
    try:
        found = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise OutlineError(
            _("The outline is no TOML: %(what)s"), params={"what": str(error)[:200]}
        ) from None
    _check("", found)
    sections = tuple(_part(each) for each in _tables(found, "sections"))
    codes = [part.code for part in sections]
    if len(set(codes)) != len(codes):
        _refuse("sections", "code")
    return Outline(
        _said(found, "title"),
        sections,
        tuple(_texts(found, "headlines", "figures")[:HEADLINES]),
        str(_table(found, "verified").get("figure", "")),
        tuple(_texts(found, "annexes", "codes")),
        tuple(
            Note(_said(each, "heading"), _said(each, "text")) for each in _tables(found, "notes")
        ),
    )


def _refuse(place: str, name: str) -> None:
    raise OutlineError(
        _("The outline has something wrong or unknown: “%(name)s” in “%(place)s”."),
        params={"name": name, "place": place or "TOML"},
    )


def _check(place: str, table: Mapping[str, Any]) -> None:
    for name in table:
        if name not in KEYS[place]:
            _refuse(place, str(name)[:80])


def _table(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = found.get(name, {})
    if not isinstance(table, dict):
        _refuse("", name)
    _check(name, table)
    return dict(table)


def _tables(found: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    tables = found.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        _refuse("", name)
    for each in tables:
        _check(name, each)
    return list(tables)


def _texts(found: Mapping[str, Any], place: str, name: str) -> list[str]:
    texts = _table(found, place).get(name, [])
    if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
        _refuse(place, name)
    return list(texts)


def _said(table: Mapping[str, Any], name: str) -> Said:
    said = table.get(name)
    if not isinstance(said, dict) or set(said) != set(LANGUAGES):
        _refuse(name, "kk, ru")
    said = dict(said or {})
    if not all(isinstance(text, str) and text.strip() for text in said.values()):
        _refuse(name, "kk, ru")
    return said


def _part(table: Mapping[str, Any]) -> Part:
    code = table.get("code")
    if not isinstance(code, str) or not code.isidentifier() or len(code) > 32:
        _refuse("sections", "code")
    return Part(
        str(code), _said(table, "heading"), _said(table, "hint"), table.get("required") is True
    )
