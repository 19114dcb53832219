"""The console's words for keeping an installation alive."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from django.conf import settings
from django.utils.translation import gettext as _
from pyrage import x25519

from baqylau.journal.heads import FILE_LIMIT, AnchorsError, SignedHead, read
from baqylau.kernel.errors import DomainError
from baqylau.operation import (
    beside,
    passphrases,
    proof,
    replaying,
    restore,
    schedule,
    sealing,
    telling,
)
from baqylau.operation.asking import Secrets, two_shares
from baqylau.operation.backup import backup
from baqylau.operation.doctor import findings
from baqylau.operation.restore import Way, refuse_place
from baqylau.operation.rules import megabytes
from baqylau.operation.sealing import SECRET, make_key
from baqylau.operation.services import refuse_unprepared
from baqylau.operation.verify import examine
from baqylau.seal import shares
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
    """`backup [TARGET]`: without one, the folder of the settings."""
    words = _("a new file, or a folder for a dated one; else the folder of the settings")
    parser.add_argument("target", type=Path, nargs="?", help=words)


def make_backup(options: argparse.Namespace) -> int:
    """Make one sealed archive. Raises: DomainError."""
    refuse_unprepared()
    target = options.target or schedule.folder()
    if target is None:
        raise DomainError(
            _("Name a folder for the backup, or set BAQYLAU_BACKUP_FOLDER in the settings.")
        )
    with Meter() as meter:
        path = backup(target, meter.say, meter.show)
    size = megabytes(path.stat().st_size)
    say(_("Done: %(file)s, %(size)s MB.") % {"file": path, "size": size})
    if any(beside.locked_keys(path.parent)):
        say(_("Its key lies beside it, behind the passphrase."))
    else:
        say(_("No key is beside it: run “baqylau backup-passphrase” once."))
    say(_("The other keys are not in it. Keep a copy of keys/ in another place."))
    return 0


class Meter:
    """A line of per cent on a terminal, nothing elsewhere; other lines end it first."""

    def __init__(self) -> None:
        self._is_live = sys.stdout.isatty()
        self._shown = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._end()

    def show(self, done: int, total: int) -> None:
        """Show how far it is, when that is news."""
        share = done * 100 // total if total else 100
        if self._is_live and share > self._shown:
            self._shown = share
            print(f"\r  {share} %", end="", flush=True)  # noqa: T201 - the console's voice

    def say(self, line: str) -> None:
        """Print a line of its own."""
        self._end()
        say(line)

    def _end(self) -> None:
        if self._shown >= 0:
            self._shown = -1
            print()  # noqa: T201 - the console's voice


def passphrase_arguments(parser: argparse.ArgumentParser) -> None:
    """`backup-passphrase [--passphrase-fd N] [--remove-secret]`."""
    _descriptor(parser)
    parser.add_argument(
        "--remove-secret",
        action="store_true",
        help=_("take keys/backup.key away afterwards: only the passphrase opens archives then"),
    )


def _descriptor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-fd",
        type=int,
        metavar="N",
        help=_("read the passphrase from this descriptor, a line for each question"),
    )


def change_passphrase(options: argparse.Namespace) -> int:
    """Put the backup key behind a passphrase. Raises: DomainError."""
    asked = Secrets(options.passphrase_fd)
    path = passphrases.set_passphrase(
        new=lambda: asked.ask_new(_("New passphrase: "), _("Once more: ")),
        present=lambda: asked.ask(_("Present passphrase: ")),
    )
    say(_("Done: %(file)s. Every backup lays a copy beside the archive.") % {"file": path.name})
    say(_("Any age opens it. Two people should know the passphrase: nobody can find it out."))
    if options.remove_secret:
        passphrases.remove_secret()
        say(_("keys/backup.key is gone from this machine."))
    return 0


def restore_arguments(parser: argparse.ArgumentParser) -> None:
    """`restore ARCHIVE --into FOLDER [--key FILE | --shares] …`."""
    parser.add_argument("archive", type=Path, help=_("the archive"))
    parser.add_argument("--into", type=Path, required=True, help=_("a folder that is new or empty"))
    key = parser.add_mutually_exclusive_group()
    words = _("the secret backup key, or that key behind its passphrase")
    key.add_argument("--key", type=Path, help=words)
    words = _("type two shares of the recovery key of reports instead")
    key.add_argument("--shares", action="store_true", help=words)
    _descriptor(parser)
    parser.add_argument("--keys", type=Path, metavar="FOLDER", help=_("your copy of keys/"))
    words = _("the list of erasures, if it does not lie beside the archive")
    parser.add_argument("--erased", type=Path, metavar="FILE", help=words)


def bring_back(options: argparse.Namespace) -> int:
    """Restore an archive into an empty place and verify it; returns 1 if something is wrong.

    Raises: DomainError.
    """
    refuse_place(options.into)
    key = None if options.shares else options.key or _key_for(options.archive)
    with Meter() as meter:
        way = Way(_identities(key, options), meter.say, meter.show, options.erased)
        manifest = restore.bring_back(options.archive, options.into, way)
    rows = sum(sum(counts.values()) for counts in manifest.rows.values())
    said = {"rows": rows, "when": manifest.made_at, "kind": manifest.kind}
    say(_("Restored as it was at %(when)s: %(rows)s rows, %(kind)s.") % said)
    keys = options.keys or (key.parent if key else Path(settings.KEYS))
    for lost in proof.missing(keys, options.into / "keys"):
        said = {"name": lost.name, "opens": lost.opens, "folder": keys}
        say(_("%(name)s is not in %(folder)s. Without it these stay closed: %(opens)s.") % said)
    say(_("Verifying all of it…"))
    found = proof.prove(options.into, keys, manifest)
    for line in _after(found, options.into, manifest.kind):
        say(line)
    return 1 if found == proof.WRONG else 0


def _key_for(archive: Path) -> Path:
    """This installation's key, else the one that lies beside the archive. Raises: DomainError."""
    own = Path(settings.KEYS) / SECRET
    found = beside.locked_keys(archive.parent) if not own.exists() else []
    if len(found) > 1:
        raise DomainError(
            _("Several keys lie beside the archive: choose one with --key %(file)s."),
            params={"file": found[0].name},
        )
    return found[0] if found else own


def _identities(key: Path | None, options: argparse.Namespace) -> list[x25519.Identity]:
    """What opens the archive. Raises: DomainError; SealError for shares."""
    if key is None:
        held = [shares.read(typed) for typed in two_shares()]
        return [shares.rebuild(held, public="").identity()]
    content = sealing.content(key)
    if passphrases.is_locked(content):
        question = _("Passphrase of %(file)s: ") % {"file": key.name}
        content = passphrases.unlock(
            content, Secrets(options.passphrase_fd).ask(question), key.name
        )
    return sealing.read_identities(content, key.name)


def _after(found: str, into: Path, kind: str) -> Iterator[str]:
    """What a restore says at its end."""
    if found == proof.OLDER:
        yield _(
            "The archive is of an older version: verify it when “prepare” has brought it "
            "up to date."
        )
    if found == proof.WRONG:
        yield _(
            "What is named above was so in the archive already, or a key is missing beside "
            "the backup key."
        )
    if (into / "var" / replaying.NAME).exists():
        yield _("Those who were erased are still in it: “prepare” erases them again.")
    yield _("Now, with that folder as BAQYLAU_HOME and your copy of keys/ in it:")
    yield f"BAQYLAU_MODE={kind} baqylau prepare"
    yield f"BAQYLAU_MODE={kind} baqylau verify"


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
