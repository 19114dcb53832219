"""The archive of an exported report: ciphertexts, one wrapped key, how to open them without us."""

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Final, Protocol

import pyrage

from baqylau.seal import keys
from baqylau.seal.keys import SecretKey

PIECE: Final = 64 * 1024
KEY_FILE: Final = "report-key.age"
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in it: none is told."""

COMMANDS: Final = f"""\
age -d -i one-time.key {KEY_FILE} > report.key
for item in items/*.age; do
  age -d -i report.key "$item" > plain
  length=$(tail -c 32 plain | tr -dc '0-9' | sed 's/^0*//')
  tail -c +257 plain | head -c "${{length:-0}}" > "${{item%.age}}.content"
done
sha256sum -c manifest.sha256
"""
README: Final = f"""\
ҚАЗАҚША
Мұнда мөрленген бір хабар бар. Оны ашу үшін тек «age» бағдарламасы (age-encryption.org) мен экспорт
кезінде бір рет көрсетілген кілт керек: кілтті «one-time.key» деген файлға бір жол етіп жазып, осы
папкада мына командаларды орындаңыз. Файл болса, бірінші жолы оның аты мен түрін айтады, қалғаны –
файлдың өзі: «tail -n +2». Хабарлаған адамның аты-жөні мұнда жоқ.

РУССКИЙ
Здесь одно запечатанное сообщение. Чтобы открыть его, нужны только программа «age»
(age-encryption.org) и ключ, который был один раз показан при выгрузке: запишите его одной строкой в
файл «one-time.key» и выполните в этой папке команды ниже. Если это файл, первая строка называет его
имя и вид, остальное – сам файл: «tail -n +2». Имени сообщившего здесь нет.

ENGLISH
This is one sealed report. To open it you need the program "age" (age-encryption.org) and the key
that was shown once at the export: write it as one line into a file "one-time.key" and run the
commands below in this folder. Where it is a file, the first line tells its name and kind, the rest
is the file: "tail -n +2". The reporter's name is not in here.

{COMMANDS}"""


class Target(Protocol):
    """Whatever is written from its beginning to its end."""

    def write(self, data: bytes, /) -> object:
        """Take bytes."""
        ...


class _OneWay:
    """A target of which an archive cannot ask where it is."""

    def __init__(self, target: Target) -> None:
        self._target = target

    def write(self, data: bytes) -> int:
        """Pass bytes on."""
        self._target.write(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An item: number, SHA-256 of its ciphertext in hex, and how it is opened for reading."""

    number: int
    digest: str
    read: Callable[[], IO[bytes]]

    @property
    def name(self) -> str:
        """Its file in the archive."""
        return f"items/{self.number:04}.age"


def write_bundle(
    target: Target, key: SecretKey, public: str, report: str, pieces: Sequence[Piece]
) -> None:
    """Write the archive: R to `public` (age1…), the items as they are, README and manifest.

    Raises: SealError when `public` is no key; whatever reading a piece raises.
    """
    lines = f"# report {report}\n# public {key.public}\n{key.text}\n"
    wrapped = pyrage.encrypt(lines.encode(), [keys.recipient(public)])
    manifest = [(sha256(wrapped).hexdigest(), KEY_FILE)]
    manifest += [(piece.digest, piece.name) for piece in pieces]
    listed = "".join(f"{digest}  {name}\n" for digest, name in manifest)
    with zipfile.ZipFile(_OneWay(target), "w") as archive:  # type: ignore[call-overload] # only writes
        _put(archive, "README.txt", README.encode())
        _put(archive, "manifest.sha256", listed.encode())
        _put(archive, KEY_FILE, wrapped)
        for piece in pieces:
            with piece.read() as source, archive.open(_named(piece.name), "w") as entry:
                while part := source.read(PIECE):
                    entry.write(part)


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(_named(name), content)


def _named(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, EPOCH)
    info.external_attr = 0o600 << 16
    return info
