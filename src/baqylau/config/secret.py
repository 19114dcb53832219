"""The secret that signs cookies and tokens: made once, kept in keys/, never in a setting."""

import contextlib
import os
import secrets
from pathlib import Path

from django.utils.translation import gettext_noop as _

from baqylau.config.environment import SettingError


def secret_key(keys: Path) -> str:
    """The installation's secret, from keys/secret; made on the first start, readable by its owner.

    Raises: SettingError when the folder cannot be written or the secret not be read.
    """
    try:
        return _secret(keys)
    except (OSError, ValueError) as error:
        raise SettingError(_("The folder keys/ cannot be written or read.")) from error


def _secret(keys: Path) -> str:
    path = keys / "secret"
    if not path.exists():
        keys.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, never replaces the key that another process made meanwhile.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(part)
        part.unlink()
    return path.read_text(encoding="ascii").strip()
