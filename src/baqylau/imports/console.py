"""`baqylau import KIND FILE` and `baqylau export KIND FILE`."""

import argparse
import sys
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baqylau.documents.tables import Problem
from baqylau.imports import exports, services
from baqylau.imports.queries import importer as importer_of
from baqylau.imports.queries import importers
from baqylau.imports.rules import Plan
from baqylau.imports.sentences import place, sentence
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import Command

SHOWN = 50
"""Changes that are listed; the counts are always complete."""


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - the console's voice


def _progress(done: int, total: int) -> None:
    """One line that grows, where somebody looks."""
    if sys.stderr.isatty() and total:
        print(f"\r{done * 100 // total} %", end="\r", file=sys.stderr, flush=True)  # noqa: T201 - the console's voice


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=sorted(importers()), help=_("what the table holds"))
    parser.add_argument("file", type=Path, help=_("XLSX, CSV or TSV"))


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    _arguments(parser)
    parser.add_argument("--apply", action="store_true", help=_("write; without it only show"))
    parser.add_argument(
        "--despite-errors", action="store_true", help=_("write the rows that have no fault")
    )


def _import(options: argparse.Namespace) -> int:
    importer = importer_of(options.kind)
    outcome = services.look(importer, _read(options.file), _progress)
    if outcome.plan is None:
        raise DomainError(outcome.refusal)
    _show(outcome.plan)
    if not options.apply:
        _say(_("Nothing was written. Add --apply to write."))
        return 1 if outcome.plan.problems else 0
    written = services.import_now(
        importer=importer,
        plan=outcome.plan,
        despite_errors=options.despite_errors,
        progress=_progress,
    )
    _say(
        ngettext("%(count)s row written.", "%(count)s rows written.", written) % {"count": written}
    )
    return 1 if outcome.plan.problems else 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DomainError(
            _("The file %(file)s cannot be read: %(reason)s."),
            params={"file": path.name, "reason": error.strerror},
        ) from error


def _show(plan: Plan) -> None:
    for change in plan.wanted[:SHOWN]:
        _say(f"{change.record.row}\t{change.kind}\t{change.label}")
        for difference in change.differences if change.kind == "changed" else ():
            _say(f"\t\t{difference.column}: {difference.old} → {difference.new}")
    for problem in (*plan.notes, *plan.problems):
        _say(_line(problem))
    counts = plan.counts
    _say(
        _("new: %(new)s, changed: %(changed)s, unchanged: %(unchanged)s, faults: %(problem)s")
        % counts
    )


def _line(problem: Problem) -> str:
    where, value = place(problem), f" [{problem.value}]" if problem.value else ""
    return f"{where}: {sentence(problem)}{value}" if where else f"{sentence(problem)}{value}"


def _export(options: argparse.Namespace) -> int:
    importer = importer_of(options.kind)
    write = exports.as_csv if options.file.suffix.lower() == ".csv" else exports.as_xlsx
    data = write(importer)
    try:
        options.file.write_bytes(data)
    except OSError as error:
        raise DomainError(
            _("The file %(file)s cannot be written: %(reason)s."),
            params={"file": options.file.name, "reason": error.strerror},
        ) from error
    return 0


COMMANDS = (
    Command("import", gettext_lazy("take a table in"), _import_arguments, _import),
    Command("export", gettext_lazy("write a table to take in again"), _arguments, _export),
)
