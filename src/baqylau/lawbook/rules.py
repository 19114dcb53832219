"""Letters as plain text with named places: found, checked and filled, never evaluated."""

import re
from collections.abc import Iterable, Mapping

PLACE = re.compile(r"\{\{ ?([a-z][a-z_]{0,40}) ?\}\}")
BRACES = re.compile(r"\{\{[^{}]{0,60}\}?\}?|\{\{|\}\}")
BLANK = "____________________"
"""What stands in a printed letter where nothing is known, to be written by hand."""


def places_in(text: str) -> tuple[str, ...]:
    """Return the names of the places of a text, each once, in their order."""
    return tuple(dict.fromkeys(PLACE.findall(text)))


def strange_places(text: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """Return what looks like a place and is none, or is not allowed, as it is written there."""
    known = frozenset(allowed)
    unknown = [f"{{{{ {name} }}}}" for name in places_in(text) if name not in known]
    broken = BRACES.findall(PLACE.sub("", text))
    return tuple(dict.fromkeys([*unknown, *broken]))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into their places; a place without a value becomes a blank line.

    Whatever a value contains is text: it is never read for places again.
    """
    return PLACE.sub(lambda found: values.get(found.group(1), "").strip() or BLANK, text)
