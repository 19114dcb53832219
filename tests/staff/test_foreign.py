"""What Django and allauth say is said in Kazakh and Russian too, by our own catalogues."""

import importlib.util
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django import forms
from django.test import Client
from django.utils import translation
from tools.messages import KEYWORDS, PACKAGE, is_done

from baqylau.staff import foreign

pytestmark = pytest.mark.once
LANGUAGES = ("kk", "ru")
ALLAUTH = ("account/adapter.py", "account/fields.py", "account/forms.py", "mfa")
DJANGO: tuple[str, ...] = (
    "forms/fields.py",
    "forms/forms.py",
    "forms/formsets.py",
    "forms/widgets.py",
)
DJANGO += (
    "forms/widgets.py",
    "core/validators.py",
    "core/paginator.py",
    "utils/dates.py",
    "utils/timesince.py",
)
NOT_WORDS = {":", ":?.!", "…", "MFA"}
"""Signs that differ in no language of ours, and the name of allauth's app."""

Id = tuple[str, str | None]


def _said(package: str, parts: tuple[str, ...]) -> Iterator[Id]:
    """Every message in the named files of an installed package: (singular, context)."""
    spec = importlib.util.find_spec(package)
    assert spec
    assert spec.origin
    root = Path(spec.origin).parent
    for part in parts:
        path = root / part
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            source = io.BytesIO(file.read_bytes())
            options = {"encoding": "utf-8"}
            for _line, found, _comments, context in extract(
                "python", source, keywords=KEYWORDS, options=options
            ):
                first = found if isinstance(found, str) else found[0]
                if first not in NOT_WORDS:
                    yield first, context


def _catalogue(language: str, room: str = "staff") -> Catalog:
    path = PACKAGE / room / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_allauth_that_a_person_can_meet_is_translated(language: str) -> None:
    ours = _catalogue(language)
    missing = []
    for message, context in _said("allauth", ALLAUTH):
        known = ours.get(message, context)
        if message not in foreign.UNREACHED and (known is None or not is_done(known)):
            missing.append(message)
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_djangos_forms_is_translated(language: str) -> None:
    ours = _catalogue(language, "web")
    missing = [
        message
        for message, context in _said("django", DJANGO)
        if (known := ours.get(message, context)) is None or not is_done(known)
    ]
    assert missing == []


def test_what_is_called_unreached_is_still_said_by_allauth() -> None:
    said = {message for message, _context in _said("allauth", ("account", "mfa"))}
    assert foreign.UNREACHED - said == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ["web", "staff"])
def test_our_words_win_over_those_of_the_packages(language: str, room: str) -> None:
    with translation.override(language):
        wrong = [
            message.id
            for message in _catalogue(language, room)
            if message.id and any("foreign.py" in place for place, _line in message.locations)
            if _now(message) != _first(message.string)
        ]
    assert wrong == []


def _now(message: Message) -> str:
    """What Django says for the message in the language that is active."""
    if not isinstance(message.id, str):
        return translation.ngettext(message.id[0], message.id[1], 1)
    if message.context:
        return translation.pgettext(message.context, message.id)
    return translation.gettext(message.id)


def _first(string: str | Sequence[str] | None) -> str:
    return string if isinstance(string, str) else (string or [""])[0]


@pytest.mark.parametrize(
    ("language", "words"), [("kk", "Осы жерін толтырыңыз."), ("ru", "Заполните это поле.")]
)
def test_an_empty_field_is_told_in_our_words(language: str, words: str) -> None:
    class Blank(forms.Form):
        name = forms.CharField()

    with translation.override(language):
        assert Blank({}).errors["name"] == [words]


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [("kk", 1, "кемінде 3"), ("ru", 1, "хотя бы 3 знака"), ("ru", 3, "хотя бы 5 знаков")],
)
def test_numbers_take_the_right_form(language: str, count: int, words: str) -> None:
    limit = 3 if count == 1 else 5
    field = forms.CharField(min_length=limit)
    with translation.override(language), pytest.raises(forms.ValidationError) as refused:
        field.clean("x" * count)
    with translation.override(language):
        assert words in " ".join(refused.value.messages).lower()


def test_the_adapters_sentences_are_ours_in_kazakh() -> None:
    with translation.override("kk"):
        for key in ("incorrect_code", "incorrect_password", "email_password_mismatch"):
            sentence = str(DefaultAccountAdapter.error_messages[key])
            assert not sentence.isascii(), sentence


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sign_in_page_holds_no_english(client: Client, language: str) -> None:
    client.post("/desk/language/", {"language": language, "next": "/desk/"})
    page = client.post("/desk/sign-in/", {"login": "a@example.org", "password": "x"}).text
    main = page[page.index("<main") : page.index("</main>")]
    for word in ("Sign", "Password", "Email", "correct", "account", "Please"):
        assert f">{word}" not in main
        assert f" {word} " not in main
