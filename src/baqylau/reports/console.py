"""`baqylau recover`: what two shares open, on a machine that nobody else uses."""

import argparse
from pathlib import Path

from django.utils.translation import gettext as _

from baqylau.kernel.errors import DomainError
from baqylau.operation.asking import two_shares
from baqylau.operation.services import refuse_unprepared
from baqylau.reports.services.recovering import look, open_into, to_officers
from baqylau.reports.services.recovery import rebuilt
from baqylau.seal.keys import SecretKey


def say(line: str) -> None:
    """Print one line at once."""
    print(line, flush=True)  # noqa: T201 - the console's voice


def recover_arguments(parser: argparse.ArgumentParser) -> None:
    """`recover --check | --to-officers | --open LOCATOR --into FOLDER`."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help=_("say what two shares open"))
    what.add_argument(
        "--to-officers",
        action="store_true",
        help=_("let every officer with a key read every report again"),
    )
    what.add_argument("--open", metavar="LOCATOR", help=_("write one report out, in clear"))
    parser.add_argument("--into", type=Path, help=_("the new folder for --open"))


def recover(options: argparse.Namespace) -> int:
    """Rebuild the recovery key in memory and use it; returns 1 when something did not open.

    Raises: DomainError, SealError: one sentence for each thing that can be wrong.
    """
    if bool(options.open) != bool(options.into):
        raise DomainError(_("--open and --into go together: which report, and into which folder."))
    refuse_unprepared()
    key = rebuilt(two_shares())
    say(_("The two shares fit: the recovery key is open for this one command."))
    if options.open:
        return _open(key, "".join(options.open.split()), options.into)
    return _hand_back(key) if options.to_officers else _check(key)


def _check(key: SecretKey) -> int:
    found = look(key)
    said = {"reports": found.reports, "items": found.items}
    say(_("Reports that open whole: %(reports)s, with %(items)s items.") % said)
    for locator in found.damaged:
        say(_("Does not open whole: %(locator)s.") % {"locator": locator})
    say(_("Names do not open by recovery: only a custodian's key opens them."))
    return 1 if found.damaged else 0


def _hand_back(key: SecretKey) -> int:
    done = to_officers(key)
    said = {"done": done.done, "kept": done.kept_back, "damaged": done.damaged}
    say(_("Handed to officers: %(done)s. Kept back as the reporter wished: %(kept)s.") % said)
    if done.damaged:
        say(_("Did not open: %(damaged)s. “recover --check” names them.") % said)
    return 1 if done.damaged else 0


def _open(key: SecretKey, locator: str, folder: Path) -> int:
    number = open_into(key, locator, folder)
    said = {"number": number, "folder": str(folder)}
    say(_("Files written: %(number)s, into %(folder)s.") % said)
    say(
        _(
            "Warning: they are in clear now. Copy them nowhere else, open none of them on a "
            "machine with a network, and delete the folder when you have read them."
        )
    )
    return 0
