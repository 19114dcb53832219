"""The console's words for figures."""

import argparse
from time import monotonic

from django.utils.translation import gettext as _

from baqylau.figures.queries.definitions import folds
from baqylau.figures.services.checking import Comparison, compare, mend
from baqylau.figures.services.folding import fold_all
from baqylau.operation.services import refuse_unprepared

SHOWN = 20
"""Sums of one fold that are named one by one."""


def say(line: str) -> None:
    """Print one line at once."""
    print(line, flush=True)  # noqa: T201 - the console's voice


def rebuild_arguments(parser: argparse.ArgumentParser) -> None:
    """`figures rebuild [--check]`."""
    parser.add_argument("--check", action="store_true", help=_("compare only, change nothing"))


def rebuild(options: argparse.Namespace) -> int:
    """Count everything anew from the records and say what differed.

    Without `--check` the sums that were counted take the place of the others, and the journal says
    so. Returns 1 when something differs and is left as it is.

    Raises: DomainError when the installation is not prepared.
    """
    refuse_unprepared()
    wrong, begun = 0, monotonic()
    for fold in folds():
        found = compare(fold)
        if found is None:
            continue
        _tell(found)
        if not found.is_sound:
            wrong += 1
            if not options.check:
                mend(found)
    if not options.check:
        fold_all()
    said = {"seconds": f"{monotonic() - begun:.1f}", "folds": wrong}
    if not wrong:
        say(_("Every sum is what the records lead to. Seconds: %(seconds)s.") % said)
    elif options.check:
        say(_("Nothing was changed. Run “baqylau figures rebuild” to put it right."))
        return 1
    else:
        say(_("Put right and written into the journal. Seconds: %(seconds)s.") % said)
    return 0


def _tell(found: Comparison) -> None:
    said = {
        "fold": found.fold.code,
        "number": found.number,
        "sums": len(found.sums),
        "wrong": len(found.differences),
    }
    say(_("%(fold)s, up to entry %(number)s: %(sums)s sums, %(wrong)s differ") % said)
    if found.is_older:
        say(_("  counted by an older definition"))
    for difference in found.differences[:SHOWN]:
        say(f"  {difference}")
    if (left := len(found.differences) - SHOWN) > 0:
        say(_("  and others: %(number)s") % {"number": left})
