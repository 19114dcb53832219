"""The console command `law deadline`: one deadline explained, or many as lines of JSON."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, TextIO

from baqylau.law.answer import deadline_as_json, error_as_json
from baqylau.law.batch import answers, as_line, bounded_lines
from baqylau.law.calendar import Calendar
from baqylau.law.dates import parse_date
from baqylau.law.deadline import compute
from baqylau.law.errors import LawError
from baqylau.law.explain import explain
from baqylau.law.rules import Rule, rule_on
from baqylau.law.words import Language, Wording

OK, WRONG = 0, 1
MANY_SIGNS = 400

HELP: dict[str, Wording] = {
    "rule": Wording(
        "ереженің коды, мысалы app.answer",
        "код правила, например app.answer",
        "code of a rule, such as app.answer",
    ),
    "from": Wording(
        "оқиға күні, мысалы 2026-03-05",
        "день события, например 2026-03-05",
        "day of the event, such as 2026-03-05",
    ),
    "after_hours": Wording(
        "жұмыс уақыты біткеннен кейін түсті",
        "поступило после окончания рабочего времени",
        "received after office hours",
    ),
    "json": Wording("JSON түрінде шығару", "вывести в виде JSON", "print JSON"),
    "batch": Wording(
        "жолдары «ереже, табуляция, күн» болатын файл; «-» – стандартты кіріс",
        "файл со строками «правило, табуляция, дата»; «-» – стандартный ввод",
        "file with lines of rule, tab, date; “-” is standard input",
    ),
}


def add_arguments(parser: ArgumentParser, language: Language = "kk") -> None:
    """Add the arguments of `baqylau law deadline`, with help in one language."""

    def said(name: str) -> str:
        return HELP[name].in_language(language)

    parser.add_argument("rule", nargs="?", metavar="RULE", help=said("rule"))
    parser.add_argument("--from", dest="start", metavar="DATE", help=said("from"))
    parser.add_argument("--after-hours", action="store_true", help=said("after_hours"))
    parser.add_argument("--json", action="store_true", help=said("json"))
    parser.add_argument("--batch", metavar="FILE", help=said("batch"))


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    """Open a batch file; “-” is standard input.

    Raises: LawError `file_unreadable`.
    """
    if name == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as error:
        raise LawError("file_unreadable", name=Path(name).name[:MANY_SIGNS]) from error


def _run_batch(name: str, rules: Sequence[Rule], calendar: Calendar, out: TextIO) -> int:
    status = OK
    with _opened(name) as stream:
        for answer in answers(bounded_lines(stream), rules, calendar):
            out.write(as_line(answer) + "\n")
            status = WRONG if "error" in answer else status
    return status


def _run(
    args: Namespace, rules: Sequence[Rule], calendar: Calendar, language: Language, out: TextIO
) -> int:
    if args.batch:
        return _run_batch(args.batch, rules, calendar, out)
    if not args.rule or not args.start:
        raise LawError("question_incomplete")
    start = parse_date(args.start)
    rule = rule_on(rules, args.rule, start)
    deadline = compute(rule, start, calendar, after_hours=args.after_hours)
    shown = as_line(deadline_as_json(deadline)) if args.json else explain(deadline, language)
    out.write(shown + "\n")
    return OK


def run(
    args: Namespace,
    *,
    rules: Sequence[Rule],
    calendar: Calendar,
    language: Language,
    out: TextIO,
) -> int:
    """Run the command and return its exit status: 0, or 1 when anything was wrong.

    An error is one sentence in the language, or an object with `error` where JSON was asked for.
    """
    try:
        return _run(args, rules, calendar, language, out)
    except LawError as error:
        as_json = args.json or args.batch
        shown = as_line({"error": error_as_json(error)}) if as_json else error.sentence(language)
        out.write(shown + "\n")
        return WRONG
