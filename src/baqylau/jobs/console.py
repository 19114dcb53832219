"""The console's words for the clock."""

import argparse
import os

from django.utils.translation import gettext as _

from baqylau.jobs.apart import GENTLY
from baqylau.jobs.queries import duties, waiting_letters
from baqylau.jobs.services import run, run_due
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import registry

LOWEST = 19
"""How much a gentle run steps back: as far as it can."""


def run_arguments(parser: argparse.ArgumentParser) -> None:
    """`jobs run [CODE]`: without a code, what is due."""
    parser.add_argument("code", nargs="?", default="", help=_("one duty, now, whatever the hour"))
    parser.add_argument(
        GENTLY, action="store_true", help=_("let everything else on the machine go first")
    )


def run_jobs(options: argparse.Namespace) -> int:
    """Run what is due, or the named duty at once. Raises: DomainError for an unknown code."""
    if options.gently:
        os.nice(LOWEST)
    if not options.code:
        print("\n".join(run_due()))  # noqa: T201 - the console's voice
        return 0
    known = {job.code: job for job in registry.gather("jobs")}
    if options.code not in known:
        raise DomainError(_("No duty has this name: %(code)s."), params={"code": options.code})
    return 0 if run(job=known[options.code], is_forced=True) else 1


def no_arguments(_parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def list_jobs(_options: argparse.Namespace) -> int:
    """One line for each duty: code, last end, result or error."""
    for duty in duties():
        ended = duty.lease.finished_at if duty.lease else None
        when = f"{ended:%Y-%m-%d %H:%M}" if ended else "-"
        note = (duty.lease.last_error or duty.lease.result) if duty.lease else ""
        print(f"{duty.job.code:28} {when:16} {note}")  # noqa: T201 - the console's voice
    print(_("Letters waiting: %(count)s") % {"count": waiting_letters()})  # noqa: T201
    return 0
