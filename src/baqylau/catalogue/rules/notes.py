"""A note about where a card comes from: one for all readers, or a line for each language.

A note for each language looks like this, in any order and with any of the three left out:

    kk: Заңнан оқылды.
    ru: Прочитано в законе.
    en: Read in the act.
"""

import re
from collections.abc import Mapping

LINE = re.compile(r"^(kk|ru|en):[ \t]*(?=\S)", re.MULTILINE)


def by_language(note: str) -> Mapping[str, str]:
    """The note's lines by language; {} for a note that does not begin with one."""
    text = note.strip()
    starts = list(LINE.finditer(text))
    if not starts or starts[0].start() != 0:
        return {}
    ends = [*(start.start() for start in starts[1:]), len(text)]
    pairs = zip(starts, ends, strict=True)
    return {start[1]: text[start.end() : end].strip() for start, end in pairs}


def note_in(note: str, language: str) -> tuple[str, str]:
    """The note for a reader, and its language; "" for a note whose language is not said.

    Kazakh, then Russian, then English stand in for a language that the note lacks. Latin letters
    alone are taken for English.
    """
    lines = by_language(note)
    for code in (language, "kk", "ru", "en"):
        if code in lines:
            return lines[code], code
    return note, "en" if note.isascii() else ""
