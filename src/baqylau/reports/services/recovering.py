"""What two shares open when officers cannot: everything but names, which have no recovery."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.errors import DomainError
from baqylau.reports.models import Part, Report
from baqylau.reports.queries.contents import OpenedItem, open_file, open_part
from baqylau.reports.queries.holders import readiness
from baqylau.reports.queries.readers import kept
from baqylau.reports.rules.contents import read_head
from baqylau.reports.services.batches import Done
from baqylau.reports.services.handing import hand_on, lacking, opening_with
from baqylau.reports.services.recovery import tell
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey
from baqylau.seal.wraps import Role
from baqylau.storage.disk import refusing

NO_LIMIT = float("inf")
_SAFE = re.compile(r"[^\w. -]+")
"""What a file's name may not hold on a disk that we do not know."""
LONGEST = 160
"""Bytes of it that are kept; a disk takes 255, of which some are ours."""


@dataclass(frozen=True, slots=True)
class Openable:
    """What the recovery key opens: reports, items in them; reports that it does not open whole."""

    reports: int
    items: int
    damaged: tuple[str, ...]


def look(key: SecretKey) -> Openable:
    """Open everything in memory, the stored files included, and drop it: nothing is written."""
    number, whole, damaged = 0, 0, []
    for report in kept().order_by("filed_on", "pk"):
        try:
            number += sum(1 for _each in _contents(report, key))
            whole += 1
        except SealError:
            damaged.append(report.locator or "")
    return Openable(whole, number, tuple(damaged))


def _contents(report: Report, key: SecretKey) -> Iterator[tuple[str, OpenedItem, SecretKey]]:
    """Every item of a report and of its notes, whole. Raises: SealError."""
    opened = opening_with(key, Role.RECOVERY, "")
    for part in (Part.REPORT, Part.DESK):
        secret = opened(report, part)
        if secret is None and (part is Part.REPORT or report.desk_public):
            raise SealError("wrap_closed")
        if secret is None:
            continue
        for item in open_part(secret, report, part):
            if item.is_stored:
                open_file(secret, report, part, item.number).close()
            yield part, item, secret


def to_officers(key: SecretKey) -> Done:
    """Wrap R and D of every report to each living officer who cannot open it yet.

    The reporter's wish to keep institutions out holds here too. Told in the sealed journal.
    Raises: DomainError without a living officer.
    """
    officers = readiness(clock.today()).officers
    if not officers:
        raise DomainError(_("No officer has a key: let at least one make theirs first."))
    opened = opening_with(key, Role.RECOVERY, "")
    done = kept_back = damaged = 0
    for officer in officers:
        rows = lacking(officer, kept())
        one = hand_on(actor=SYSTEM, rows=rows, opened=opened, to=officer, seconds=NO_LIMIT)
        done, kept_back, damaged = (
            done + one.done,
            kept_back + one.kept_back,
            damaged + one.damaged,
        )
    return Done(done, kept_back, damaged)


def open_into(key: SecretKey, locator: str, folder: Path) -> int:
    """Write what a report holds, in clear, into a new folder of our own; returns the files.

    Nothing is left when anything does not open. Raises: DomainError; SealError.
    """
    report = kept().filter(locator=locator).first()
    if report is None:
        raise DomainError(_("There is no report %(locator)s here."), params={"locator": locator})
    if folder.exists() or folder.is_symlink():
        raise DomainError(
            _("%(folder)s is there already: name a new folder."), params={"folder": str(folder)}
        )
    # Told first: an opening of which nobody reads would be worse than an entry too many.
    tell("reports.opened_by_recovery", SYSTEM, key.public, f"report:{report.pk}")
    with refusing(str(folder)):
        folder.mkdir(mode=0o700)
        try:
            return _written(report, key, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


def _written(report: Report, key: SecretKey, folder: Path) -> int:
    number = 0
    for part, item, secret in _contents(report, key):
        stem = f"{part}-{item.number:03}"
        if not item.is_stored:
            _write(folder / f"{stem}-{item.kind}.json", iter([item.content]))
        else:
            with open_file(secret, report, part, item.number) as file:
                name = _short(_SAFE.sub("_", read_head(file).name).lstrip("."))
                _write(folder / f"{stem}-{name}", iter(lambda: file.read(1 << 20), b""))
        number += 1
    return number


def _short(name: str) -> str:
    """The end of a name: a disk counts bytes, of which a letter may have four."""
    return name.encode()[-LONGEST:].decode(errors="ignore")


def _write(path: Path, pieces: Iterator[bytes]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        for piece in pieces:
            target.write(piece)
