"""The console's words for keeping an installation alive."""

import argparse
import json
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from baqylau.journal.heads import FILE_LIMIT, AnchorsError, SignedHead, read
from baqylau.kernel.errors import DomainError
from baqylau.operation import proof, telling
from baqylau.operation.backup import backup
from baqylau.operation.doctor import findings
from baqylau.operation.restore import restore
from baqylau.operation.rules import megabytes
from baqylau.operation.sealing import SECRET, make_key
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


def make_backup_key() -> str:
    """Make the backup key on the first set-up; says what was done."""
    if make_key():
        return _("backup key made: keep a copy of keys/backup.key in another place")
    return _("backup key in place")


def backup_arguments(parser: argparse.ArgumentParser) -> None:
    """`backup TARGET`."""
    parser.add_argument("target", type=Path, help=_("a new file, or a folder for a dated one"))


def make_backup(options: argparse.Namespace) -> int:
    """Make one sealed archive. Raises: DomainError."""
    refuse_unprepared()
    path = backup(options.target, say)
    size = megabytes(path.stat().st_size)
    say(_("Done: %(file)s, %(size)s MB.") % {"file": path, "size": size})
    say(_("The keys are not in it. Keep a copy of keys/ in another place."))
    return 0


def restore_arguments(parser: argparse.ArgumentParser) -> None:
    """`restore ARCHIVE --into FOLDER [--key FILE]`."""
    parser.add_argument("archive", type=Path, help=_("the archive"))
    parser.add_argument("--into", type=Path, required=True, help=_("a folder that is new or empty"))
    default = Path(settings.KEYS) / SECRET
    parser.add_argument("--key", type=Path, default=default, help=_("the secret backup key"))


def bring_back(options: argparse.Namespace) -> int:
    """Restore an archive into an empty place and verify it; returns 1 if something is wrong.

    Raises: DomainError.
    """
    manifest = restore(options.archive, options.into, options.key, say)
    rows = sum(sum(counts.values()) for counts in manifest.rows.values())
    said = {"rows": rows, "when": manifest.made_at, "kind": manifest.kind}
    say(_("Restored as it was at %(when)s: %(rows)s rows, %(kind)s.") % said)
    say(_("Verifying all of it…"))
    found = proof.prove(options.into, options.key.parent, manifest)
    if found == proof.OLDER:
        say(
            _(
                "The archive is of an older version: verify it when “prepare” has brought it "
                "up to date."
            )
        )
    if found == proof.WRONG:
        say(
            _(
                "What is named above was so in the archive already, or a key is missing beside "
                "the backup key."
            )
        )
    say(_("Now, with that folder as BAQYLAU_HOME and your copy of keys/ in it:"))
    say(f"BAQYLAU_MODE={manifest.kind} baqylau prepare")
    say(f"BAQYLAU_MODE={manifest.kind} baqylau verify")
    return 1 if found == proof.WRONG else 0


def no_arguments(_parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def tell_health(_options: argparse.Namespace) -> int:
    """Say what is wrong with the installation; returns 1 if anything is, a warning apart."""
    found = list(findings())
    for finding in found:
        say(f"{'!' if finding.is_warning else '✗'} {finding.what}\n  → {finding.mend}")
    if all(finding.is_warning for finding in found):
        say(_("Nothing wrong was found."))
        return 0
    return 1
