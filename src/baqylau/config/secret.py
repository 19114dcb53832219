"""The secret that signs cookies and tokens: made once, kept in keys/, never in a setting."""

import secrets
from pathlib import Path

from django.utils.translation import gettext_noop as _

from baqylau.config.environment import SettingError
from baqylau.storage.disk import write_new

LEAST = 32
"""Characters of a secret that cannot be guessed."""


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
    write_new(path, secrets.token_urlsafe(48).encode())
    text = path.read_text(encoding="ascii").strip()
    if len(text) < LEAST:
        raise SettingError(
            _("keys/secret is too short: put your copy of it back, or remove it to get a new one.")
        )
    return text
