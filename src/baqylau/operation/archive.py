"""What is inside an archive: a manifest, then the files that it lists, as a compressed tar.

Stock tools open it: `age -d -i backup.key FILE | tar tz`.
"""

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO

from baqylau.operation.rules import is_member
from baqylau.operation.sealing import DamagedError

FORMAT = 2
"""2: a key may be in it, sealed once more to the recovery keys."""
MANIFEST = "manifest.json"
MANIFEST_LIMIT = 256 * 1024 * 1024
"""Bytes of a manifest that are read: room for a million stored files."""
PIECE = 1 << 20
FAULTS = (
    tarfile.TarError,
    EOFError,
    OSError,
    zlib.error,
    ValueError,
    KeyError,
    TypeError,
    RecursionError,
)
"""What the readers of foreign bytes raise for an archive that is not as it should be."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive: its name there, bytes, SHA-256 (hex)."""

    name: str
    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """What an archive holds and where it comes from.

    `migrations`, `rows` (by table) and `heads` (number and digest of the last journal entry) are
    by database. `engine` is "sqlite" or "postgresql".
    """

    made_at: str
    version: str
    installation: str
    kind: str
    engine: str
    format: int = FORMAT
    migrations: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)


def digest(path: Path) -> str:
    """SHA-256 (hex) of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def member(name: str, path: Path) -> Member:
    """The file as the manifest names it."""
    return Member(name, path.stat().st_size, digest(path))


Tell = Callable[[int], None]
"""Is told of bytes of members as they pass."""


def tell_nobody(_size: int) -> None:
    """Tell nobody."""


def write(
    sink: BinaryIO, manifest: Manifest, places: Mapping[str, Path], tell: Tell = tell_nobody
) -> None:
    """Write the manifest, then every member from its place. Raises: OSError."""
    content = json.dumps(asdict(manifest), ensure_ascii=False).encode()
    with (
        gzip.GzipFile(fileobj=sink, mode="wb", compresslevel=3, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        tar.addfile(_entry(MANIFEST, len(content)), io.BytesIO(content))
        for one in manifest.members:
            with places[one.name].open("rb") as file:
                tar.addfile(_entry(one.name, one.size), _Told(file, tell))


class _Told:
    """A file that tells how much of it was read."""

    def __init__(self, file: BinaryIO, tell: Tell) -> None:
        self._file, self._tell = file, tell

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        piece = self._file.read(size)
        self._tell(len(piece))
        return piece


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


Target = Callable[[Manifest, str], Path | None]


def read(
    source: BinaryIO,
    accept: Callable[[Manifest], None],
    target: Target,
    tell: Tell = tell_nobody,
) -> Manifest:
    """Read an archive to its end, checking every hash.

    `accept` may refuse the manifest before any file is written; `target` says where a member goes
    (None: it is only checked).

    Raises: DamagedError; OSError when a target cannot be written.
    """
    with gzip.GzipFile(fileobj=source, mode="rb") as packed:
        try:
            tar = tarfile.open(fileobj=packed, mode="r|")  # noqa: SIM115 - closed with its source
            entries = iter(tar)
            manifest = _manifest(tar, next(entries, None))
        except FAULTS as error:
            raise DamagedError from error
        accept(manifest)
        expected = {one.name: one for one in manifest.members}
        for entry, content in _files(tar, entries):
            one = expected.pop(entry.name, None)
            if one is None or one.size != entry.size:
                raise DamagedError
            _copy(content, one, target(manifest, one.name), tell)
        if expected:
            raise DamagedError
        _drain(packed)
    return manifest


def _manifest(tar: tarfile.TarFile, entry: tarfile.TarInfo | None) -> Manifest:
    if entry is None or entry.name != MANIFEST or entry.size > MANIFEST_LIMIT:
        raise DamagedError
    file = tar.extractfile(entry)
    if file is None:
        raise DamagedError
    content = json.loads(file.read())
    if content["format"] > FORMAT:
        # What a later format holds is not for us to read; the number is enough to refuse it.
        return Manifest("", "", "", "", "", format=content["format"])
    content["members"] = [Member(**one) for one in content["members"]]
    content["heads"] = {alias: (int(n), str(d)) for alias, (n, d) in content["heads"].items()}
    manifest = Manifest(**content)
    if not all(is_member(one.name) for one in manifest.members):
        raise DamagedError
    return manifest


def _files(
    tar: tarfile.TarFile, entries: Iterator[tarfile.TarInfo]
) -> Iterator[tuple[tarfile.TarInfo, BinaryIO]]:
    while True:
        try:
            entry = next(entries, None)
            content = tar.extractfile(entry) if entry and entry.isreg() else None
        except FAULTS as error:
            raise DamagedError from error
        if entry is None:
            return
        if content is None:
            raise DamagedError
        yield entry, content  # type: ignore[misc]  # an entry that is there has its content


def _copy(content: BinaryIO, one: Member, target: Path | None, tell: Tell) -> None:
    seen = hashlib.sha256()
    sink = target.open("xb") if target else None
    try:
        for piece in _pieces(content):
            seen.update(piece)
            tell(len(piece))
            if sink:
                sink.write(piece)
    finally:
        if sink:
            sink.close()
    if seen.hexdigest() != one.sha256:
        raise DamagedError


def _pieces(content: BinaryIO) -> Iterator[bytes]:
    while True:
        try:
            piece = content.read(PIECE)
        except FAULTS as error:
            raise DamagedError from error
        if not piece:
            return
        yield piece


def _drain(packed: gzip.GzipFile) -> None:
    for _piece in _pieces(packed):  # type: ignore[arg-type]  # gzip reads as any file
        """To the end, so that the checksum of the whole is compared."""


def total(members: Sequence[Member]) -> int:
    """Bytes of all members."""
    return sum(one.size for one in members)
