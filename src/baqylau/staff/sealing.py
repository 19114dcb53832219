"""Small secrets at rest: what a copy of the database must not give away.

The key comes from the installation's secret in keys/, which lies outside the database.
"""

from hashlib import blake2b

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox


def seal(plain: bytes, purpose: str) -> bytes:
    """Seal for one purpose; another purpose's key does not open it."""
    return bytes(_box(purpose).encrypt(plain))


def unseal(sealed: bytes, purpose: str) -> bytes | None:
    """The plain bytes, or None when they were changed or sealed for another purpose."""
    try:
        return _box(purpose).decrypt(sealed)
    except (CryptoError, ValueError):
        return None


def _box(purpose: str) -> SecretBox:
    secret = blake2b(settings.SECRET_KEY.encode(), digest_size=32).digest()
    return SecretBox(blake2b(purpose.encode(), key=secret, digest_size=32).digest())
