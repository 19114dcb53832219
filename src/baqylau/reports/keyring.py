"""The secret behind the tickets of open channels: made once, in keys/, the same on every node.

It opens nothing that is stored: a ticket lives a quarter of an hour in a page of the reporter. With
a new secret every open channel asks for its receipt once more, and that is all.
"""

from pathlib import Path
from typing import Final

from django.conf import settings

from baqylau.seal import tickets
from baqylau.storage.disk import refusing, write_new

NAME: Final = "reports.key"


def path() -> Path:
    """Where it lies: 64 hex digits, readable by its owner alone."""
    return Path(settings.KEYS) / NAME


def secret() -> bytes:
    """The 32 bytes; made now if there are none, or none that can be read.

    Raises: DomainError when keys/ cannot be read or written.
    """
    with refusing("keys/" + NAME):
        write_new(path(), tickets.draw_secret().hex().encode() + b"\n")
        text = path().read_text(encoding="ascii", errors="replace").strip()
        try:
            found = bytes.fromhex(text)
        except ValueError:
            found = b""
        if len(found) != tickets.SECRET:
            path().unlink(missing_ok=True)
            write_new(path(), tickets.draw_secret().hex().encode() + b"\n")
            found = bytes.fromhex(path().read_text(encoding="ascii").strip())
    return found
