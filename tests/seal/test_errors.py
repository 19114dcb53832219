"""The sentences of sealing: three languages, the same places, nothing glued, nothing unused."""

import re
import string
from pathlib import Path

import pytest

import baqylau.seal
from baqylau.kernel.words import reader
from baqylau.seal.errors import MESSAGES, SealError

pytestmark = pytest.mark.once

PLACES = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize("code", MESSAGES)
def test_a_sentence_has_the_same_places_in_each_language(code: str) -> None:
    kk, ru, en = (sorted(PLACES.findall(text)) for text in MESSAGES[code].as_dict().values())
    assert kk == ru == en


@pytest.mark.parametrize("code", MESSAGES)
def test_no_case_ending_is_glued_to_a_place(code: str) -> None:
    for text in MESSAGES[code].as_dict().values():
        for place in PLACES.finditer(text):
            after = text[place.end() :]
            assert not after[:1].isalpha(), text
            assert after[:1] != "-" or after.startswith("-сөз"), text


@pytest.mark.parametrize("code", MESSAGES)
def test_kazakh_and_russian_are_not_written_in_latin_look_alikes(code: str) -> None:
    for language in ("kk", "ru"):
        for word in re.findall(r"\w+", PLACES.sub("", MESSAGES[code].as_dict()[language])):
            letters = {letter in string.ascii_letters for letter in word if letter.isalpha()}
            assert len(letters) < 2, word


def test_every_code_is_raised_somewhere_and_every_raised_code_has_words() -> None:
    folder = Path(baqylau.seal.__file__).parent
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.stem != "errors"
    )
    named = set(re.findall(r'"((?:digits|item|share|slip|receipt|key)[a-z]*_[a-z]+)"', code))
    assert named <= MESSAGES.keys()
    # `people` puts the code together from the way: passphrase or code.
    made = {"passphrase_wrong", "code_wrong"}
    assert {each for each in MESSAGES.keys() - made if f'"{each}"' not in code} == set()


def test_an_error_speaks_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    error = SealError("items_missing", expected=3, found=2)
    assert error.message == "Жазбалар саны сәйкес емес: болуға тиісі 3, бары 2."
    monkeypatch.setattr(reader, "source", lambda: "ru")
    assert str(error) == "Число записей не сходится: должно быть 3, есть 2."
    monkeypatch.setattr(reader, "source", lambda: "en")
    assert str(error) == "The number of items is not right: 3 expected, 2 found."
