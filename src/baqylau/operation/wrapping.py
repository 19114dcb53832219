"""Keys that travel in an archive, sealed once more to the recovery keys alone.

Whoever opens an archive with the backup key has the box and not what is in it: that takes two
shares of the recovery key.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import pyrage
from django.conf import settings
from django.utils.translation import gettext as _
from pyrage import x25519

from baqylau.kernel.modules import registry
from baqylau.operation import sealing
from baqylau.storage.disk import write_new

FOLDER, ENDING = "keys", ".age"
Held = dict[str, bytes]
"""Contents of key files by name."""


def held() -> Held:
    """The keys that travel, as they are now. Raises: DomainError when one cannot be read."""
    files = (
        Path(settings.KEYS) / key.name for key in registry.gather("key_files") if key.is_wrapped
    )
    return {file.name: sealing.content(file) for file in files if file.is_file()}


def wrapped(before: Held, stage: Path) -> dict[str, Path]:
    """Box the keys of before and after the copy of the databases: places by member's name.

    A rotation meanwhile has sealed rows with the old key or with the new one. Nothing without a
    recovery key.
    """
    recovery = sealing.recovery()
    found = {}
    for name, after in held().items() if recovery else ():
        lines = [*before.get(name, b"").splitlines(), *after.splitlines()]
        content = b"\n".join(dict.fromkeys(lines)) + b"\n"
        place = stage / (name + ENDING)
        place.write_bytes(pyrage.encrypt(content, recovery))
        found[f"{FOLDER}/{place.name}"] = place
    return found


def unwrap(folder: Path, keys: Sequence[x25519.Identity], say: Callable[[str], None]) -> None:
    """Open the boxes in keys/ of a restored folder, or say who could; no box stays.

    Raises: OSError.
    """
    place = folder / FOLDER
    for box in sorted(place.glob("*" + ENDING)):
        name, content = box.name.removesuffix(ENDING), box.read_bytes()
        box.unlink()
        try:
            write_new(place / name, pyrage.decrypt(content, list(keys)))
            said = _("%(name)s came back with the shares: it lies in keys/ of the new folder.")
        except pyrage.DecryptError:
            said = _("%(name)s is in the archive for two shares of the recovery key (--shares).")
        say(said % {"name": name})
    if place.is_dir() and not any(place.iterdir()):
        place.rmdir()
