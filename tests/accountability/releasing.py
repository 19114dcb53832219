"""A closed quarter with cases in it, releases of it, and what a stranger's program says of them."""

import json
import subprocess
import sys
from pathlib import Path

from baqylau.accountability.models import Release
from baqylau.accountability.queries.releases import archive_of
from baqylau.accountability.services.releasing import publish_release
from baqylau.figures.models import Closing
from baqylau.figures.services import close, correct
from baqylau.kernel import clock
from tests.figures.closing import AFTER, COORDINATOR, cases, cell, quarter

REASONS = {"kk": "=Бір іс екі рет жазылған.", "ru": "Дело записано\nдважды.", "en": ""}


def closed(number: int = 40) -> Closing:
    """So many cases, and their quarter closed."""
    with clock.frozen(AFTER):
        cases(number)
        return close(actor=COORDINATOR, chosen=quarter())


def corrected(closing: Closing) -> None:
    """Two more cases came to light."""
    with clock.frozen(AFTER):
        cases(2)
        opened = cell(closing, "casework.opened")
        correct(actor=COORDINATOR, cell=opened, reasons=REASONS)


def released() -> Release:
    """A release of what is published."""
    with clock.frozen(AFTER):
        return publish_release(actor=COORDINATOR)


def archive() -> bytes:
    """The archive of a release of one closed and corrected quarter."""
    corrected(closed())
    return archive_of(released())


def validate(descriptor: Path) -> dict[str, object]:
    """What `frictionless validate` says; in a process of its own, for it warns and patches."""
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "--json", descriptor.name],
        cwd=descriptor.parent,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout, done.stderr[-2_000:]
    found: dict[str, object] = json.loads(done.stdout)
    return found
