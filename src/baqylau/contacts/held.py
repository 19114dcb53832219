"""Rows of higher rooms whose keys are sealed under the key of identities.

A rotation of that key must seal them anew as well. The room that has them says so when it starts;
this room knows no higher one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from baqylau.contacts.keyring import Ring


@dataclass(frozen=True, slots=True)
class Held:
    """What a room holds under the key.

    `left` counts the rows that need an older key of the ring. `seal_some` seals at most so many of
    them under the current one, within the caller's transaction, and returns how many.
    """

    code: str
    left: Callable[[Ring], int]
    seal_some: Callable[[Ring, int], int]


_held: dict[str, Held] = {}


def register(held: Held) -> None:
    """Let a rotation ask this room too."""
    _held[held.code] = held


def all_held() -> Iterator[Held]:
    """What every room has registered."""
    return iter(tuple(_held.values()))
