"""Search results as JSON, one by one and by the line, for the console and for measuring."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from baqylau.text.documents import Hit
from baqylau.text.why import sentences

MAX_LINE: Final = 2_000
"""Characters of a line that are echoed back; of these the search reads the first 200."""

Search = Callable[[str], list[Hit]]


def search_as_json(query: str, results: Iterable[Hit]) -> str:
    """Return one line of JSON: the query and its results with code, score and why."""
    return json.dumps(
        {"query": query, "results": [_result(hit) for hit in results]}, ensure_ascii=False
    )


def batch(lines: Iterable[str], search: Search) -> Iterator[str]:
    """Yield one line of JSON for each line of queries, in their order; no line is left out."""
    for line in lines:
        query = _query(line)
        yield search_as_json(query, search(query))


def _query(line: str) -> str:
    """Return the query of a line: without its end, a byte-order mark or lone surrogates."""
    text = line[:MAX_LINE].removeprefix("\ufeff").strip()
    return text.encode("utf-8", "replace").decode("utf-8")


def _result(hit: Hit) -> dict[str, object]:
    why = hit.why
    return {
        "code": hit.code,
        "score": hit.score,
        "why": {
            "field": why.field,
            "language": why.language,
            "text": why.text,
            "words": list(why.words),
            **sentences(why),
        },
    }
