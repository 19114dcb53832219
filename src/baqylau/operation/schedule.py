"""The daily backup, and what is wrong with it."""

import logging
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import Health
from baqylau.operation import beside, passphrases, rules, sealing
from baqylau.operation.backup import backup, site

log = logging.getLogger(__name__)

PATIENCE = timedelta(days=2)
"""The age of the newest archive from which the doctor speaks."""

OFF = "off: no folder is set"


def folder() -> Path | None:
    """Where the daily backup goes, if anywhere."""
    return Path(settings.BACKUP_FOLDER) if settings.BACKUP_FOLDER else None


def make_daily() -> str:
    """Make the day's archive. Raises: DomainError, which is logged: it names no person."""
    place = folder()
    if place is None:
        return OFF
    try:
        _refuse_missing(place)
        path = backup(place, log.info)
    except DomainError as error:
        log.error("no backup was made: %s", error.message)  # noqa: TRY400 - the sentence says it all
        raise
    return f"{path.name}, {rules.megabytes(path.stat().st_size)} MB"


def carry_erasures() -> str:
    """Bring the list of erasures beside the archives up to date, so that it is an hour old at most.

    Raises: DomainError.
    """
    place = folder()
    if place is None:
        return OFF
    _refuse_missing(place)
    return "written" if beside.write_erasures(place, site(), log.warning) else "nothing new"


def _refuse_missing(place: Path) -> None:
    """A stick that is not there must not become a file of its name."""
    if not place.is_dir():
        raise DomainError(_("There is no folder %(folder)s."), params={"folder": str(place)})


def health() -> Iterator[Health]:
    """What may one day leave this site without a backup that opens."""
    place = folder()
    if place is None:
        if not settings.IS_TRAINING:
            yield Health(
                _("No backups are made by themselves: no folder is set for them."),
                _("Set BAQYLAU_BACKUP_FOLDER to a folder on another disk."),
            )
        return
    if not (place.is_dir() and os.access(place, os.R_OK | os.W_OK | os.X_OK)):
        yield Health(
            _("The folder for backups cannot be used: %(folder)s.") % {"folder": place},
            _("Connect the disk, or give the folder to the account that runs Baqylau."),
        )
        return
    yield from _of_disk(place)
    yield from _of_archives(place)
    yield from _of_passphrase()


def _of_disk(place: Path) -> Iterator[Health]:
    if place.stat().st_dev == Path(settings.VAR).stat().st_dev:
        yield Health(
            _("The backups are on the same disk as the data."),
            _("Set BAQYLAU_BACKUP_FOLDER to another disk, or carry the newest archive away."),
        )


def _of_archives(place: Path) -> Iterator[Health]:
    now = clock.now()
    made = rules.own_archives(beside.names(place), site())
    past = [moment for moment in made.values() if moment <= now]
    if not past or now - max(past) > PATIENCE:
        newest = f"{max(past):%Y-%m-%d}" if past else "-"
        yield Health(
            _("The newest backup is too old: %(day)s.") % {"day": newest},
            _("Run “baqylau backup”: it says what is in the way."),
        )
    if strange := rules.ahead(made, now):
        yield Health(
            _("Backups are dated after today: %(files)s.") % {"files": ", ".join(strange)},
            _("Set the clock right. If it is right, remove them yourself: rotation never does."),
        )


def _of_passphrase() -> Iterator[Health]:
    try:
        public = str(sealing.recipient())
    except DomainError:
        return  # The doctor names a missing key himself.
    if not passphrases.path_of(public).exists():
        yield Health(
            _("Nothing beside the backups opens them if keys/ is lost with this machine."),
            _("Run “baqylau backup-passphrase”, and let two people know the passphrase."),
        )
