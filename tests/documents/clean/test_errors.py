"""The closed set of reasons: three languages, no code without words or without use."""

import re
from pathlib import Path

import pytest

from baqylau.documents import clean
from baqylau.documents.clean.errors import MESSAGES, CleanError
from baqylau.documents.clean.limits import STANDARD, Limits, unpacked
from baqylau.kernel.words import LANGUAGES, reader

pytestmark = pytest.mark.once

PLACES = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize("code", MESSAGES)
def test_each_reason_is_a_whole_sentence_in_each_language(code: str) -> None:
    params = STANDARD.params.get(code, {})
    for language in LANGUAGES:
        sentence = CleanError(code, **params).sentence(language)
        assert sentence.endswith(".")
        assert "%" not in sentence
        assert set(PLACES.findall(MESSAGES[code].in_language(language))) == set(params)


@pytest.mark.parametrize("code", MESSAGES)
def test_no_ending_is_glued_to_a_place(code: str) -> None:
    for text in MESSAGES[code].as_dict().values():
        assert not re.search(r"%\(\w+\)s[\w-]", text)


def test_every_reason_is_given_somewhere_and_every_given_one_has_words() -> None:
    folder = Path(clean.__file__).parent
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in folder.glob("*.py") if path.stem != "errors"
    )
    assert set(re.findall(r'"(clean_[a-z_]+)"', code)) == MESSAGES.keys()


def test_the_sentence_is_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    error = CleanError("clean_pages", pages=100)
    assert str(error) == "Беттері тым көп, таза көшірмесі жасалмайды. Шегі: 100 бет."
    monkeypatch.setattr(reader, "source", lambda: "en")
    assert "100" in error.message
    assert (error.status, CleanError("clean_busy").status) == (400, 503)


def test_limits_survive_a_command_line() -> None:
    limits = Limits(seconds=0.25, pages=3)
    assert unpacked(limits.packed()) == limits
