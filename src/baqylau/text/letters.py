"""The letters: which sign stands for which sound in the scripts that residents type.

Source: alphabets of the Republic of Kazakhstan: Cyrillic (1940, 42 letters) and the Latin drafts
of 2017 (apostrophes), 2018 (acutes), 2019 and 2021; Russian and chat habits from everyday use.
"""

from typing import Final

KAZAKH_ALPHABET: Final = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
"""The 42 letters in their order; the 33 Russian letters stand in their own order within it."""

CYRILLIC: Final[dict[str, str]] = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e",
    "ж": "j", "з": "z", "и": "i", "й": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n",
    "ң": "n", "о": "o", "ө": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u",
    "ү": "u", "ф": "f", "х": "h", "һ": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "",
    "ы": "i", "і": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    # Neighbours' letters, which phones offer on the same keys.
    "ї": "i", "є": "e", "ґ": "g", "ў": "u", "ҳ": "h", "ҷ": "ch", "ҥ": "n",
}  # fmt: skip

LATIN: Final[dict[str, str]] = {
    "ş": "sh", "š": "sh", "ś": "sh", "ç": "ch", "č": "ch", "ć": "ch", "ž": "j", "ź": "j",
    "ý": "u", "ə": "a", "ǝ": "a", "ı": "i", "ŋ": "n", "đ": "d", "ħ": "h", "ł": "l", "ø": "o",
    "æ": "a", "œ": "o",
}  # fmt: skip

APOSTROPHES: Final = "'’‘ʼʻ`´ʹ′"
"""Signs typed for the soft sign, or after a letter in the draft of 2017."""

APOSTROPHE_PAIRS: Final[dict[str, str]] = {"c'": "ch", "y'": "u"}
"""Letters of 2017 that no soft sign can explain; «s'» is both and becomes a second reading."""

LOOK_ALIKES: Final[dict[str, str]] = dict(
    zip("aceopxyiABCEHIKMOPTXY", "асеорхуіАВСЕНІКМОРТХУ", strict=True)
)
"""Latin letters that slip into a Cyrillic word because they look the same."""

SPELLINGS: Final[dict[str, str]] = {
    "shch": "sh", "sch": "sh", "shh": "sh",
    "tsh": "ch", "tch": "ch",
    "dzh": "j", "zh": "j", "dj": "j",
    "kh": "h", "ngh": "n", "gh": "g", "ng": "n", "ts": "s",
    "ie": "e", "io": "e",
    "q": "k", "x": "h", "w": "u", "y": "i",
}  # fmt: skip
"""One sound, many spellings, once everything is plain a-z. Lone «c» is handled beside this."""

SECOND_READINGS: Final[tuple[tuple[str, str], ...]] = (
    ("w", "sh"),
    ("x", "ks"),
    ("s'", "sh"),
)
"""Signs that two habits use differently: «w» is у (awyl) or ш (wagym), «x» is х or кс."""
