"""The console's words for identities."""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from baqylau.contacts.queries import erasures
from baqylau.contacts.services import begin_anew, rotate
from baqylau.contacts.services.erasing import clean_pages
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import registry
from baqylau.storage.disk import refusing

HEAD = "# baqylau erasures 1"
"""The first line, so that a list of nobody is told from an empty file."""

LINE = re.compile(r"([0-9a-f]{16})\t\d{4}-\d\d-\d\d")
LIMIT = 50_000_000
"""Bytes of a list that are read: a million people."""


def no_arguments(_parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def replay_arguments(parser: argparse.ArgumentParser) -> None:
    """`contacts replay FILE`."""
    parser.add_argument("file", type=Path, help=_("what “contacts erased” printed"))


def rotate_arguments(parser: argparse.ArgumentParser) -> None:
    """`contacts rotate [--lost]`."""
    parser.add_argument(
        "--lost", action="store_true", help=_("the key file is lost for good: begin a new one")
    )


def run_rotate(options: argparse.Namespace) -> int:
    """Change the key and say how many were sealed anew. Raises: DomainError."""
    if options.lost and begin_anew():
        print(_("A new key was made. Those kept before stay closed."))  # noqa: T201 - the console's voice
        return 0
    rows = rotate()
    print(  # noqa: T201 - the console's voice
        _("Sealed anew: %(count)s. The old key is gone. Copy keys/contacts.key to your backup now.")
        % {"count": rows}
    )
    return 0


def run_erased(_options: argparse.Namespace) -> int:
    """Print the head, then key, tab, day of everybody who was erased."""
    print(HEAD)  # noqa: T201 - the console's voice
    sys.stdout.writelines(f"{key}\t{day.isoformat()}\n" for key, day in erasures())
    return 0


def run_replay(options: argparse.Namespace) -> int:
    """Erase again, in every room, those whom a list names; returns 0.

    Raises: DomainError when the file cannot be read or is no such list: nothing is erased then.
    """
    keys = list(_read(options.file))
    # Upper rooms first: they may ask whose phone it is while the person's own row is there.
    rooms = list(reversed(registry.gather("erase")))
    rows = sum(each.run(key) for key in keys for each in rooms)
    clean_pages()
    said = _("In the list: %(count)s. Rows erased: %(rows)s.")
    print(said % {"count": len(keys), "rows": rows})  # noqa: T201 - the console's voice
    return 0


def _read(path: Path) -> Iterator[str]:
    with refusing(path.name):
        is_long = path.stat().st_size > LIMIT
        text = "" if is_long else path.read_text(encoding="ascii", errors="replace")
    head, *lines = text.splitlines() or [""]
    if head != HEAD:
        raise _no_list(1)
    for number, line in enumerate(lines, start=2):
        found = LINE.fullmatch(line)
        if found is None:
            raise _no_list(number)
        yield found[1]


def _no_list(number: int) -> DomainError:
    return DomainError(
        _("This is no list of erasures (line %(number)s). Nothing was erased."),
        params={"number": number},
    )
