"""Names that mean the same, and the words of a search. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from baqylau.text.skeleton import skeleton

ALIKE = 0.72
"""Share of common letter triples from which two names of one kind and district are told apart by
a person, not by the program."""
WORDS = 6
"""Words of a search that are used."""


def search_words(query: str) -> list[str]:
    """The query's words in the spelling that `searchable` has."""
    return skeleton(query, 200).split()[:WORDS]


def searchable(texts: Iterable[str]) -> str:
    """Texts in one spelling, each word once and after a space, so that its beginning is found."""
    words = dict.fromkeys(word for text in texts for word in skeleton(text).split())
    return " " + " ".join(words)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of a name is compared: its numbers as they are, its letters by threes."""

    numbers: frozenset[str]
    threes: frozenset[str]


def likeness(name: str) -> Likeness:
    """A name ready to be compared; the order of its words does not count."""
    words = skeleton(name).split()
    letters = [f" {word} " for word in words if not word.isdigit()]
    threes = {word[at : at + 3] for word in letters for at in range(len(word) - 2)}
    return Likeness(frozenset(word for word in words if word.isdigit()), frozenset(threes))


def are_alike(one: Likeness, other: Likeness) -> bool:
    """Whether a person should look: the same numbers, and most letter triples in common."""
    if one.numbers != other.numbers:
        return False
    common = len(one.threes & other.threes)
    return common >= ALIKE * max(len(one.threes | other.threes), 1)
