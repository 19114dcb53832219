"""One consistent archive of everything but the keys, sealed, checked by opening it."""

import errno
import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import OperationalError
from django.utils.translation import gettext as _
from pyrage import x25519

from baqylau import __version__
from baqylau.journal.queries import last_moment
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.operation import archive, beside, copies, sealing, wrapping
from baqylau.operation.archive import Manifest
from baqylau.operation.queries import applied, mark
from baqylau.operation.rules import archive_name, megabytes, with_spare
from baqylau.storage.disk import refusing, sync_folder
from baqylau.storage.full import FullError

ORDER = ("sealed", "default")
"""Sealed records first: a case that the main copy knows of then always has its report."""

STAGE = ".backup-"

PATIENCE = timedelta(minutes=2)
"""How far clocks may differ before anything is said of it."""

NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""How file systems of sticks refuse a second name for a file."""

Say = Callable[[str], None]
Meter = Callable[[int, int], None]
"""Is told how many bytes are done, and of how many."""


def no_meter(_done: int, _total: int) -> None:
    """Show nothing."""


def backup(target: Path, say: Say, meter: Meter = no_meter) -> Path:
    """Make an archive at the target, or under a dated name inside it when it is a folder.

    The list of erasures and the backup key behind its passphrase are laid beside it. In a folder,
    archives of this site that are too old go once the new one was checked. The desk goes on
    working. Nothing half-made is left behind when it fails.

    Raises: DomainError, one sentence for each thing that can be wrong.
    """
    path = _new_name(target)
    recipients = sealing.recipients()
    with _alone():
        _sweep(path)
        with _stage() as stage, refusing(str(path)):
            _refuse_full(path, say)
            _tell_clock(say)
            manifest, places = _collect(stage, say)
            _make(path, manifest, places, Sealed(recipients, say, meter))
        beside.write_erasures(path.parent, site(), say)
        beside.copy_keys(path.parent, site())
        if target.is_dir():
            beside.rotate(path.parent, site(), say)
    return path


def site() -> str:
    """Eight hex digits that tell this installation's files from those of others."""
    row = mark("default")
    return row.key.hex[:8] if row else "00000000"


def _new_name(target: Path) -> Path:
    path = target
    if target.is_dir():
        path = target / archive_name(site(), clock.now())
    if path.exists() or path.is_symlink():
        raise _taken(path)
    if not path.parent.is_dir():
        raise DomainError(_("There is no folder %(folder)s."), params={"folder": str(path.parent)})
    return path


def _sweep(path: Path) -> None:
    """Take away what a killed backup left half-written; only ours, and nobody else is at it."""
    for shape in (f".baqylau-{site()}-*.part", f".{path.name}.*.part"):
        for left in path.parent.glob(shape):
            left.unlink(missing_ok=True)


def _taken(path: Path) -> DomainError:
    return DomainError(
        _("%(file)s is there already, and a backup replaces nothing."), params={"file": path.name}
    )


@contextmanager
def _alone() -> Iterator[None]:
    """One backup at a time. Raises: DomainError."""
    with refusing("var/"):
        descriptor = os.open(
            settings.VAR / "backup.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
        )
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise DomainError(_("Another backup is being made. Wait until it ends.")) from error
    try:
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


