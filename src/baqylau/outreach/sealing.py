"""The keys of attendance sheets, sealed under the key of identities.

A scan is sealed under a key of its own; that key stands, sealed, in the sheet's row. The folder of
files alone opens nothing, and neither does a copy of the database.
"""

from typing import Final

from baqylau.contacts.keyring import Ring
from baqylau.contacts.sealing import seal, unseal

FIELD: Final = "sheet"
CONTENT: Final = "sheet"
"""What a scan's sealed pieces say that they belong to."""


def wrap(ring: Ring, row: str, key: bytes) -> bytes:
    """The key of a content, sealed for the row (event's code and sheet's number)."""
    return seal(ring, row, FIELD, key.hex())


def unwrap(ring: Ring, key_id: str, row: str, wrapped: bytes) -> bytes:
    """What `wrap` sealed. Raises: KeyFileError."""
    return bytes.fromhex(unseal(ring, key_id, row, FIELD, wrapped))
