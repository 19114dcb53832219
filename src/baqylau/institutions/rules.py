"""Names that mean the same, and the words of a search. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from baqylau.text.skeleton import skeleton

ALIKE = 0.72
"""Share of common letter triples from which two names of one kind and district are told apart by
a person, not by the program."""
WORDS = 6
"""Words of a search that are used."""
MOST_PEOPLE = 200_000
"""More people than work or learn at one institution anywhere in the country."""


def search_words(query: str) -> list[str]:
    """The beginnings of the query's words in the spelling that `searchable` has."""
    return [_beginning(word) for word in skeleton(query, 200).split()[:WORDS]]


def _beginning(word: str) -> str:
    """What every form of a Kazakh word begins with: before an ending мектеп is мектебі.

    A hard last sound (п, к, қ) turns soft there, so a word of five letters gives it up.
    """
    return word[:-1] if len(word) > 4 and word[-1] in "pk" else word


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
