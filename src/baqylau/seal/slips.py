"""Filing slips: a signed proof that something was filed on a day, without saying what.

The mark on a slip is a commitment made with the report's secret key: it tells nobody which report
it is about, until somebody who can open the report hands out the proof. Once a week a signed list
of the slips' hashes is published, filled with random ones to a multiple of 64: the list does not
show how many there were, and a slip that is missing from it shows that something was removed.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from baqylau.seal import derive
from baqylau.seal.errors import SealError
from baqylau.seal.items import Entry
from baqylau.seal.keys import SecretKey

FILL = 64
"""The number of hashes in a list is a multiple of this."""
FIRST_LIST = "0" * 64
"""The hash "before" the first list."""
LONGEST = 5_000_000
"""Characters of a list that are read: some 70,000 slips in a week."""

_SITE = re.compile(r"[a-z0-9.-]{1,100}")
_SLIP = re.compile(
    r"baqylau-slip 1\nsite ([a-z0-9.-]{1,100})\nday (\d{4}-\d\d-\d\d)\nmark ([0-9a-f]{64})\n"
)
_LIST = re.compile(
    r"baqylau-slips 1\nsite ([a-z0-9.-]{1,100})\nweek (\d{4}-W\d\d)\nprevious ([0-9a-f]{64})\n"
    r"((?:slip [0-9a-f]{64}\n)+)"
)
_SIGNED = re.compile(r"(.*\n)signature ([0-9a-f]{128})\n?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip whose signature is right: which site, which day, the mark, its hash in lists."""

    site: str
    on: date
    mark: str
    hash: str


@dataclass(frozen=True, slots=True)
class WeekList:
    """A list whose signature is right; `hash` is what the next list names as the one before."""

    site: str
    week: str
    previous: str
    slips: frozenset[str]
    hash: str


class Standing(StrEnum):
    """What a list says about a slip."""

    LISTED = "listed"
    MISSING = "missing"  # the site signed the slip, and left it out of the list of its week
    OTHER = "other"  # another site's list, or another week's


def proof(key: SecretKey) -> bytes:
    """What shows, together with the report's id and first hash, which report a slip is about."""
    return key.mark("slip")


def _mark(shown: bytes, report: str, first: Entry) -> str:
    return derive.from_secret(shown, "mark", report, first.digest).hex()


def make(signing: bytes, key: SecretKey, report: str, first: Entry, *, site: str, on: date) -> str:
    """The text of a slip; made again it is the same.

    `signing` is the 32-byte seed of the site's Ed25519 key. Raises: SealError.
    """
    mark = _mark(proof(key), report, first)
    text = f"baqylau-slip 1\nsite {_checked(site)}\nday {on.isoformat()}\nmark {mark}\n"
    return _signed(signing, text)


def read(text: str, public: bytes) -> Slip:
    """A slip as it was handed out; `public` is the site's Ed25519 key. Raises: SealError."""
    body = _verified(text, public)
    found = _SLIP.fullmatch(body)
    if found is None:
        raise SealError("slip_unreadable")
    try:
        on = date.fromisoformat(found[2])
    except ValueError:
        raise SealError("slip_unreadable") from None
    return Slip(found[1], on, found[3], _hash(body))


def is_about(slip: Slip, shown: bytes, report: str, first: Entry) -> bool:
    """Whether the proof ties the slip to this report and its first item."""
    return secrets.compare_digest(slip.mark, _mark(shown, report, first))


def week_of(on: date) -> str:
    """The ISO week of a day, such as 2026-W48."""
    year, week, _weekday = on.isocalendar()
    return f"{year:04}-W{week:02}"


def make_list(
    signing: bytes, slips: Iterable[str], *, site: str, week: str, previous: str = FIRST_LIST
) -> str:
    """The signed list of a week from the hashes of its slips, sorted, with random ones between.

    Publish it once and keep it: made again it has other random hashes. Raises: SealError.
    """
    real = set(slips)
    whole = max(1, -(-len(real) // FILL)) * FILL
    hashes = real | {secrets.token_hex(32) for _ in range(whole - len(real))}
    lines = "".join(f"slip {each}\n" for each in sorted(hashes))
    head = f"baqylau-slips 1\nsite {_checked(site)}\nweek {week}\nprevious {previous}\n"
    if not _LIST.fullmatch(head + lines):
        raise SealError("slip_unreadable")
    return _signed(signing, head + lines)


def read_list(text: str, public: bytes) -> WeekList:
    """A published list. Raises: SealError."""
    body = _verified(text, public)
    found = _LIST.fullmatch(body)
    hashes = frozenset(re.findall(r"^slip (.{64})$", body, re.MULTILINE))
    if found is None or len(hashes) % FILL or len(hashes) != body.count("\nslip "):
        raise SealError("slip_unreadable")
    return WeekList(found[1], found[2], found[3], hashes, _hash(body))


def standing(slip: Slip, published: WeekList) -> Standing:
    """What the list of a week says about a slip."""
    if (slip.site, week_of(slip.on)) != (published.site, published.week):
        return Standing.OTHER
    return Standing.LISTED if slip.hash in published.slips else Standing.MISSING


def _checked(site: str) -> str:
    if not _SITE.fullmatch(site):
        raise SealError("bad_id")
    return site


def _hash(body: str) -> str:
    return sha256(body.encode()).hexdigest()


def _signed(signing: bytes, body: str) -> str:
    return f"{body}signature {SigningKey(signing).sign(body.encode()).signature.hex()}\n"


def _verified(text: str, public: bytes) -> str:
    found = _SIGNED.fullmatch(text[:LONGEST].replace("\r\n", "\n"))
    if found is None:
        raise SealError("slip_unreadable")
    try:
        VerifyKey(public).verify(found[1].encode(), bytes.fromhex(found[2]))
    except (CryptoError, ValueError):
        raise SealError("slip_unsigned") from None
    return found[1]
