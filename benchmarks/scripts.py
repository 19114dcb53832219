"""A Kazakh query as other keyboards write it, by transliterators that are not ours."""

from collections.abc import Callable, Mapping
from functools import cache

from anyascii import anyascii
from turkicnlp.scripts import Script
from turkicnlp.scripts.transliterator import Transliterator
from uroman import Uroman  # type: ignore[import-untyped]  # uroman has no types

_RUSSIAN_KEYS = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")


def without_kazakh_letters(text: str) -> str:
    """Return the text as typed on a Russian keyboard: қ as к, ң as н, і as и."""
    return text.translate(_RUSSIAN_KEYS)


def latin_2021(text: str) -> str:
    """Return the text in the Kazakh Latin alphabet of 2021, by turkicnlp."""
    return str(_official().transliterate(text))


def chat_zh(text: str) -> str:
    """Return the text in plain Latin with zh, gh, kh and y, by anyascii."""
    return anyascii(text)


def chat_j(text: str) -> str:
    """Return the text in plain Latin with j, q and w, by uroman."""
    return str(_universal().romanize_string(text, lcode="kaz"))


SCRIPTS: Mapping[str, Callable[[str], str]] = {
    "as written": str,
    "no Kazakh letters": without_kazakh_letters,
    "Latin 2021": latin_2021,
    "chat Latin, zh": chat_zh,
    "chat Latin, j": chat_j,
}


@cache
def _official() -> Transliterator:
    return Transliterator("kaz", Script.CYRILLIC, Script.LATIN)


@cache
def _universal() -> Uroman:
    return Uroman()
