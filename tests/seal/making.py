"""What the tests of sealing share: costs that take no time, keys, a report with a few items."""

from dataclasses import dataclass

import pytest

from baqylau.seal import items, keys
from baqylau.seal.derive import Cost
from baqylau.seal.errors import SealError
from baqylau.seal.items import Entry
from baqylau.seal.keys import SecretKey, Use

QUICK = Cost(passes=1, memory=8)
"""The least that Argon2id takes; the real costs have a test each."""


@dataclass(frozen=True)
class Report:
    """A sealed report as a caller keeps it."""

    id: str
    key: SecretKey
    entries: list[Entry]
    ciphertexts: list[bytes]


def report(*contents: bytes, name: str = "r-1", key: SecretKey | None = None) -> Report:
    """A report whose items hold these contents."""
    made = Report(name, key or keys.generate(Use.REPORT), [], [])
    for content in contents:
        place = items.following(made.id, "message", made.entries)
        ciphertext, sealed = items.seal(made.key, place, content)
        made.entries.append(sealed.entry)
        made.ciphertexts.append(ciphertext)
    return made


def refused(code: str) -> pytest.RaisesExc[SealError]:
    """The block is refused with this code, and the sentence can be said in each language."""
    return pytest.RaisesExc(
        SealError,
        check=lambda error: (
            error.code == code and all(error.sentence(each) for each in ("kk", "ru", "en"))
        ),
    )
