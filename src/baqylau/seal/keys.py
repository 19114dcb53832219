"""Key pairs of age: whose they are decides what they may open."""

from dataclasses import dataclass
from enum import StrEnum

import pyrage
from pyrage import x25519

from baqylau.seal import bech32, derive
from baqylau.seal.errors import SealError


class Use(StrEnum):
    """What a key pair is for."""

    REPORT = "report"  # R: opens the items of one report
    NAME = "name"  # I: opens the name that a reporter gave
    PERSON = "person"  # an officer's or custodian's own
    RECOVERY = "recovery"  # lies in three shares, off the site


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class SecretKey:
    """An age identity: `text` is the secret (AGE-SECRET-KEY-1…), `public` the recipient (age1…)."""

    use: Use
    text: str
    public: str

    def identity(self) -> x25519.Identity:
        """The key as pyrage takes it."""
        return x25519.Identity.from_str(self.text)

    def mark(self, use: str, *about: str) -> bytes:
        """32 bytes that only who holds this key can make: they prove it, and show nothing of it."""
        return derive.from_secret(self.text.encode(), use, *about)


def generate(use: Use) -> SecretKey:
    """A fresh key pair."""
    identity = x25519.Identity.generate()
    return SecretKey(use, str(identity), str(identity.to_public()))


def from_seed(use: Use, seed: bytes) -> SecretKey:
    """The key pair whose secret are these 32 bytes."""
    return from_text(use, bech32.encode("age-secret-key-", seed).upper())


def from_text(use: Use, text: str) -> SecretKey:
    """The key pair of a secret as age writes it. Raises: SealError."""
    try:
        identity = x25519.Identity.from_str(text)
    except pyrage.IdentityError:
        raise SealError("key_unreadable") from None
    return SecretKey(use, str(identity), str(identity.to_public()))


def recipient(public: str) -> x25519.Recipient:
    """A public key as pyrage takes it. Raises: SealError."""
    try:
        return x25519.Recipient.from_str(public)
    except pyrage.RecipientError:
        raise SealError("key_unreadable") from None
