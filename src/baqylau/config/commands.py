"""The console's own words: prepare, serve, run, training. Rooms register theirs."""

import argparse
import os
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baqylau.config import production
from baqylau.config.environment import port
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import Command, registry
from baqylau.operation.replaying import replay_pending
from baqylau.operation.services import mark_installation, refuse_unfit, refuse_unprepared
from baqylau.storage.disk import reason


def say(line: str) -> None:
    """Print one line at once."""
    print(line, flush=True)  # noqa: T201 - the console's voice


def prepare() -> None:
    """Folders, databases, static files and starter data; safe to repeat.

    Raises: DomainError when var/ or keys/ cannot be written, or the databases are not for us.
    """
    for folder in (settings.VAR, settings.VAR / "db", settings.KEYS, settings.STATIC_ROOT):
        _make(Path(folder))
    refuse_unfit()
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    mark_installation()
    call_command("collectstatic", verbosity=0, interactive=False)
    for room in registry:
        if room.seed:
            say(f"  {room.label}: {room.seed()}")
    # When every room has its keys again: some are asked for while people are forgotten.
    if done := replay_pending():
        say(f"  {done}")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise DomainError(
            _("The folder %(folder)s cannot be written: %(reason)s."),
            params={"folder": folder.name, "reason": reason(error)},
        ) from error


def _prepare(_options: argparse.Namespace) -> int:
    say(_("Preparing databases and starter data…"))
    prepare()
    say(_("Ready."))
    return 0


SEED = 2017
MOST = 1_000
"""How many times the year is brought at most."""


def load_training(scale: int = 1, seed: int = SEED) -> None:
    """Let every room bring its training records, with progress.

    Bodies and accounts are the same at any scale; what happens with them is multiplied.
    """
    for part in registry.gather("training"):
        start = time.monotonic()
        progress = _Progress(str(part.label))
        rows = part.load(seed, scale if part.each else 1, progress.show)
        progress.done(rows, time.monotonic() - start)


def _training_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--scale", type=_scale, default=1, help=_("how many times the year; 417: a million visits")
    )
    parser.add_argument("--seed", type=int, default=SEED, help=_("another seed, another year"))


def _scale(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(_("a whole number from 1 to %(most)s") % {"most": MOST})
    return int(text)


def _training(options: argparse.Namespace) -> int:
    """Bring the training year, or many times the year, into an empty training site."""
    if not settings.IS_TRAINING:
        raise DomainError(_("Training records belong on a training site only."), code="production")
    refuse_unprepared()
    parts = registry.gather("training")
    for part in parts:
        if part.is_there and part.is_there():
            raise DomainError(
                _(
                    "There are records already (%(records)s): begin with an empty folder, "
                    "“make reset”. An interrupted load is begun anew in the same way."
                ),
                params={"records": str(part.label)},
            )
    for part in parts:
        if part.each:
            say(f"  {part.label}: {part.each * options.scale}")
    load_training(options.scale, options.seed)
    return 0


class _Progress:
    """One line that grows on a terminal; only the last word elsewhere."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.is_live = sys.stdout.isatty()

    def show(self, done: int, total: int) -> None:
        """Draw how far it is."""
        if self.is_live and total:
            print(f"\r  {self.label}: {done * 100 // total} %", end="", flush=True)  # noqa: T201 - the console's voice

    def done(self, rows: int, seconds: float) -> None:
        """Close the line."""
        start = "\r" if self.is_live else ""
        say(f"{start}  {self.label}: {rows} ({seconds:.1f} s)")


def _port(text: str) -> int:
    try:
        return port(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(_(str(error))) from error


def _serve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=settings.PORT, help=_("loopback port"))


def _serve(options: argparse.Namespace) -> int:
    """Hand over to a process of its own, which does without what this one has loaded."""
    sys.stdout.flush()
    os.execv(  # noqa: S606 - our own words
        sys.executable, [sys.executable, "-m", "baqylau", "serve", "--port", str(options.port)]
    )


def _run(options: argparse.Namespace) -> int:
    if not settings.IS_TRAINING:
        raise DomainError(_("“run” is for the training site; in production use “serve”."))
    _prepare(options)
    load_training()
    for room in registry:
        for line in room.training_notes() if room.training_notes else ():
            say(line)
    return _serve(options)


def _nothing(_parser: argparse.ArgumentParser) -> None:
    """No arguments."""


COMMANDS = (
    Command("prepare", gettext_lazy("make or bring up to date the databases"), _nothing, _prepare),
    Command("serve", gettext_lazy("serve the site on the loopback"), _serve_arguments, _serve),
    Command("run", gettext_lazy("prepare the training site and serve it"), _serve_arguments, _run),
    Command(
        "training",
        gettext_lazy("bring invented records, as many as wanted, into an empty training site"),
        _training_arguments,
        _training,
    ),
    Command(
        "setup",
        gettext_lazy("begin a production site: settings, databases, first administrator"),
        production.arguments,
        production.setup,
    ),
)
