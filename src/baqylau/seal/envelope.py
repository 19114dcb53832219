"""What stands around the content inside every sealed item, so that it says where it belongs.

    head (256 bytes of text) | content | zeros | foot (32 bytes of text)

The head names report, number, kind and the hash of the item before; its mark can be made only with
the report's secret key, so knowing the public key is not enough to forge an item. The foot says how
long the content is. The whole fills a bucket: sizes say little about what was written.
"""

import hmac
import re
from dataclasses import dataclass

from baqylau.seal.ids import checked_code, checked_id
from baqylau.seal.keys import SecretKey

HEAD, FOOT = 256, 32
FIRST = "0" * 64
"""The hash "before" the first item."""

SMALLEST = 8 * 1024
"""The smallest bucket, bytes: nearly every message fits, so nearly all look alike."""
DOUBLING = 1024 * 1024
"""Up to here buckets double; above, eight steps lead to the double, at most 12.5 % of zeros."""

_FIELDS = re.compile(
    r"baqylau-item 1\nreport ([A-Za-z0-9-]{1,36})\nnumber ([1-9]\d{0,8})\nkind ([a-z_]{1,16})\n"
    r"previous ([0-9a-f]{64})\nmark [0-9a-f]{64}\n *\n"
)
_FOOT = re.compile(rb"\nbaqylau-end (\d{18})\n")


class EnvelopeError(Exception):
    """The plaintext is no envelope of ours, or not one that this key has made."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item belongs: report, number from 1, kind (a code), hash of the item before."""

    report: str
    number: int
    kind: str
    previous: str

    def fields(self) -> str:
        """The lines of the head without the mark. Raises: SealError."""
        return (
            f"baqylau-item 1\nreport {checked_id(self.report)}\nnumber {self.number}\n"
            f"kind {checked_code(self.kind)}\nprevious {self.previous}\n"
        )


def head(key: SecretKey, place: Place) -> bytes:
    """The head of an item. Raises: SealError."""
    fields = place.fields()
    text = f"{fields}mark {key.mark('item', fields).hex()}\n"
    return (text.ljust(HEAD - 1) + "\n").encode()


def read_head(key: SecretKey, found: bytes) -> Place:
    """Where the item says that it belongs. Raises: EnvelopeError."""
    fields = _FIELDS.fullmatch(found.decode("ascii", errors="replace"))
    if fields is None:
        raise EnvelopeError
    place = Place(fields[1], int(fields[2]), fields[3], fields[4])
    if not hmac.compare_digest(head(key, place), found):
        raise EnvelopeError
    return place


def foot(length: int) -> bytes:
    """The foot of a content of so many bytes."""
    return f"\nbaqylau-end {length:018}\n".encode()


def read_foot(found: bytes) -> int:
    """How many bytes the content has. Raises: EnvelopeError."""
    fields = _FOOT.fullmatch(found)
    if fields is None:
        raise EnvelopeError
    return int(fields[1])


def bucket(length: int) -> int:
    """The bytes that an item with a content of so many bytes fills."""
    whole = HEAD + length + FOOT
    if whole <= SMALLEST:
        return SMALLEST
    power = 1 << (whole - 1).bit_length()
    if power <= DOUBLING:
        return power
    step = power // 16
    return -(-whole // step) * step
