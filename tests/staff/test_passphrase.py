"""Passphrases: long enough and hard to guess; no rules about signs."""

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.kernel.errors import DomainError
from baqylau.staff.passphrase import REASONS, require_strong, weakness

ABOUT = ["Айгүл Серікова", "aigul.serikova@example.org"]


@pytest.mark.parametrize(
    "passphrase",
    [
        "қыр басында қызыл түлкі",
        "жасыл алма тау бұлақ",
        "лампа озеро верблюд июль",
        "correct horse battery staple",
        "zhusan iisi dalada",
        "x" * 0 + "Tq7#kkLm2!vB",
    ],
)
def test_a_few_words_that_do_not_belong_together_are_enough(passphrase: str) -> None:
    require_strong(passphrase, ABOUT)


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [
        ("пароль12345", "mine"),
        ("Қазақстан2024", "mine"),
        ("Серікова1990", "mine"),
        ("йцукенйцукен", "repeat"),
        ("aaaaaaaaaaaa", "repeat"),
        ("qwertyuiop12", "dictionary"),
        ("abcdefghijkl", "sequence"),
    ],
)
def test_what_is_easy_to_guess_is_refused_with_its_reason(passphrase: str, reason: str) -> None:
    assert weakness(passphrase, ABOUT) == reason
    with pytest.raises(DomainError) as refused:
        require_strong(passphrase, ABOUT)
    assert str(REASONS[reason]) in str(refused.value)


def test_nine_signs_are_too_few_and_ten_may_do() -> None:
    with pytest.raises(DomainError, match="10"):
        require_strong("Tq7#kkLm2", ABOUT)
    require_strong("Tq7#kkLm2!", ABOUT)


def test_an_endless_passphrase_is_refused_before_it_is_estimated() -> None:
    with pytest.raises(DomainError, match="200"):
        require_strong("ж" * 201, ABOUT)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_advice_speaks_the_persons_language(language: str) -> None:
    with pytest.raises(DomainError) as refused:
        require_strong("11111111111", ABOUT)
    words = {"kk": "сөз", "ru": "слов", "en": "words"}
    with translation.override(language):
        assert words[language] in str(refused.value)


@given(st.text(max_size=210))
@settings(max_examples=60, deadline=None)
def test_any_text_is_either_accepted_or_refused_with_a_sentence(text: str) -> None:
    reason = ""
    try:
        require_strong(text, ABOUT)
    except DomainError as refused:
        reason = str(refused).strip()
    assert reason or 10 <= len(text) <= 200