@contextmanager
def _stage() -> Iterator[Path]:
    """A folder on the databases' own disk; what a killed backup has left there goes first."""
    var = Path(settings.VAR)
    for left in var.glob(STAGE + "*"):
        shutil.rmtree(left, ignore_errors=True)
    stage = var / (STAGE + secrets.token_hex(4))
    with refusing("var/"):
        stage.mkdir(mode=0o700)
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _refuse_full(path: Path, say: Say) -> None:
    var = Path(settings.VAR)
    databases = sum(file.stat().st_size for file in (var / "db").glob("*.sqlite3"))
    files = sum(file.stat().st_size for file in _stored())
    needs = {var: databases, path.parent: databases + files}
    if path.parent.stat().st_dev == var.stat().st_dev:
        say(_("Warning: the backup is on the same disk as the data. Copy it to another one."))
        needs[var] = needs[path.parent] = 2 * databases + files
    for folder, needed in needs.items():
        free, wanted = shutil.disk_usage(folder).free, with_spare(needed)
        if free < wanted:
            raise DomainError(
                _("The disk has too little room: %(needed)s MB are needed, %(free)s MB are free."),
                params={"needed": megabytes(wanted), "free": free // 1_000_000},
            )


def _tell_clock(say: Say) -> None:
    """A clock that was set back gives an archive an earlier name; it is made all the same."""
    last, now = last_moment(), clock.now()
    if last and (last - now) > PATIENCE:
        said = _("Warning: the clock of this machine is behind the last journal entry (%(at)s).")
        say(said % {"at": last.isoformat()})


def _stored() -> list[Path]:
    """The content store's files; what is still being written is not there yet."""
    root = Path(settings.FILES_ROOT)
    files = (file for file in root.rglob("*") if file.is_file())
    return sorted(file for file in files if not file.name.startswith("."))


def _collect(stage: Path, say: Say) -> tuple[Manifest, dict[str, Path]]:
    """Copy everything into the stage: sealed, default, files, settings, in this order."""
    row, keys = mark("default"), wrapping.held()
    manifest = Manifest(
        made_at=clock.now().isoformat(timespec="seconds"),
        version=__version__,
        installation=str(row.key) if row else "",
        kind=row.kind if row else "",
        engine=copies.engine(),
    )
    places: dict[str, Path] = {}
    for alias in ORDER:
        say(_("Copying the database “%(name)s”…") % {"name": alias})
        name = f"{alias}.{copies.SUFFIX[manifest.engine]}"
        found = _copied(alias, stage / name)
        manifest.migrations[alias] = applied(alias)
        manifest.rows[alias], manifest.heads[alias] = found.rows, found.head
        places[f"db/{name}"] = stage / name
    places |= _files(stage)
    chosen = Path(settings.HOME) / "baqylau.toml"
    if chosen.exists():
        places["settings/baqylau.toml"] = Path(shutil.copy(chosen, stage / "baqylau.toml"))
    places |= wrapping.wrapped(keys, stage)
    manifest.members = [archive.member(name, place) for name, place in places.items()]
    return manifest, places


def _copied(alias: str, target: Path) -> copies.Copy:
    try:
        with refusing("var/"):
            return _copied_unless_full(alias, target)
    except OperationalError as error:
        raise DomainError(
            _("The database “%(name)s” could not be copied: %(reason)s."),
            params={"name": alias, "reason": str(error).strip().rstrip(".")},
        ) from error


def _copied_unless_full(alias: str, target: Path) -> copies.Copy:
    """The copy. Raises: OSError on a full disk, whose words for visitors are none for a console."""
    try:
        return copies.copy(alias, target)
    except FullError as error:
        raise OSError(errno.ENOSPC, "") from error


def _files(stage: Path) -> dict[str, Path]:
    """The stored files by a second name, which a deletion meanwhile does not take away."""
    root, kept = Path(settings.FILES_ROOT), {}
    for number, file in enumerate(_stored()):
        place = stage / f"file-{number}"
        with suppress(FileNotFoundError):
            place.hardlink_to(file)
            kept["files/" + file.relative_to(root).as_posix()] = place
    return kept


@dataclass(frozen=True, slots=True)
class Sealed:
    """How an archive is sealed: to whom, and who is told how far it is."""

    recipients: Sequence[x25519.Recipient]
    say: Say
    meter: Meter


def _make(path: Path, manifest: Manifest, places: dict[str, Path], way: Sealed) -> None:
    """Write the archive under another name; it gets its own when it was checked."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        _seal(part, manifest, places, way)
        _name(part, path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)


def _name(part: Path, path: Path) -> None:
    """Give the file its name, never in the place of another."""
    try:
        # A link, unlike a rename, never replaces an archive that is already there.
        path.hardlink_to(part)
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if path.exists():
            raise _taken(path) from None
        part.rename(path)


def _seal(part: Path, manifest: Manifest, places: dict[str, Path], way: Sealed) -> None:
    """Seal to everybody and to a key that is forgotten afterwards, then open it with that."""
    size = archive.total(manifest.members)
    passed = 0

    def tell(piece: int) -> None:
        nonlocal passed
        passed += piece
        # All of it passes twice: once when it is sealed, once when it is checked.
        way.meter(passed, 2 * size)

    way.say(_("Sealing %(size)s MB…") % {"size": megabytes(size)})
    passing = x25519.Identity.generate()
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        sealing.seal(
            lambda sink: archive.write(sink, manifest, places, tell),
            target,
            [*way.recipients, passing.to_public()],
        )
        target.flush()
        os.fsync(target.fileno())
    way.say(_("Checking the archive by opening it…"))
    with sealing.opened(part, [passing]) as source:
        archive.read(source, lambda _manifest: None, lambda _manifest, _name: None, tell)
