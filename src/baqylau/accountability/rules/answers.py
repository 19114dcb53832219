"""A published answer as columns of a table."""

import json
from collections.abc import Mapping
from typing import Any

from baqylau.figures.rules.answers import canonical

COLUMNS = (
    "kind",
    "number",
    "low",
    "high",
    "n",
    "part",
    "lower_quarter",
    "upper_quarter",
    "is_rounded",
    "why",
)
KINDS = ("exact", "rounded", "range", "share", "days", "withheld")


def columns(answer: Mapping[str, Any]) -> tuple[Any, ...]:
    """The answer in plain form, spread over `COLUMNS`; None where it has nothing."""
    kind = answer["kind"]
    number = answer["value"] if kind in {"share", "days"} else answer.get("number")
    quartiles = answer.get("quartiles") or (None, None)
    return (
        kind,
        number,
        answer.get("low"),
        answer.get("high"),
        answer.get("n"),
        answer.get("part"),
        *quartiles,
        kind == "rounded" or bool(answer.get("rounded")),
        answer.get("why"),
    )


def written(answer: Mapping[str, Any]) -> str:
    """The answer as the text that is hashed."""
    return canonical(answer).decode()


def read(text: str) -> dict[str, Any]:
    """The answer that was written. Raises: ValueError, KeyError for what is none."""
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise ValueError("no answer") from error
    if not isinstance(found, dict) or written(found) != text:
        raise ValueError("no answer")
    columns(found)
    return found
