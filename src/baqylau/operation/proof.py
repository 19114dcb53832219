"""Proving a restored folder: the program itself verifies it, as it will be run there."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from baqylau.operation.archive import Manifest
from baqylau.operation.queries import unseen

SOUND, WRONG, OLDER = "sound", "wrong", "older"


def prove(into: Path, keys: Path, manifest: Manifest) -> str:
    """Run `verify` over the restored folder; what it finds, it prints.

    `keys` is the folder in which the backup key was found: the other keys may lie beside it. They
    are copied into a folder of the moment, so that nothing is put into the restored one. An archive
    of an older version cannot be verified before `prepare` has brought it up to date: OLDER.
    """
    if any(unseen(names) for names in manifest.migrations.values()):
        return OLDER
    with tempfile.TemporaryDirectory(prefix="baqylau-proof-") as folder:
        home = Path(folder)
        (home / "var").symlink_to(into.resolve() / "var")
        if (into / "baqylau.toml").exists():
            shutil.copy(into / "baqylau.toml", home)
        (home / "keys").mkdir(mode=0o700)
        for name in ("contacts.key", "secret"):
            if (keys / name).is_file():
                shutil.copy(keys / name, home / "keys")
        environment = {**os.environ, "BAQYLAU_HOME": folder, "BAQYLAU_MODE": manifest.kind}
        done = subprocess.run(
            [sys.executable, "-m", "baqylau", "verify"], env=environment, check=False
        )
    return SOUND if done.returncode == 0 else WRONG
