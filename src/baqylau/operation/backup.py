"""One consistent archive of everything but the keys, sealed, checked by opening it."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import OperationalError
from django.utils.translation import gettext as _
from pyrage import x25519

from baqylau import __version__
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.operation import archive, copies, sealing
from baqylau.operation.archive import Manifest
from baqylau.operation.queries import applied, mark
from baqylau.operation.rules import has_room, megabytes
from baqylau.storage.disk import refusing, sync_folder

ORDER = ("sealed", "default")
"""Sealed records first: a case that the main copy knows of then always has its report."""

STAGE = ".backup-"

Say = Callable[[str], None]


def backup(target: Path, say: Say) -> Path:
    """Make an archive at the target, or under a dated name inside it when it is a folder.

    The desk goes on working. Nothing is left behind when it fails.

    Raises: DomainError, one sentence for each thing that can be wrong.
    """
    path = _new_name(target)
    recipient = sealing.recipient()
    with _alone(), _stage() as stage, refusing(str(path)):
        _refuse_full(path, say)
        manifest, places = _collect(stage, say)
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            _seal(part, manifest, places, recipient, say)
            # A link, unlike a rename, never replaces an archive that is already there.
            path.hardlink_to(part)
        except FileExistsError:
            raise _taken(path) from None
        finally:
            part.unlink(missing_ok=True)
        sync_folder(path.parent)
    return path


def _new_name(target: Path) -> Path:
    path = target
    if target.is_dir():
        path = target / f"baqylau-{clock.now():%Y%m%d-%H%M%S}.age"
    if path.exists() or path.is_symlink():
        raise _taken(path)
    if not path.parent.is_dir():
        raise DomainError(_("There is no folder %(folder)s."), params={"folder": str(path.parent)})
    return path


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
        free = shutil.disk_usage(folder).free
        if not has_room(free, needed):
            raise DomainError(
                _("The disk has too little room: %(needed)s MB are needed, %(free)s MB are free."),
                params={"needed": megabytes(needed), "free": megabytes(free)},
            )


def _stored() -> list[Path]:
    """The content store's files; what is still being written is not there yet."""
    root = Path(settings.FILES_ROOT)
    files = (file for file in root.rglob("*") if file.is_file())
    return sorted(file for file in files if not file.name.startswith("."))


def _collect(stage: Path, say: Say) -> tuple[Manifest, dict[str, Path]]:
    """Copy everything into the stage: sealed, default, files, settings, in this order."""
    row = mark("default")
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
    manifest.members = [archive.member(name, place) for name, place in places.items()]
    return manifest, places


def _copied(alias: str, target: Path) -> copies.Copy:
    try:
        return copies.copy(alias, target)
    except OperationalError as error:
        raise DomainError(
            _("The database “%(name)s” could not be copied: %(reason)s."),
            params={"name": alias, "reason": str(error).strip()},
        ) from error


def _files(stage: Path) -> dict[str, Path]:
    """The stored files by a second name, which a deletion meanwhile does not take away."""
    root, kept = Path(settings.FILES_ROOT), {}
    for number, file in enumerate(_stored()):
        place = stage / f"file-{number}"
        with suppress(FileNotFoundError):
            place.hardlink_to(file)
            kept["files/" + file.relative_to(root).as_posix()] = place
    return kept


def _seal(
    part: Path,
    manifest: Manifest,
    places: dict[str, Path],
    recipient: x25519.Recipient,
    say: Say,
) -> None:
    """Seal to the backup key and to one that is forgotten afterwards, then open it with that."""
    say(_("Sealing %(size)s MB…") % {"size": megabytes(archive.total(manifest.members))})
    passing = x25519.Identity.generate()
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        sealing.seal(
            lambda sink: archive.write(sink, manifest, places),
            target,
            [recipient, passing.to_public()],
        )
        target.flush()
        os.fsync(target.fileno())
    say(_("Checking the archive by opening it…"))
    with sealing.opened(part, [passing]) as source:
        archive.read(source, lambda _manifest: None, lambda _manifest, _name: None)
