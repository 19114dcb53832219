"""Answers as plain data, for rows, files and signatures; and back."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from baqylau.figures.rules.results import (
    Answer,
    Estimate,
    Exact,
    Range,
    Rounded,
    Why,
    Withheld,
)

Plain = dict[str, Any]
"""A `kind`, and numbers by name."""


def as_plain(answer: Answer) -> Plain:
    """The answer as plain data; what is empty is left out."""
    match answer:
        case Exact(number):
            return {"kind": "exact", "number": number}
        case Rounded(number):
            return {"kind": "rounded", "number": number}
        case Range(low, high):
            return {"kind": "range", "low": low, "high": high}
        case Withheld(why):
            return {"kind": "withheld", "why": why.value}
        case Estimate(value, low, high, n, part, quartiles, is_rounded):
            found: Plain = {"value": value, "low": low, "high": high, "n": n}
            found |= {"kind": "days"} if part is None else {"kind": "share", "part": part}
            found |= {} if quartiles is None else {"quartiles": list(quartiles)}
            return found | ({"rounded": True} if is_rounded else {})


def _estimate(plain: Mapping[str, Any]) -> Estimate:
    quartiles = plain.get("quartiles")
    return Estimate(
        plain["value"],
        plain["low"],
        plain["high"],
        plain["n"],
        part=plain.get("part"),
        quartiles=None if quartiles is None else (quartiles[0], quartiles[1]),
        is_rounded=bool(plain.get("rounded")),
    )


_READ: Mapping[str, Callable[[Mapping[str, Any]], Answer]] = {
    "exact": lambda plain: Exact(plain["number"]),
    "rounded": lambda plain: Rounded(plain["number"]),
    "range": lambda plain: Range(plain["low"], plain["high"]),
    "withheld": lambda plain: Withheld(Why(plain["why"])),
    "share": _estimate,
    "days": _estimate,
}


def from_plain(plain: Mapping[str, Any]) -> Answer:
    """The answer that was written. Raises: KeyError, ValueError for what is none."""
    return _READ[plain["kind"]](plain)


def canonical(content: object) -> bytes:
    """Plain data as the one sequence of bytes that is hashed: JSON, keys sorted, no spaces."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()
