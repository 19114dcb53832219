"""The backup key's secret behind a passphrase: an age file of its own, which any stock age opens.

It lies in keys/ and, copied there by every backup, beside the archives. So the secret itself may be
taken away from the server: whoever finds the archives has the lock, and needs the passphrase.
"""

import unicodedata
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from baqylau.kernel.errors import DomainError
from baqylau.operation import sealing
from baqylau.operation.rules import short
from baqylau.seal import behind
from baqylau.staff.passphrase import require_strong
from baqylau.storage.disk import refusing, replace_whole

HEADS = (b"age-encryption.org/v1\n-> scrypt ", b"-----BEGIN AGE ENCRYPTED FILE-----")
"""How an age file behind a passphrase begins, as bytes and as armoured text."""


class WrongPassphraseError(DomainError):
    """The passphrase does not open the file; age cannot tell this from a damaged file."""

    code = "wrong_passphrase"

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The passphrase does not open %(file)s, or the file is damaged."),
            params={"file": name},
        )


def path_of(public: str) -> Path:
    """Where in keys/ the secret of this public key lies behind its passphrase."""
    return Path(settings.KEYS) / f"backup-key-{short(public)}.age"


def is_locked(content: bytes) -> bool:
    """Whether these bytes are an age file behind a passphrase."""
    return content.startswith(HEADS)


def unlock(content: bytes, passphrase: str, name: str) -> bytes:
    """Open it. Derives one key with scrypt. Raises: WrongPassphraseError; DomainError."""
    try:
        return behind.unlock(content, _typed(passphrase))
    except behind.UnopenedError as error:
        raise WrongPassphraseError(name) from error
    except behind.HeavyError as error:
        raise DomainError(
            _("%(file)s needs %(size)s MB of memory: open it with “age -d”, and give the key."),
            params={"file": name, "size": error.megabytes},
        ) from error


def set_passphrase(*, new: Callable[[], str], present: Callable[[], str]) -> Path:
    """Put the backup key's secret behind a passphrase; opened once again before it counts.

    `present` is asked only where keys/backup.key is gone: then the secret is behind that one.

    Raises: DomainError: no secret, a secret of another key, a weak or a wrong passphrase.
    """
    public = str(sealing.recipient())
    target = path_of(public)
    text = _secret(target, present)
    _refuse_other(text, public)
    passphrase = new()
    require_strong(passphrase, ())
    content = behind.lock(text, _typed(passphrase))
    if unlock(content, passphrase, target.name) != text:
        raise WrongPassphraseError(target.name)
    with refusing("keys/"):
        replace_whole(target, content)
    return target


def remove_secret() -> None:
    """Take keys/backup.key away; the file behind the passphrase is the only way from then on.

    Raises: DomainError when there is no such file.
    """
    if not path_of(str(sealing.recipient())).exists():
        raise DomainError(_("Set a passphrase first: without it no archive could be opened."))
    with refusing("keys/"):
        (Path(settings.KEYS) / sealing.SECRET).unlink(missing_ok=True)


def _typed(passphrase: str) -> str:
    """One form of Unicode, that of keyboards: stock age takes the bytes as they are typed."""
    return unicodedata.normalize("NFC", passphrase)


def _secret(target: Path, present: Callable[[], str]) -> bytes:
    plain = Path(settings.KEYS) / sealing.SECRET
    with refusing("keys/"):
        if plain.exists() or not target.exists():
            return sealing.content(plain)
        locked = sealing.content(target)
    return unlock(locked, present(), target.name)


def _refuse_other(text: bytes, public: str) -> None:
    found = [str(key.to_public()) for key in sealing.read_identities(text, sealing.SECRET)]
    if public not in found:
        raise DomainError(
            _("keys/backup.key is not the other half of keys/backup.pub: put your copy back.")
        )
