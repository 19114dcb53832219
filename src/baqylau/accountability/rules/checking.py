"""Whether a release is what was published: everything that can be said of it offline."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from baqylau.accountability.rules import manifest as own
from baqylau.accountability.rules.anchoring import (
    faults_against,
    point_of,
    points,
    reaches,
    signed_head,
)
from baqylau.accountability.rules.archive import BrokenArchiveError, unpack
from baqylau.accountability.rules.closings import faults_of_cells
from baqylau.accountability.rules.faults import Fault
from baqylau.accountability.rules.tables import (
    EMPTY,
    BrokenTableError,
    are_same,
    read_csv,
    read_json,
)
from baqylau.journal.heads import SignedHead, is_genuine

TABLES = ("cells", "closings", "corrections")
"""Data sets from which the closed periods are computed anew."""


@dataclass(slots=True)
class Report:
    """What was found. `is_anchored`: whether a saved head is the release's own; None: not asked."""

    faults: list[Fault] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    manifest: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    key: str = ""
    is_anchored: bool | None = None

    @property
    def version(self) -> str:
        """What the release calls itself."""
        return str(self.manifest.get("version", ""))


def check(content: bytes, anchors: Sequence[SignedHead] | None = None, key: str = "") -> Report:
    """Everything that can be checked; with saved heads, or with the key that must have signed."""
    report = Report()
    try:
        archive = unpack(content)
    except BrokenArchiveError as error:
        report.faults.append(Fault(error.code, {"name": error.name}))
        return report
    report.files = dict(archive.files)
    if not archive.is_ours:
        report.faults.append(Fault("frame"))
    for step in (_signature, _head, _listed, _described, _same, _closed):
        report.faults += step(report)
    if key and key != report.key:
        report.faults.append(Fault("other_key"))
    if anchors is not None:
        report.faults += _anchored(report, anchors)
    return report


def _object(content: bytes | None) -> dict[str, Any]:
    """A JSON object; an empty one for anything else."""
    try:
        found = json.loads(content or b"")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _signature(report: Report) -> Iterator[Fault]:
    """The manifest, and that it is signed as it is."""
    content = report.files.get(own.MANIFEST, b"")
    report.manifest = _object(content)
    is_ours = report.manifest.get("format") == own.FORMAT
    if not is_ours or not own.VERSION.fullmatch(report.version):
        report.manifest = {}
        yield Fault("no_manifest")
        return
    line = own.read_line(report.files.get(own.SIGNATURE, b""))
    if line is None or line.format != own.FORMAT:
        yield Fault("no_signature")
        return
    report.key = line.key
    if line.version != report.version:
        yield Fault("other_version", {"name": own.SIGNATURE})
    if line.digest != own.sha256(content):
        yield Fault("manifest_changed")
    if not own.is_genuine(line):
        yield Fault("false_signature")


def _journal(report: Report) -> dict[str, Any]:
    found = report.manifest.get("journal")
    return found if isinstance(found, dict) else {}


def _head(report: Report) -> Iterator[Fault]:
    """The signed line of the journal that it carries."""
    head = signed_head(_journal(report))
    if report.manifest and (head is None or not is_genuine(head)):
        yield Fault("head")


def _listed(report: Report) -> Iterator[Fault]:
    """Each file that is listed is there, and no other."""
    listed = report.manifest.get("files")
    known: Mapping[str, Any] = listed if isinstance(listed, dict) else {}
    there = report.files.keys() - {own.MANIFEST, own.SIGNATURE}
    for name in sorted(known.keys() - there):
        yield Fault("missing", {"name": name})
    for name in sorted(there - known.keys()) if report.manifest else ():
        yield Fault("added", {"name": name})
    for name in sorted(there & known.keys()):
        content = report.files[name]
        if known[name] != {"sha256": own.sha256(content), "bytes": len(content)}:
            yield Fault("changed", {"name": name})


def _described(report: Report) -> Iterator[Fault]:
    """The descriptor names the same version, files and hashes."""
    found = _object(report.files.get(own.DESCRIPTOR))
    if not found:
        yield Fault("missing", {"name": own.DESCRIPTOR})
        return
    if found.get("version") != report.version:
        yield Fault("other_version", {"name": own.DESCRIPTOR})
    resources = found.get("resources")
    rows = (
        [row for row in resources if isinstance(row, dict)] if isinstance(resources, list) else []
    )
    said = {str(row.get("path")): row.get("sha256") for row in rows}
    there = {
        name: own.sha256(content)
        for name, content in report.files.items()
        if name.startswith("data/") and content != EMPTY
    }
    for name in sorted(said.keys() ^ there.keys()):
        yield Fault("descriptor", {"name": name})
    for name in sorted(said.keys() & there.keys()):
        if said[name] != there[name]:
            yield Fault("descriptor", {"name": name})


def _same(report: Report) -> Iterator[Fault]:
    """Every data set reads, and its two files hold the same."""
    for name in sorted(report.files):
        code = name.removeprefix("data/").removesuffix(".csv")
        if name != f"data/{code}.csv":
            continue
        try:
            report.tables[code] = read_csv(report.files[name])
        except BrokenTableError:
            yield Fault("no_table", {"name": name})
            continue
        twin = f"data/{code}.json"
        try:
            if not are_same(report.tables[code], read_json(report.files.get(twin, b""))):
                yield Fault("not_same", {"name": code})
        except BrokenTableError:
            yield Fault("no_table", {"name": twin})


def _closed(report: Report) -> Iterator[Fault]:
    """The numbers are those that were signed when their periods were closed."""
    absent = [name for name in TABLES if name not in report.tables]
    if absent:
        yield from (Fault("missing", {"name": f"data/{name}.csv"}) for name in absent)
        return
    try:
        yield from faults_of_cells(*(report.tables[name] for name in TABLES))
    except (ValueError, KeyError, TypeError, AttributeError):
        yield Fault("no_table", {"name": "data/cells.csv"})


def _anchored(report: Report, anchors: Sequence[SignedHead]) -> Iterator[Fault]:
    head = signed_head(_journal(report))
    if head is None:
        return
    report.is_anchored = reaches(head, anchors)
    try:
        named = [point_of(head, report.version), *points(report.tables.get("closings", ()))]
    except (ValueError, KeyError):
        yield Fault("no_table", {"name": "data/closings.csv"})
        return
    yield from faults_against(named, report.key, anchors)
