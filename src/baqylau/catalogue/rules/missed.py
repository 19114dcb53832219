"""What may be kept of a query that found nothing: words, and nothing that leads to a person."""

import re
from typing import Final

from baqylau.catalogue.rules.names import holds_a_name
from baqylau.text import normalise, tidy

MISSED_LIMIT: Final = 60
MISSED_WORDS: Final = 6
FEWEST_LETTERS: Final = 3

_PERSONAL: Final = re.compile(r"\S*@\S*|https?\S*|www\.\S*|\S*\d\S*")
_LETTERS: Final = re.compile(r"[^\w\s-]|_")


def keepable(query: str) -> str:
    """The query's first words in small letters, or "" if nothing may be kept.

    Whatever holds a digit, an address or a link is dropped (numbers identify people); so is the
    whole query when a word looks like a surname or patronymic, or fewer than three letters remain.
    """
    if holds_a_name(tidy(query)):
        return ""
    words = _LETTERS.sub(" ", _PERSONAL.sub(" ", normalise(query))).split()[:MISSED_WORDS]
    line = " ".join(words)[:MISSED_LIMIT].strip(" -")
    return line if sum(map(str.isalpha, line)) >= FEWEST_LETTERS else ""
