"""What a release says of itself, and what is signed."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

FORMAT = "baqylau release 1"
FILE_FORMAT = "baqylau release file 1"
MANIFEST, SIGNATURE, DESCRIPTOR = "release.json", "release.sig", "datapackage.json"
VERSION = re.compile(r"[12][0-9]{3}\.[0-4]\.[1-9][0-9]{0,3}")
_LINE = re.compile(
    rf"(?P<format>{FORMAT}|{FILE_FORMAT}) (?P<version>{VERSION.pattern}) "
    r"(?P<digest>[0-9a-f]{64}) (?P<key>[0-9a-f]{64}) (?P<signature>[0-9a-f]{128})\n"
)


@dataclass(frozen=True, slots=True)
class Signed:
    """A line that vouches for a file: its SHA-256, the public key and the signature, all hex."""

    format: str
    version: str
    digest: str
    key: str
    signature: str

    @property
    def line(self) -> str:
        """As it stands in a file."""
        return f"{_words(self)} {self.key} {self.signature}\n"


def _words(signed: Signed) -> str:
    return f"{signed.format} {signed.version} {signed.digest}"


def sha256(content: bytes) -> str:
    """The digest of a content, hex."""
    return hashlib.sha256(content).hexdigest()


def sign(form: str, version: str, content: bytes, seed: bytes) -> Signed:
    """Vouch for the content with the key that grows from the 32-byte seed."""
    signer = SigningKey(seed)
    bare = Signed(form, version, sha256(content), bytes(signer.verify_key).hex(), "")
    signature = signer.sign(_words(bare).encode("ascii")).signature.hex()
    return Signed(form, version, bare.digest, bare.key, signature)


def read_line(content: bytes) -> Signed | None:
    """The line of a file; None for anything else."""
    found = _LINE.fullmatch(content.decode("latin-1"))
    return Signed(**found.groupdict()) if found else None


def is_genuine(signed: Signed) -> bool:
    """Whether the signature was made over this line by the key that it names."""
    words = _words(signed).encode("ascii")
    try:
        VerifyKey(bytes.fromhex(signed.key)).verify(words, bytes.fromhex(signed.signature))
    except BadSignatureError:
        return False
    return True


def written(content: object) -> bytes:
    """JSON for people and machines: two spaces, letters as they are, a line feed at the end."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def listed(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """SHA-256 and bytes of each file by its name."""
    return {
        name: {"sha256": sha256(content), "bytes": len(content)}
        for name, content in sorted(files.items())
    }


def fingerprint(files: Mapping[str, bytes]) -> str:
    """One digest of all data files: the same data, the same digest, whenever they are written."""
    return sha256(written({name: sha256(files[name]) for name in sorted(files)}))


def next_version(year: int, quarter: int, taken: set[str]) -> str:
    """The next edition of a quarter: 2026.3.1, then 2026.3.2."""
    edition = 1
    while f"{year}.{quarter}.{edition}" in taken:
        edition += 1
    return f"{year}.{quarter}.{edition}"
