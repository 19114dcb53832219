"""Bringing an archive back into an empty place, and proving that it is what was saved."""

import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from pyrage import x25519

from baqylau import __version__
from baqylau.kernel import clock, erasures
from baqylau.kernel.errors import DomainError
from baqylau.operation import archive, copies, replaying, sealing, wrapping
from baqylau.operation.archive import Manifest
from baqylau.operation.presence import refuse_served
from baqylau.operation.queries import ALIASES, in_use, row_counts, tables, unknown
from baqylau.operation.rules import erasures_name, is_after, is_newer
from baqylau.storage.disk import refusing, sync_folder, write_new

Say = Callable[[str], None]
Meter = Callable[[int, int], None]


def no_meter(_done: int, _total: int) -> None:
    """Show nothing."""


@dataclass(frozen=True, slots=True)
class Way:
    """How an archive is brought back: the keys to try, who is told, the list of erasures if named.

    Without a name, the site's own list is taken that lies beside the archive.
    """

    keys: Sequence[x25519.Identity]
    say: Say
    meter: Meter = no_meter
    erased: Path | None = None


def restore(path: Path, into: Path, key: Path, say: Say) -> Manifest:
    """Restore the archive with the keys of a file. Raises: DomainError, as `bring_back`."""
    return bring_back(path, into, Way(sealing.identities(key), say))


def bring_back(path: Path, into: Path, way: Way) -> Manifest:
    """Restore the archive into a folder that does not exist or is empty.

    Databases on PostgreSQL go where the settings say, and must be empty. The list of erasures is
    laid into the folder, to be replayed. Nothing is left behind when it fails.

    Raises: DomainError, one sentence for each thing that can be wrong.
    """
    with refusing(str(path)), path.open("rb"):
        """Told before anything is made."""
    refuse_place(into)
    part = into.parent / f".{into.name}.{secrets.token_hex(4)}.part"
    listed: dict[str, str] | None = None
    passed = total = 0

    def accept(manifest: Manifest) -> None:
        nonlocal listed, total
        if is_after(manifest.made_at, clock.now()):
            said = _("Warning: the archive is dated after today (%(when)s). Is the clock right?")
            way.say(said % {"when": manifest.made_at})
        _accept(manifest)
        listed = _listed(path, manifest, way)
        total = archive.total(manifest.members)

    def tell(piece: int) -> None:
        nonlocal passed
        passed += piece
        way.meter(passed, total)

    try:
        with refusing(str(into)):
            part.mkdir(mode=0o700, parents=True)
            way.say(_("Opening the archive…"))
            with sealing.opened(path, way.keys) as source:
                manifest = archive.read(source, accept, lambda _m, name: _place(part, name), tell)
            way.say(_("Checking what came back…"))
            _check(part, manifest, way.say)
            wrapping.unwrap(part, way.keys, way.say)
            if listed:
                write_new(part / "var" / replaying.NAME, erasures.written(listed).encode())
            _sync(part)
            part.rename(into)
            sync_folder(into.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return manifest


def refuse_place(into: Path) -> None:
    """Refuse a place in which something is, or in which a server runs. Raises: DomainError."""
    refuse_served(into)
    if into.is_symlink() or (into.exists() and not (into.is_dir() and not any(into.iterdir()))):
        raise DomainError(
            _("%(folder)s is not empty: choose a new folder. Nothing was restored."),
            params={"folder": str(into)},
        )


def _listed(path: Path, manifest: Manifest, way: Way) -> dict[str, str] | None:
    """The list of erasures that belongs to the archive, told of; None when there is none."""
    beside = path.parent / erasures_name(manifest.installation.replace("-", "")[:8])
    chosen = way.erased or beside
    if way.erased is None and not beside.exists():
        way.say(
            _(
                "Warning: no list of erasures lies beside the archive (%(file)s). Whoever was "
                "erased after it was made is in it."
            )
            % {"file": beside.name}
        )
        return None
    listed = replaying.read(chosen)
    said = _("The list of erasures %(file)s is taken, people in it: %(count)s.")
    way.say(said % {"file": chosen.name, "count": len(listed)})
    return listed


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
    if any(in_use(alias) for alias in ALIASES):
        raise DomainError(
            _("Another program uses the databases: stop the server first. Nothing was restored.")
        )


def _place(part: Path, name: str) -> Path:
    """Where a member goes: as an installation's folder is laid out."""
    if name.startswith(f"{wrapping.FOLDER}/"):
        place = part / name
    else:
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
