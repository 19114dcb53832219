"""The console's words for identities."""

import argparse
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from baqylau.contacts.services import begin_anew, rotate
from baqylau.kernel import erasures
from baqylau.kernel.errors import DomainError
from baqylau.storage.disk import refusing


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
    sys.stdout.write(erasures.written(erasures.known()))
    return 0


def run_replay(options: argparse.Namespace) -> int:
    """Erase again, in every room, those whom a list names; returns 0.

    Raises: DomainError when the file cannot be read or is no such list: nothing is erased then.
    """
    with refusing(options.file.name), options.file.open("rb") as file:
        content = file.read(erasures.LIMIT + 1)
    try:
        keys = erasures.read(content)
    except erasures.ListError as error:
        raise DomainError(
            _("This is no list of erasures (line %(number)s). Nothing was erased."),
            params={"number": error.line},
        ) from error
    rows = erasures.replay(keys)
    said = _("In the list: %(count)s. Rows erased: %(rows)s.")
    print(said % {"count": len(keys), "rows": rows})  # noqa: T201 - the console's voice
    return 0
