"""One message has one translation, whichever room shows it."""

from pathlib import Path

from tools.messages import LANGUAGES, clashes, rooms


def room_that_says(folder: Path, name: str, entries: str) -> Path:
    """A room with nothing but a Kazakh catalogue."""
    path = folder / name / "locale" / "kk" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(entries, encoding="utf-8")
    return folder / name


def test_the_rooms_agree_on_every_message() -> None:
    assert [line for language in LANGUAGES for line in clashes(rooms(), language)] == []


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
