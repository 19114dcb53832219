"""Many deadlines at once: lines of rule and date in, one JSON object a line out."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from baqylau.law.answer import Json, deadline_as_json, error_as_json
from baqylau.law.calendar import Calendar
from baqylau.law.dates import parse_date
from baqylau.law.deadline import compute
from baqylau.law.errors import LawError
from baqylau.law.rules import Rule, rule_on

LINE_LIMIT = 200  # characters; the longest honest line is under 80
SHOWN_OF_BAD_LINE = 80
BOM = "\ufeff"


def bounded_lines(stream: BinaryIO, limit: int = LINE_LIMIT) -> Iterator[str]:
    """Read lines without ever holding more than a bounded piece of one.

    A longer line comes out cut to one character over the limit; bytes that are not UTF-8 come
    out as lone surrogates, for the reader of the line to refuse.
    """
    most = 4 * limit + 2
    while piece := stream.readline(most):
        whole = piece.endswith(b"\n")
        text = piece.decode("utf-8", "surrogateescape").rstrip("\r\n")
        yield text[: limit + 1]
        while not whole and (rest := stream.readline(most)):
            whole = rest.endswith(b"\n")


def _is_text(line: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in line)


def _answer(line: str, rules: Sequence[Rule], calendar: Calendar) -> Json:
    """Answer one line.

    Raises: LawError.
    """
    if len(line) > LINE_LIMIT:
        raise LawError("line_too_long", limit=LINE_LIMIT)
    if not _is_text(line):
        raise LawError("line_not_text")
    parts = [part.strip() for part in line.split("\t")]
    if len(parts) != 2:
        raise LawError("line_shape")
    rule_id, day = parts
    start = parse_date(day)
    return deadline_as_json(compute(rule_on(rules, rule_id, start), start, calendar))


def answers(lines: Iterable[str], rules: Sequence[Rule], calendar: Calendar) -> Iterator[Json]:
    """Answer each line that is not blank; a bad line gives an object with `error` and `line`."""
    for number, raw in enumerate(lines, start=1):
        line = raw.removeprefix(BOM) if number == 1 else raw
        line = line.rstrip("\r\n")
        if not line.strip():
            continue
        try:
            yield _answer(line, rules, calendar)
        except LawError as error:
            shown = line[:SHOWN_OF_BAD_LINE].encode("utf-8", "replace").decode("utf-8")
            yield {"error": error_as_json(error), "line": number, "input": shown}


def as_line(answer: Json) -> str:
    """Write one answer as a line of JSON."""
    return json.dumps(answer, ensure_ascii=False)


def batch(lines: Iterable[str], rules: Sequence[Rule], calendar: Calendar) -> Iterator[str]:
    """Answer lines of rule, tab, date with one line of JSON each, in the same order."""
    return (as_line(answer) for answer in answers(lines, rules, calendar))
