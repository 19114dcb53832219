"""What the doctor looks at besides settings and keys: the machine, and whether duties are done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils.translation import gettext as _

from baqylau import __file__ as program
from baqylau.files import store
from baqylau.files.models import StoredFile
from baqylau.jobs.queries import duties, oldest_waiting
from baqylau.journal.queries import signed_heads
from baqylau.kernel import clock
from baqylau.operation.queries import mark

OFFSET = timedelta(hours=5)
"""Kazakhstan's one offset since 1 March 2024. Source: IANA time zone database, 2024a."""
A_DAY = timedelta(days=1)
QUIET = timedelta(hours=1)
"""Without the start of any duty: the shortest of them are due every minute."""
UNSIGNED = timedelta(days=2)
"""How old the newest signed head may be."""
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong, and how to mend it: one sentence each.

    A warning names something without which the work goes on.
    """

    what: str
    mend: str
    is_warning: bool = False


Look = Callable[[], Iterator[Found]]


def open_files() -> Iterator[Found]:
    """Databases and settings that other accounts of this machine could read."""
    home = Path(settings.HOME)
    if not home.exists() or not home.stat().st_mode & 0o011:
        return  # Nobody else comes into the folder at all.
    database = Path(settings.VAR) / "db"
    inside = list(database.iterdir()) if database.is_dir() and _is_open(database, 0o011) else []
    found = [path for path in (*inside, home / "baqylau.toml") if _is_open(path, 0o044)]
    if found:
        yield Found(
            _("Others on this machine can read: %(files)s.")
            % {"files": ", ".join(path.name for path in found[:SHOWN])},
            _("Run in the home folder: chmod -R go= var baqylau.toml"),
        )


def _is_open(path: Path, bits: int) -> bool:
    return path.exists() and bool(path.stat().st_mode & bits)


def time_zone() -> Iterator[Found]:
    """Days begin and end by this machine's time zone data."""
    try:
        offset = ZoneInfo(settings.TIME_ZONE).utcoffset(datetime(2026, 7, 1))  # noqa: DTZ001 - of a zone's own clock
    except ZoneInfoNotFoundError:
        offset = None
    if offset != OFFSET:
        yield Found(
            _("The time zone data of this machine is missing or old: days would begin too early."),
            _("Bring the package tzdata up to date, and restart the server."),
        )


def behind_program() -> Iterator[Found]:
    """A clock that has lost its battery tells of a day before the program was installed."""
    made = datetime.fromtimestamp(Path(program).stat().st_mtime, UTC)
    if clock.now() < made - A_DAY:
        yield Found(
            _("The clock of this machine says a day before the program was installed (%(day)s).")
            % {"day": made.date().isoformat()},
            _("Set the clock right: due dates are counted from it."),
        )


def idle_clock() -> Iterator[Found]:
    """Duties that nobody starts: the server does not run, or its clock thread has died."""
    now = clock.now()
    known = duties()
    started = [each.lease.started_at for each in known if each.lease and each.lease.started_at]
    newest = max(started, default=None)
    if newest is None and _is_younger_than(A_DAY):
        return
    if newest is None or now - newest > QUIET:
        said = newest.isoformat(timespec="minutes") if newest else "-"
        yield Found(
            _("No duty was begun since %(at)s: nothing happens by the clock.") % {"at": said},
            _("Start the server, or run “baqylau jobs run” every minute."),
        )
    for each in known:
        if each.lease and each.lease.failures:
            params = {"code": each.job.code, "count": each.lease.failures}
            yield Found(
                _("The duty %(code)s has failed; times in a row: %(count)s.") % params,
                _("Run “baqylau jobs run %(code)s”: it says what is in the way.") % params,
                is_warning=True,
            )


def _is_younger_than(age: timedelta) -> bool:
    row = mark("default")
    return row is None or clock.now() - row.created_at < age


def unsigned() -> Iterator[Found]:
    """Heads that are not signed any more leave the past without a witness."""
    newest = max((head.signed_on for head in signed_heads(2)), default=None)
    if newest is None and _is_younger_than(UNSIGNED):
        return
    if newest is None or clock.today() - newest > UNSIGNED:
        yield Found(
            _("The journal's last line was not signed and published since %(day)s.")
            % {"day": newest.isoformat() if newest else "-"},
            _("Run “baqylau jobs run journal.sign”: it says what is in the way."),
        )


def letters() -> Iterator[Found]:
    """Letters that no server takes."""
    oldest = oldest_waiting()
    if oldest and clock.now() - oldest > A_DAY:
        yield Found(
            _("A letter waits to be sent since %(day)s.") % {"day": oldest.date().isoformat()},
            _("Run “baqylau jobs run mail.send”: it says what the mail server answers."),
            is_warning=True,
        )


def lost_files() -> Iterator[Found]:
    """Contents that records name and the store does not hold whole."""
    rows = StoredFile.objects.values_list("digest", "size").iterator(5_000)
    lost = [digest for digest, size in rows if _size_of(digest) != size]
    if lost:
        yield Found(
            _("Files that records name are missing or not whole: %(count)s (%(some)s).")
            % {"count": len(lost), "some": ", ".join(each[:12] for each in lost[:SHOWN])},
            _("Restore the newest backup into an empty folder, and copy its var/files over."),
        )


def _size_of(digest: str) -> int:
    try:
        return store.path_of(digest).stat().st_size
    except OSError:
        return -1


MACHINE: tuple[Look, ...] = (open_files, time_zone, behind_program)
"""What needs no database."""
ROWS: tuple[Look, ...] = (idle_clock, unsigned, letters, lost_files)
"""What is read from databases that can be used."""
