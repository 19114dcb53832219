"""Proving a restored folder: the program itself verifies it, as it will be run there."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from baqylau.kernel.modules import KeyFile, registry
from baqylau.operation import replaying
from baqylau.operation.archive import Manifest
from baqylau.operation.queries import unseen

SOUND, WRONG, OLDER = "sound", "wrong", "older"


def prove(into: Path, keys: Path, manifest: Manifest) -> str:
    """Run `verify` over the restored folder; what it finds, it prints.

    `keys` is the folder in which the backup key was found: the other keys may lie beside it, or
    have come with the archive. They are copied into a folder of the moment, so that nothing is put
    into the restored one. An archive of an older version cannot be verified before `prepare` has
    brought it up to date: OLDER.
    """
    if any(unseen(names) for names in manifest.migrations.values()):
        return OLDER
    with tempfile.TemporaryDirectory(prefix="baqylau-proof-") as folder:
        home = Path(folder)
        (home / "var").symlink_to(into.resolve() / "var")
        if (into / "baqylau.toml").exists():
            shutil.copy(into / "baqylau.toml", home)
        (home / "keys").mkdir(mode=0o700)
        for name in ("secret", *(key.name for key in registry.gather("key_files"))):
            for place in (keys, into / "keys"):
                if (place / name).is_file():
                    shutil.copy(place / name, home / "keys")
        environment = {**os.environ, "BAQYLAU_HOME": folder, "BAQYLAU_MODE": manifest.kind}
        _replay(into / "var" / replaying.NAME, environment)
        done = _baqylau(environment, "verify")
    return SOUND if done == 0 else WRONG


def missing(*folders: Path) -> list[KeyFile]:
    """Keys that lie in none of the folders."""
    return [
        key
        for key in registry.gather("key_files")
        if not any((folder / key.name).is_file() for folder in folders)
    ]


def _replay(listed: Path, environment: dict[str, str]) -> None:
    """Forget again who was erased since; where that cannot be done now, `prepare` does it."""
    if listed.exists() and _baqylau(environment, "contacts", "replay", str(listed.resolve())) == 0:
        listed.unlink()


def _baqylau(environment: dict[str, str], *words: str) -> int:
    command = [sys.executable, "-m", "baqylau", *words]
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - our own words
