"""A key for a while: sealed under a secret that lies elsewhere, with its end inside.

For an officer the secret lies in that officer's cookie and the ticket with the server, so neither
alone opens anything; for a reporter the ticket travels in the form and the secret stays here.
"""

import secrets
import struct
from datetime import UTC, datetime, timedelta

from baqylau.seal import boxes, derive, keys
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey, Use

SECRET = 32
LIFETIME = timedelta(minutes=15)
AHEAD = timedelta(minutes=1)
"""How far the clocks of two machines may differ."""

_SPAN = struct.Struct(">qq")


def draw_secret() -> bytes:
    """32 random bytes, for one session."""
    return secrets.token_bytes(SECRET)


def issue(
    key: SecretKey, secret: bytes, about: str, *, now: datetime, lifetime: timedelta = LIFETIME
) -> bytes:
    """A ticket for a key. `about` says for whom and what, such as `officer/KEY`: it is bound to it.

    Issue a new one with each request to count from the last activity.
    """
    span = _SPAN.pack(_seconds(now), _seconds(now + lifetime))
    content = span + key.use.encode().ljust(16) + key.text.encode()
    return boxes.seal(derive.from_secret(secret, "ticket"), content, about.encode())


def redeem(ticket: bytes, secret: bytes, about: str, *, now: datetime) -> SecretKey:
    """The key in a ticket. Raises: SealError when its time is over, or it is not for this."""
    try:
        content = boxes.unseal(derive.from_secret(secret, "ticket"), ticket, about.encode())
    except boxes.BoxError:
        raise SealError("ticket_wrong") from None
    issued, until = _SPAN.unpack_from(content)
    if not issued - AHEAD.total_seconds() <= _seconds(now) < until:
        raise SealError("ticket_over")
    rest = content[_SPAN.size :].decode()
    return keys.from_text(Use(rest[:16].strip()), rest[16:])


def _seconds(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp())
