"""Releases, and what the next one would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from baqylau.accountability.models import Release
from baqylau.accountability.queries.datasets import data_files, datasets
from baqylau.accountability.rules import manifest as own
from baqylau.accountability.rules.archive import SIZE, BrokenArchiveError, unpack
from baqylau.accountability.rules.tables import BrokenTableError, Plain, read_json
from baqylau.figures.models import Closing
from baqylau.figures.queries import published as fixed
from baqylau.files import store
from baqylau.kernel.errors import DomainError


class NoReleaseError(DomainError):
    """There is no such release."""

    code = "unknown"
    status = 404


class LostReleaseError(DomainError):
    """A release whose archive is not on the disk."""

    code = "lost"
    status = 503


@dataclass(frozen=True, slots=True)
class Difference:
    """A data set of which rows came, went, or hold something else now."""

    label: Any
    rows: int
    added: int
    removed: int
    changed: int


@dataclass(frozen=True, slots=True)
class Pending:
    """The package as it would be published now; `content` is the digest of its data."""

    content: str
    last: Release | None
    differences: Sequence[Difference]

    @property
    def is_new(self) -> bool:
        """Whether there is anything that the last release does not hold."""
        return self.last is None or self.last.content != self.content


def releases() -> QuerySet[Release]:
    """All releases, the newest first."""
    return Release.objects.select_related("file").order_by("-published_at", "-pk")


def release(version: str) -> Release:
    """The release with the version. Raises: NoReleaseError."""
    found = releases().filter(version=version[:16]).first()
    if found is None:
        raise NoReleaseError(_("There is no such release."))
    return found


def archive_of(found: Release) -> bytes:
    """Its archive. Raises: LostReleaseError."""
    refuse_lost(found)
    with store.read(found.file_id) as file:
        return file.read(SIZE + 1)


def refuse_lost(found: Release) -> None:
    """Refuse a release whose archive is gone. Raises: LostReleaseError."""
    if store.seen(found.file_id) is None:
        raise LostReleaseError(
            _("The file of this release is not here now. Tell us, or come back later.")
        )


def moment(at: datetime) -> str:
    """A moment as files say it: UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def as_of() -> str:
    """When the published numbers last changed; the beginning of time while there are none."""
    times = (
        Closing.objects.aggregate(last=Max("closed_at"))["last"],
        fixed.corrections().aggregate(last=Max("made_at"))["last"],
    )
    known = [at for at in times if at is not None]
    return moment(max(known) if known else datetime(1970, 1, 1, tzinfo=UTC))


def signed_file(found: Release) -> own.Signed:
    """What vouches for the archive as a whole."""
    return own.Signed(
        own.FILE_FORMAT, found.version, found.file_id, found.key, found.file_signature
    )


def pending() -> Pending:
    """What would be published now, against the last release."""
    files = data_files()
    last = releases().first()
    before = _before(last) if last else {}
    found = [
        _difference(each.label, each.key, files[name], before.get(name))
        for each in datasets()
        if (name := f"data/{each.code}.json")
    ]
    return Pending(own.fingerprint(files), last, found)


def _before(last: Release) -> Mapping[str, bytes]:
    try:
        return unpack(archive_of(last)).files
    except (BrokenArchiveError, LostReleaseError):
        return {}


def _difference(label: object, key: Sequence[str], now: bytes, before: bytes | None) -> Difference:
    new, old = _by_key(key, now), _by_key(key, before or b"[]")
    both = new.keys() & old.keys()
    return Difference(
        label,
        rows=len(new),
        added=len(new.keys() - old.keys()),
        removed=len(old.keys() - new.keys()),
        changed=sum(new[place] != old[place] for place in both),
    )


def _by_key(key: Sequence[str], content: bytes) -> dict[tuple[Plain, ...], dict[str, Plain]]:
    try:
        return {tuple(row.get(name) for name in key): row for row in read_json(content)}
    except BrokenTableError:
        return {}
