"""Keeping and forgetting contents."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError

from baqylau.files import store
from baqylau.files.models import StoredFile
from baqylau.kernel import clock

GRACE = timedelta(days=1)
"""How long a content without a record may lie: its record may be in a transaction still open."""


def keep(*, pieces: Iterable[bytes], media_type: str) -> StoredFile:
    """Store a content and its row; the caller's record then refers to it.

    Call it before the transaction: the disk is slow, and a content without a record is swept.

    Raises: DomainError when the disk refuses.
    """
    content = store.write(pieces)
    with transaction.atomic():
        row, _made = StoredFile.objects.get_or_create(
            digest=content.digest,
            defaults={
                "size": content.size,
                "media_type": media_type,
                "created_at": clock.now(),
            },
        )
    return row


def forget(*, digest: str) -> bool:
    """Delete the row and the content; returns False while a record still refers to it."""
    try:
        with transaction.atomic():
            StoredFile.objects.filter(digest=digest).delete()
    except ProtectedError:
        return False
    store.remove(digest)
    return True


def sweep() -> str:
    """Delete unfinished writes and contents that have no row and are older than GRACE."""
    root = Path(settings.FILES_ROOT)
    limit = (clock.now() - GRACE).timestamp()
    known = set(StoredFile.objects.values_list("digest", flat=True))
    old = [part for part in root.glob(".*.part") if part.stat().st_mtime < limit]
    old += [
        store.path_of(digest)
        for digest in store.all_digests()
        if digest not in known and store.path_of(digest).stat().st_mtime < limit
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return f"{len(old)} swept"
