"""Publishing a release: all data of now in one archive that never changes again."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.accountability import describing
from baqylau.accountability.access import RELEASE
from baqylau.accountability.models import Release
from baqylau.accountability.queries.datasets import data_files, datasets
from baqylau.accountability.queries.releases import moment, releases
from baqylau.accountability.rules import manifest as own
from baqylau.accountability.rules.archive import pack
from baqylau.accountability.rules.checking import check
from baqylau.figures.models import Closing
from baqylau.figures.rules.spans import quarter_of
from baqylau.files.services import keep
from baqylau.journal import keys
from baqylau.journal.heads import SignedHead
from baqylau.journal.models import Entry, Head
from baqylau.journal.services import append, sign_heads
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.figures import Span
from baqylau.kernel.permissions import require


class NothingNewError(DomainError):
    """The last release holds the same."""

    code = "nothing_new"


def publish_release(*, actor: Actor, expected: str = "") -> Release:
    """Publish all data of now; `expected` is the digest of the data that somebody saw before.

    Everything slow comes before the transaction, and the archive is checked as any reader would.

    Raises: NotAllowedError; NothingNewError; ConflictError when the data are others than expected,
    or changed meanwhile; DomainError without a key or a disk.
    """
    require(actor, RELEASE)
    newest = _newest()
    files = data_files()
    content = own.fingerprint(files)
    if expected and expected != content:
        raise ConflictError(_("The numbers have changed since you looked: look once more."))
    last = releases().first()
    _refuse_same(last, content)
    seed = keys.seed()
    sign_heads()
    version = _version(newest)
    now = clock.now()
    journal = _journal()
    manifest = _with_descriptor(files, version, now, journal, last)
    signed = own.sign(own.FORMAT, version, manifest, seed)
    files |= {own.MANIFEST: manifest, own.SIGNATURE: signed.line.encode()}
    archive = pack(files)
    if faults := check(archive).faults:
        raise ConflictError(
            _("The package would not hold: %(fault)s Nothing was published."),
            params={"fault": faults[0].sentence},
        )
    vouched = own.sign(own.FILE_FORMAT, version, archive, seed)
    stored = keep(pieces=[archive], media_type="application/zip")
    with transaction.atomic():
        if _version(newest) != version:
            raise ConflictError(_("Somebody published a release at the same moment."))
        made = Release.objects.create(
            version=version,
            published_at=now,
            person=actor.key,
            file=stored,
            content=content,
            manifest=manifest.decode(),
            key=signed.key,
            signature=signed.signature,
            file_signature=vouched.signature,
            number=journal["number"],
            head=journal["digest"],
        )
        append(
            action="accountability.released",
            actor=actor,
            subject=f"release:{version}",
            payload={"manifest": signed.digest, "file": stored.digest},
        )
    return made


def _newest() -> Closing:
    """The closed period that names the release: the newest quarter, else what there is."""
    found = Closing.objects.order_by("-first_on")
    newest = found.filter(span=Span.QUARTER.value).first() or found.first()
    if newest is None:
        raise NothingNewError(_("No period is closed yet, so there is nothing to publish."))
    return newest


def _refuse_same(last: Release | None, content: str) -> None:
    if last is not None and last.content == content:
        raise NothingNewError(
            _("Nothing has changed since release %(version)s."), params={"version": last.version}
        )


def _version(newest: Closing) -> str:
    """Year, quarter (0 while only years are closed) and edition."""
    quarter = 0 if newest.span == Span.YEAR else quarter_of(newest.first_on)
    taken = set(Release.objects.values_list("version", flat=True))
    return own.next_version(newest.first_on.year, quarter, taken)


def _journal() -> dict[str, Any]:
    """The last line of the journal, and the newest signed line."""
    last = Entry.objects.using("default").order_by("-number").first()
    head = Head.objects.filter(chain=Head.Chain.DEFAULT).order_by("-signed_on").first()
    if last is None or head is None:
        raise DomainError(_("Nothing is written in the journal yet."))
    signed = SignedHead(
        head.chain, head.signed_on, head.number, head.digest, head.key, head.signature
    )
    return {"number": last.number, "digest": last.digest, "signed": signed.line}


def _with_descriptor(
    files: dict[str, bytes],
    version: str,
    now: datetime,
    journal: dict[str, Any],
    last: Release | None,
) -> bytes:
    """Add the descriptor to the files; returns the manifest over all of them."""
    created = moment(now)
    described = describing.descriptor(datasets(), files, version, created)
    files[own.DESCRIPTOR] = own.written(described)
    previous = own.sha256(last.manifest.encode()) if last else None
    return own.written(
        {
            "format": own.FORMAT,
            "version": version,
            "published_at": created,
            "is_training": settings.IS_TRAINING,
            "licence": describing.LICENCE["name"],
            "licence_url": describing.LICENCE["path"],
            "previous": {"version": last.version, "sha256": previous} if last else None,
            "journal": journal,
            "files": own.listed(files),
        }
    )
