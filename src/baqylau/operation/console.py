"""The console's words for keeping an installation alive."""

import argparse
import json
from pathlib import Path

from django.utils.translation import gettext as _

from baqylau.journal.heads import FILE_LIMIT, AnchorsError, SignedHead, read
from baqylau.kernel.errors import DomainError
from baqylau.operation import telling
from baqylau.operation.services import refuse_unprepared
from baqylau.operation.verify import examine
from baqylau.storage.disk import refusing

KEY_LENGTH = 64


def say(line: str) -> None:
    """Print one line at once."""
    print(line, flush=True)  # noqa: T201 - the console's voice


def verify_arguments(parser: argparse.ArgumentParser) -> None:
    """`verify [--anchors FILE] [--key HEX] [--json]`."""
    parser.add_argument("--anchors", type=Path, help=_("a saved file of signed heads"))
    parser.add_argument("--key", default="", help=_("the public key that must have signed them"))
    parser.add_argument("--json", action="store_true", help=_("answer for a machine"))


def verify(options: argparse.Namespace) -> int:
    """Check everything; returns 0 if nothing is wrong, 1 if something is.

    Raises: DomainError when the file or the key cannot be read.
    """
    key = str(options.key).strip().lower()
    if key and (len(key) != KEY_LENGTH or set(key) - set("0123456789abcdef")):
        raise DomainError(_("A public key is 64 hexadecimal digits."))
    anchors = _anchors(options.anchors) if options.anchors else None
    refuse_unprepared()
    report = examine(anchors, key)
    if options.json:
        say(json.dumps(telling.as_json(report), ensure_ascii=False, indent=1))
    else:
        for line in telling.lines(report):
            say(line)
    return 0 if report.is_sound else 1


def _anchors(path: Path) -> list[SignedHead]:
    with refusing(str(path)), path.open("rb") as file:
        content = file.read(FILE_LIMIT + 1)
    try:
        return read(content)
    except AnchorsError as error:
        raise DomainError(
            _("%(file)s is no file of signed heads: line %(line)s cannot be read."),
            params={"file": path.name, "line": error.params["line"]},
        ) from error
