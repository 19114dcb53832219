"""The console's word for a release of open data: check one, offline."""

import argparse
import json
from pathlib import Path

from django.utils.translation import gettext as _

from baqylau.accountability.rules.archive import SIZE
from baqylau.accountability.rules.checking import Report, check
from baqylau.journal.heads import FILE_LIMIT, AnchorsError, SignedHead, read
from baqylau.kernel.errors import DomainError
from baqylau.storage.disk import refusing

KEY_LENGTH = 64
SOUND, WRONG, UNKNOWN = 0, 1, 2
"""Exit statuses: nothing is wrong, something is, it could not be compared with what was saved."""


def verify_arguments(parser: argparse.ArgumentParser) -> None:
    """`verify-release FILE [--anchors FILE] [--key HEX] [--json]`."""
    parser.add_argument("file", type=Path, help=_("the archive of a release"))
    parser.add_argument("--anchors", type=Path, help=_("a saved file of signed heads"))
    parser.add_argument("--key", default="", help=_("the public key that must have signed it"))
    parser.add_argument("--json", action="store_true", help=_("answer for a machine"))


def verify_release(options: argparse.Namespace) -> int:
    """Check a release; returns SOUND, WRONG or UNKNOWN.

    Raises: DomainError when a file or the key cannot be read.
    """
    key = str(options.key).strip().lower()
    if key and (len(key) != KEY_LENGTH or set(key) - set("0123456789abcdef")):
        raise DomainError(_("A public key is 64 hexadecimal digits."))
    anchors = _anchors(options.anchors) if options.anchors else None
    report = check(_bytes(options.file, SIZE + 1), anchors, key)
    if options.json:
        _say(json.dumps(_plain(report), ensure_ascii=False, indent=1))
    else:
        _tell(report)
    if report.faults:
        return WRONG
    return UNKNOWN if report.is_anchored is False else SOUND


def _bytes(path: Path, limit: int) -> bytes:
    with refusing(str(path)), path.open("rb") as file:
        return file.read(limit)


def _anchors(path: Path) -> list[SignedHead]:
    try:
        return read(_bytes(path, FILE_LIMIT + 1))
    except AnchorsError as error:
        raise DomainError(
            _("%(file)s is no file of signed heads: line %(line)s cannot be read."),
            params={"file": path.name, "line": error.params["line"]},
        ) from error


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - the console's voice


def _tell(report: Report) -> None:
    for fault in report.faults:
        _say(f"✗ {fault.sentence}")
    if report.faults:
        _say(_("This is not the release as it was published: do not rely on it."))
        return
    counts = {name: len(rows) for name, rows in report.tables.items()}
    said = {"version": report.version, "when": report.manifest["published_at"]}
    _say(_("Release %(version)s of %(when)s is as it was published.") % said)
    said = {"files": len(report.files), "cells": counts["cells"], "closings": counts["closings"]}
    _say(
        _("%(files)s files, %(cells)s numbers, %(closings)s closed periods: all signatures hold.")
        % said
    )
    _say(_("Signed by the key %(key)s: compare it with the one you know.") % {"key": report.key})
    if report.is_anchored:
        _say(_("The journal's line in it is one of those that you saved."))
    elif report.is_anchored is False:
        _say(
            _(
                "Nothing contradicts your file, but the journal's line of this release is not in "
                "it: save a newer one from the page of the journal."
            )
        )


def _plain(report: Report) -> dict[str, object]:
    return {
        "version": report.version,
        "key": report.key,
        "is_sound": not report.faults,
        "is_anchored": report.is_anchored,
        "faults": [
            {"code": each.code, **each.params, "sentence": each.sentence} for each in report.faults
        ],
    }
