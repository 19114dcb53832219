"""Bringing an archive back into an empty place, and proving that it is what was saved."""

import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from baqylau import __version__
from baqylau.kernel.errors import DomainError
from baqylau.operation import archive, copies, sealing
from baqylau.operation.archive import Manifest
from baqylau.operation.queries import ALIASES, row_counts, tables, unknown
from baqylau.operation.rules import is_newer
from baqylau.storage.disk import refusing, sync_folder

Say = Callable[[str], None]


def restore(path: Path, into: Path, key: Path, say: Say) -> Manifest:
    """Restore the archive into a folder that does not exist or is empty.

    Databases on PostgreSQL go where the settings say, and must be empty. Nothing is left behind
    when it fails.

    Raises: DomainError, one sentence for each thing that can be wrong.
    """
    keys = sealing.identities(key)
    with refusing(str(path)), path.open("rb"):
        """Told before anything is made."""
    if into.is_symlink() or (into.exists() and not (into.is_dir() and not any(into.iterdir()))):
        raise DomainError(
            _("%(folder)s is not empty: choose a new folder. Nothing was restored."),
            params={"folder": str(into)},
        )
    part = into.parent / f".{into.name}.{secrets.token_hex(4)}.part"
    try:
        with refusing(str(into)):
            part.mkdir(mode=0o700, parents=True)
            say(_("Opening the archive…"))
            with sealing.opened(path, keys) as source:
                manifest = archive.read(source, _accept, lambda _m, name: _place(part, name))
            say(_("Checking what came back…"))
            _check(part, manifest, say)
            _sync(part)
            part.rename(into)
            sync_folder(into.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def _accept(manifest: Manifest) -> None:
    """Refuse an archive of a newer version, or of another engine, before a file is written."""
    strange = [name for names in manifest.migrations.values() for name in unknown(names)]
    if manifest.format > archive.FORMAT or strange or is_newer(manifest.version, __version__):
        raise DomainError(
            _("The archive was made by a newer version of Baqylau. Install that version first."),
            code="newer",
        )
    if manifest.engine == "sqlite":
        return
    if copies.engine() != manifest.engine:
        raise DomainError(
            _("The archive is of PostgreSQL: set BAQYLAU_DATABASE_URL to two empty databases.")
        )
    if any(tables(alias) for alias in ALIASES):
        raise DomainError(_("The databases are not empty. Nothing was restored."))


def _place(part: Path, name: str) -> Path:
    """Where a member goes: as an installation's folder is laid out."""
    place = part / ("baqylau.toml" if name.startswith("settings/") else f"var/{name}")
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def _check(part: Path, manifest: Manifest, say: Say) -> None:
    """Rows, journal and SQLite's own opinion; then the databases of PostgreSQL are loaded."""
    for alias in ALIASES:
        file = part / "var" / "db" / f"{alias}.{copies.SUFFIX[manifest.engine]}"
        if manifest.engine == "postgresql":
            copies.load(alias, file)
            file.unlink()
            is_same = row_counts(alias) == manifest.rows[alias]
        else:
            is_same = _is_same(file, alias, manifest)
        if not is_same:
            raise sealing.DamagedError
        # A journal that was broken when it was saved comes back as it was: `verify` tells it.
        if file.exists() and copies.faults(file, alias):
            say(_("Warning: the journal was already broken when it was saved: run “verify”."))


def _is_same(file: Path, alias: str, manifest: Manifest) -> bool:
    try:
        found = copies.look(file)
        return copies.is_whole(file) and (found.rows, found.head) == (
            manifest.rows[alias],
            manifest.heads[alias],
        )
    except sqlite3.DatabaseError as error:
        raise sealing.DamagedError from error


def _sync(part: Path) -> None:
    for folder, _folders, files in os.walk(part):
        for name in files:
            with (Path(folder) / name).open("rb") as file:
                os.fsync(file.fileno())
        sync_folder(Path(folder))
