"""One message has one translation, whichever room shows it."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from tools.messages import LANGUAGES, clashes, is_done, path_of, problems, rooms, update

from tools import messages


def room_that_says(folder: Path, name: str, entries: str) -> Path:
    """A room with nothing but a Kazakh catalogue."""
    path = folder / name / "locale" / "kk" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(entries, encoding="utf-8")
    return folder / name


def test_the_rooms_agree_on_every_message() -> None:
    assert [line for language in LANGUAGES for line in clashes(rooms(), language)] == []


def test_one_dash_is_used_in_all_texts() -> None:
    """A spaced dash is the short one in every language: two kinds look like a mistake."""
    kinds = {".po", ".toml", ".tsv", ".html", ".txt", ".py"}
    files = [path for path in messages.PACKAGE.rglob("*") if path.suffix in kinds]
    long = [path.name for path in files if " \u2014 " in path.read_text(encoding="utf-8")]
    assert long == []


def test_a_message_translated_in_two_ways_is_named_with_its_rooms(tmp_path: Path) -> None:
    one = room_that_says(tmp_path, "one", 'msgid "Cancel"\nmsgstr "Болдырмау"\n')
    two = room_that_says(tmp_path, "two", 'msgid "Cancel"\nmsgstr "Бас тарту"\n')
    (line,) = clashes([one, two], "kk")
    assert line == "kk: translated differently: 'Cancel': one: 'Болдырмау'; two: 'Бас тарту'"


def test_another_context_may_be_translated_otherwise(tmp_path: Path) -> None:
    one = room_that_says(tmp_path, "one", 'msgid "Change"\nmsgstr "Өзгерту"\n')
    two = room_that_says(
        tmp_path, "two", 'msgctxt "of a file"\nmsgid "Change"\nmsgstr "Ауыстыру"\n'
    )
    assert list(clashes([one, two], "kk")) == []


def test_a_long_dash_is_told_and_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    room = room_that_says(tmp_path, "one", 'msgid "A rule"\nmsgstr "Ереже \u2014 заң"\n')
    (room / "views.py").write_text('_("A rule")', encoding="utf-8")
    (line,) = problems(room, "kk")
    assert "long dash" in line
    update(room, "kk")
    assert list(problems(room, "kk")) == []
    assert [message.string for message in said(room) if message.id] == ["Ереже – заң"]


def said(room: Path) -> Catalog:
    """The room's Kazakh catalogue."""
    with path_of(room, "kk").open("rb") as file:
        return read_po(file, locale="kk")


SINGULAR = 'msgid "%(n)s day"\nmsgstr "%(n)s күн"\n'
PLURAL = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s күн"\nmsgstr[1] "…"\n'


@pytest.mark.parametrize(
    ("before", "code"),
    [
        (PLURAL, '_("%(n)s day")'),
        (SINGULAR, 'ngettext("%(n)s day", "%(n)s days", n)'),
    ],
)
def test_a_message_that_changes_its_number_is_translated_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, code: str
) -> None:
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    room = room_that_says(tmp_path, "one", before)
    (room / "views.py").write_text(code, encoding="utf-8")
    assert list(problems(room, "kk")) == ["one/kk: plural and singular: " + repr_of(code)]
    update(room, "kk")
    (message,) = [message for message in said(room) if message.id]
    assert isinstance(message.id, str) == code.startswith("_")
    assert not is_done(message)
    assert list(problems(room, "kk")) == ["one/kk: untranslated: " + repr_of(code)]


def repr_of(code: str) -> str:
    """The message of the line of code, as the tool names it."""
    return "'%(n)s day'" if code.startswith("_") else "('%(n)s day', '%(n)s days')"


def test_what_is_translated_survives_an_update(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    room = room_that_says(tmp_path, "one", SINGULAR + '\nmsgid "Gone"\nmsgstr "Жоқ"\n')
    (room / "views.py").write_text('_("%(n)s day")', encoding="utf-8")
    assert list(problems(room, "kk")) == ["one/kk: unused: 'Gone'"]
    update(room, "kk")
    assert [(m.id, m.string) for m in said(room) if m.id] == [("%(n)s day", "%(n)s күн")]
    assert list(problems(room, "kk")) == []
