"""Signed heads: one line a day that fixes everything written before it.

An unkeyed chain can be recomputed by whoever owns the disk, and its tail cut. A head that was
signed, published and saved elsewhere cannot be taken back. Heads of the sealed chain carry no
number: how much was written there on a day is nobody's business.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from baqylau.kernel.errors import DomainError

FORMAT = "baqylau heads 1"
CHAINS = ("default", "sealed")
FILE_LIMIT = 64 * 1024 * 1024
"""Bytes of an anchors file that are read: a hundred years of heads take less."""

_HEX = re.compile(r"[0-9a-f]+")


class AnchorsError(DomainError):
    """An anchors file that cannot be read; `params["line"]` says where."""

    code = "anchors"


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The last entry of a chain on a day; `number` is None for the sealed chain.

    `digest`, `key` (Ed25519, public) and `signature` are hex.
    """

    chain: str
    signed_on: date
    number: int | None
    digest: str
    key: str
    signature: str

    @property
    def line(self) -> str:
        """One line of the text file."""
        return f"{_words(self)} {self.key} {self.signature}"


def _words(head: SignedHead) -> str:
    number = "-" if head.number is None else str(head.number)
    return f"{head.chain} {head.signed_on.isoformat()} {number} {head.digest}"


def message(head: SignedHead) -> bytes:
    """The bytes that are signed: ASCII, parts separated by one space."""
    return f"{FORMAT} {_words(head)}".encode("ascii")


def sign(chain: str, signed_on: date, number: int | None, digest: str, seed: bytes) -> SignedHead:
    """A head signed with the key that grows from the 32-byte seed."""
    key = SigningKey(seed)
    public = bytes(key.verify_key).hex()
    bare = SignedHead(chain, signed_on, number, digest, public, "")
    signature = key.sign(message(bare)).signature.hex()
    return SignedHead(chain, signed_on, number, digest, public, signature)


def is_genuine(head: SignedHead) -> bool:
    """Whether the signature was made over this head by the key that it names."""
    try:
        VerifyKey(bytes.fromhex(head.key)).verify(message(head), bytes.fromhex(head.signature))
    except BadSignatureError:
        return False
    return True


def as_text(heads: Iterable[SignedHead]) -> str:
    """The text file: a first line that names the format, then one line for each head."""
    return "\n".join([f"# {FORMAT}", *(head.line for head in heads)]) + "\n"


def as_json(heads: Iterable[SignedHead]) -> dict[str, object]:
    """The same for JSON."""
    rows = [
        {
            "chain": head.chain,
            "date": head.signed_on.isoformat(),
            "number": head.number,
            "digest": head.digest,
            "key": head.key,
            "signature": head.signature,
        }
        for head in heads
    ]
    return {"format": FORMAT, "heads": rows}


def read(content: bytes) -> list[SignedHead]:
    """The heads of a saved text or JSON file. Raises: AnchorsError."""
    if len(content) > FILE_LIMIT:
        raise AnchorsError("line %(line)s", params={"line": 0})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnchorsError("line %(line)s", params={"line": 1}) from error
    rows = _from_json(text) if text.lstrip().startswith("{") else _from_text(text)
    return [_head(line, parts) for line, parts in rows]


def _from_text(text: str) -> Iterator[tuple[int, Sequence[object]]]:
    lines = text.splitlines()
    if not lines or lines[0].strip() != f"# {FORMAT}":
        raise AnchorsError("line %(line)s", params={"line": 1})
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            yield number, line.split()


def _from_json(text: str) -> Iterator[tuple[int, Sequence[object]]]:
    try:
        content = json.loads(text)
        is_ours = content["format"] == FORMAT
        heads = content["heads"] if is_ours else None
    except (ValueError, KeyError, RecursionError) as error:
        raise AnchorsError("line %(line)s", params={"line": 1}) from error
    if not isinstance(heads, list):
        raise AnchorsError("line %(line)s", params={"line": 1})
    for number, head in enumerate(heads, start=1):
        if not isinstance(head, dict):
            raise AnchorsError("line %(line)s", params={"line": number})
        count = head.get("number")
        names = ("chain", "date", "digest", "key", "signature")
        chain, day, digest, key, signature = (head.get(name) for name in names)
        yield number, (chain, day, "-" if count is None else count, digest, key, signature)


def _head(line: int, parts: Sequence[object]) -> SignedHead:
    try:
        chain, day, number, digest, key, signature = map(str, parts)
        return SignedHead(
            chain=CHAINS[CHAINS.index(chain)],
            signed_on=date.fromisoformat(day),
            number=None if number == "-" else _count(number),
            digest=_hex(digest, 64),
            key=_hex(key, 64),
            signature=_hex(signature, 128),
        )
    except ValueError as error:
        raise AnchorsError("line %(line)s", params={"line": line}) from error


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ValueError(text)
    return int(text)


def _hex(text: str, length: int) -> str:
    if len(text) != length or not _HEX.fullmatch(text):
        raise ValueError(text)
    return text
