"""The key of an officer or custodian: behind a passphrase, and behind a printed recovery code."""

from baqylau.seal import derive, digits, locks
from baqylau.seal.derive import Cost
from baqylau.seal.errors import SealError
from baqylau.seal.ids import checked_id
from baqylau.seal.keys import SecretKey, Use, from_text

CODE = 38
"""Random digits of a recovery code (126 bits); two check digits follow: ten groups of four."""


def protect(
    key: SecretKey, holder: str, passphrase: str, *, cost: Cost = derive.PASSPHRASE
) -> bytes:
    """Lock a person's key behind the passphrase. Derives one key. Raises: SealError."""
    _check_use(key)
    return locks.lock(key.text, passphrase, _about(holder, "passphrase"), cost)


def open_with_passphrase(locked: bytes, holder: str, passphrase: str) -> SecretKey:
    """The person's key. Derives one key. Raises: SealError."""
    return _opened(locked, holder, "passphrase", passphrase)


def draw_code() -> str:
    """A recovery code with its check digits; `digits.grouped` prints it."""
    return digits.with_check(digits.draw(CODE))


def protect_with_code(
    key: SecretKey, holder: str, code: str, *, cost: Cost = derive.RECEIPT
) -> bytes:
    """Lock a person's key behind the printed code. Derives one key. Raises: SealError."""
    _check_use(key)
    number = digits.read_checked(code, CODE + digits.CHECK)
    return locks.lock(key.text, number, _about(holder, "code"), cost)


def open_with_code(locked: bytes, holder: str, code: str) -> SecretKey:
    """The person's key. A mistyped code derives none. Raises: SealError."""
    number = digits.read_checked(code, CODE + digits.CHECK)
    return _opened(locked, holder, "code", number)


def fingerprint(public: str) -> str:
    """28 digits that two people can read to each other to know that they see the same key.

    86 bits: too many to find another key with the same ones.
    """
    mark = int.from_bytes(derive.from_secret(public.encode(), "fingerprint"), "big")
    return digits.grouped(digits.with_check(f"{mark % 10**26:026}"))


def _check_use(key: SecretKey) -> None:
    if key.use is not Use.PERSON:
        raise SealError("role_not_for_key")


def _opened(locked: bytes, holder: str, way: str, typed: str) -> SecretKey:
    try:
        return from_text(Use.PERSON, locks.unlock(locked, typed, _about(holder, way)))
    except locks.LockError:
        raise SealError(f"{way}_wrong") from None


def _about(holder: str, way: str) -> str:
    return f"baqylau-{way} 1 {checked_id(holder)}"
