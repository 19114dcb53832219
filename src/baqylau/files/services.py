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
    """Delete the row and the content; returns False while a record still refers to it.

    The content goes when the transaction around it has been committed: what is rolled back has its
    content still. Somebody who stores the same content meanwhile keeps it.
    """
    only = store.seen(digest)
    try:
        with transaction.atomic():
            StoredFile.objects.filter(digest=digest).delete()
            if only:
                transaction.on_commit(lambda: _remove(digest, only))
    except ProtectedError:
        return False
    return True


def _remove(digest: str, only: tuple[int, int]) -> None:
    if not StoredFile.objects.filter(digest=digest).exists():
        store.remove(digest, only)


def sweep() -> str:
    """Delete unfinished writes and contents that have no row and are older than GRACE."""
    root = Path(settings.FILES_ROOT)
    limit = (clock.now() - GRACE).timestamp()
    store.put_back()
    parts = [part for part in root.glob(".*.part") if _is_older(part, limit)]
    for part in parts:
        part.unlink(missing_ok=True)
    # The files first, then the rows: a content that gets its row in between is not taken.
    old = {
        digest: only
        for digest in store.all_digests()
        if (only := store.seen(digest)) and only[1] < limit * 1_000_000_000
    }
    known = set(StoredFile.objects.values_list("digest", flat=True))
    gone = sum(store.remove(one, only) for one, only in old.items() if one not in known)
    return f"{len(parts) + gone} swept"


def _is_older(path: Path, limit: float) -> bool:
    try:
        return path.stat().st_mtime < limit
    except FileNotFoundError:  # Its writer has just finished.
        return False
