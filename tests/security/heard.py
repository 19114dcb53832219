"""What the log of a whole run says of people: by the look of it, and by what the databases know."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

SHAPES = {
    "an address of a visitor": r"(?<![\d.])\d{1,3}(\.\d{1,3}){3}(?![\d.])",
    "a browser": r"Mozilla|AppleWebKit|Chrome/",
    "a letter's address": r"[\w.+-]+@[\w-]+\.\w+",
    "a telephone": r"(?<!\d)(\+7|8|7)[ (-]*7\d\d[ )-]*\d{3}[ -]*\d\d[ -]*\d\d(?!\d)",
    "a number of a person": r"(?<!\d)\d{12}(?!\d)",
    "a receipt": r"(?<!\d)\d{4}([ +]\d{4}){3,}|(?<!\d)\d{28}(?!\d)",
    "what was asked": r"\?\w+=",
}
"""What is about somebody, whoever it is."""
KNOWN = (
    "SELECT email FROM staff_user",
    "SELECT name FROM staff_user",
    "SELECT session_key FROM django_session",
)
LEAST = 5
"""Signs of a value that is searched for: shorter ones stand in any text."""


def known(home: Path) -> Iterator[str]:
    """Names, addresses and keys of sessions of the people of the site, from its own database."""
    path = home / "var" / "db" / "default.sqlite3"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        for question in KNOWN:
            yield from (text for (text,) in database.execute(question) if len(text) >= LEAST)


def told(said: str, values: Iterable[str] = ()) -> list[str]:
    """What a log says of people, each with the line where it stands."""
    found = []
    for line in said.splitlines():
        found += [f"{name}: {line}" for name, shape in SHAPES.items() if re.search(shape, line)]
        found += [f"{value}: {line}" for value in values if value in line]
    return found
