"""What is wrong with an installation, each with how to mend it."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils.translation import gettext as _

from baqylau.journal import guard, keys
from baqylau.journal.queries import last_moment
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import registry
from baqylau.operation import looking, replaying, sealing
from baqylau.operation.looking import Found
from baqylau.operation.queries import ALIASES
from baqylau.operation.rules import megabytes
from baqylau.operation.services import refuse_unprepared

ROOM = 500_000_000
"""Bytes of free disk below which the doctor speaks."""

PATIENCE_OF_MAIL = 5.0
"""Seconds in which a mail server should answer."""

PUBLISHED = ".pub"
"""The ending of files of keys/ that anybody may read."""

PATIENCE = 120
"""Seconds that the clock may lie before the last journal entry."""


def findings() -> Iterator[Found]:
    """Everything that is wrong; the databases are looked at only if they can be used."""
    for look in (_folders, _disk, _keys, _hosts, _mail, _languages, *looking.MACHINE):
        yield from look()
    try:
        refuse_unprepared()
        for look in (_clock, _guards, _erasures, *looking.ROWS, _rooms):
            yield from look()
    except DomainError as error:
        yield Found(error.message, _("Run “baqylau prepare”, or correct the settings."))
    except DatabaseError as error:
        reason = " ".join(str(error).split())
        yield Found(
            _("A database does not answer: %(reason)s") % {"reason": reason},
            _("Start the database server, or restore the newest backup into a new folder."),
        )


def _folders() -> Iterator[Found]:
    for name in ("var", "keys"):
        folder = Path(settings.HOME) / name
        if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            yield Found(
                _("The folder %(folder)s cannot be written.") % {"folder": name + "/"},
                _("Give it to the account that runs Baqylau."),
            )
        elif not folder.exists():
            yield Found(
                _("There is no folder %(folder)s.") % {"folder": name + "/"},
                _("Run “baqylau prepare” in the home folder of the installation."),
            )


def _disk() -> Iterator[Found]:
    home = Path(settings.HOME)
    if home.exists() and (free := shutil.disk_usage(home).free) < ROOM:
        yield Found(
            _("The disk is nearly full: %(free)s MB are free.") % {"free": megabytes(free)},
            _("Move old backups to another disk."),
        )


def _keys() -> Iterator[Found]:
    wanted: tuple[tuple[str, Callable[[], object]], ...] = (
        (keys.NAME, keys.path().stat),
        (sealing.PUBLIC, sealing.recipient),
    )
    for name, use in wanted:
        try:
            use()
        except (OSError, DomainError):
            yield Found(
                _("keys/%(name)s is missing or damaged.") % {"name": name},
                _("Put your copy of keys/ back. Without one, “baqylau prepare” makes a new key."),
            )
    folder = Path(settings.KEYS)
    files = (path for path in folder.glob("*") if path.suffix != PUBLISHED)
    if any(path.is_file() and path.stat().st_mode & 0o077 for path in files):
        yield Found(
            _("Others on this machine can read keys/."),
            _("Run: chmod -R go= keys"),
        )


def _hosts() -> Iterator[Found]:
    if settings.IS_TRAINING:
        return
    if set(settings.ALLOWED_HOSTS) <= {"localhost", "127.0.0.1"}:
        yield Found(
            _("The site answers under no name but localhost."),
            _("Set BAQYLAU_HOSTS to the site's name."),
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Found(
            _("The site answers under any name, also one that a stranger made up."),
            _("Set BAQYLAU_HOSTS to the site's name."),
        )
    if not settings.HTTPS:
        yield Found(
            _("The settings do not say that people reach the site by https."),
            _("Put nginx with a certificate in front, and set BAQYLAU_HTTPS=True."),
        )


def _mail() -> Iterator[Found]:
    if not settings.MAIL_SERVER:
        if not settings.IS_TRAINING:
            yield Found(
                _("No mail server is set: nothing is mailed, links are shown to be handed over."),
                _("Set BAQYLAU_EMAIL_URL if letters are wanted."),
                is_warning=True,
            )
        return
    place = (settings.MAIL_SERVER["host"], int(settings.MAIL_SERVER["port"]))
    try:
        socket.create_connection(place, timeout=PATIENCE_OF_MAIL).close()
    except OSError as error:
        yield Found(
            _("The mail server does not answer: %(reason)s")
            % {"reason": error.strerror or type(error).__name__},
            _("Correct BAQYLAU_EMAIL_URL, or leave it out: links can be handed over."),
            is_warning=True,
        )


def _languages() -> Iterator[Found]:
    sources = settings.PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")
    if any(not source.with_suffix(".mo").exists() for source in sources):
        yield Found(
            _("Some translations are not compiled: pages appear partly in English."),
            _("Run any baqylau command once as the owner of the program's folder."),
        )


def _clock() -> Iterator[Found]:
    last = last_moment()
    if last and (last - clock.now()).total_seconds() > PATIENCE:
        yield Found(
            _("The clock of this machine is behind the last journal entry (%(at)s).")
            % {"at": last.isoformat()},
            _("Set the clock right: due dates are counted from it."),
        )


def _erasures() -> Iterator[Found]:
    if replaying.pending():
        yield Found(
            _("This restored copy holds people who were erased since it was made."),
            _("Run “baqylau prepare”: it erases them again."),
        )


def _rooms() -> Iterator[Found]:
    for module in registry:
        for found in module.health() if module.health else ():
            yield Found(found.what, found.mend, is_warning=True)


def _guards() -> Iterator[Found]:
    for alias in ALIASES:
        if not guard.is_set(connections[alias]):
            yield Found(
                _("The database “%(name)s” would let entries of the journal be changed.")
                % {"name": alias},
                _("Run “baqylau verify”, then “baqylau prepare”, which sets the guard again."),
            )
