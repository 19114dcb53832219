"""All that a thief of the machine finds, and every way in which a text may stand there."""

import base64
import gzip
import io
import json
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pyrage
from django.conf import settings
from django.core import mail
from django.db import connections

from baqylau.operation import sealing
from baqylau.operation.backup import backup
from baqylau.operation.services import mark_installation


def database_bytes(alias: str) -> bytes:
    """The files of the database as they lie there, its log among them; or every row as text."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        found = sorted(name.parent.glob(name.name + "*"))
        return b"".join(path.read_bytes() for path in found)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting FROM pg_config() WHERE name = 'BINDIR'")
        tool = f"{cursor.fetchone()[0]}/pg_dump"
    chosen = connection.settings_dict
    command = [tool, "--host", str(chosen["HOST"]), "--username", str(chosen["USER"])]
    return subprocess.run([*command, str(chosen["NAME"])], check=True, capture_output=True).stdout


def folder_bytes(*folders: Path) -> bytes:
    """The names and contents of all files below."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return b"".join(str(path).encode() + b"\n" + path.read_bytes() for path in files)


def backup_bytes(home: Path) -> bytes:
    """What is inside a backup, for whoever holds the backup key."""
    (home / "out").mkdir(exist_ok=True)
    sealing.make_key()
    mark_installation()
    archive = backup(home / "out", lambda _line: None)
    keys = sealing.identities(Path(settings.KEYS) / sealing.SECRET)
    plain = gzip.decompress(pyrage.decrypt(archive.read_bytes(), keys))
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        files = [tar.extractfile(each) for each in tar.getmembers()]
        return b"".join(file.read() for file in files if file is not None)


def mail_bytes() -> bytes:
    """Every letter that was sent."""
    return b"".join(letter.message().as_bytes() for letter in getattr(mail, "outbox", []))


def shapes(text: str | bytes) -> Iterator[bytes]:
    """The ways in which a text may stand in a file: encodings, escapes, hexadecimal, Base64."""
    if isinstance(text, str):
        yield text.encode("utf-16-le")
        yield text.lower().encode()
        yield text.upper().encode()
        yield json.dumps(text)[1:-1].encode()
        yield json.dumps(text).replace("\\u", "\\\\u")[1:-1].encode()
    whole = text.encode() if isinstance(text, str) else text
    yield whole
    yield whole.hex().encode()
    yield whole.hex().upper().encode()
    for shift in range(3):
        # What stands before decides how Base64 groups the rest; its edges are left out.
        yield base64.b64encode(bytes(shift) + whole)[4:-4]
        yield base64.urlsafe_b64encode(bytes(shift) + whole)[4:-4]


def found_in(dump: bytes, texts: dict[str, str | bytes]) -> list[str]:
    """Which of the texts (by what they are) stand somewhere in the dump."""
    return [
        name
        for name, text in texts.items()
        if any(len(shape) >= 8 and shape in dump for shape in shapes(text))
    ]
