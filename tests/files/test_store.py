"""The content store: whole or not at all, found by what it holds."""

import hashlib
import os
import resource
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.files import store
from baqylau.files.models import StoredFile
from baqylau.files.services import GRACE, forget, keep, sweep
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError


@pytest.fixture(autouse=True)
def root(settings: object, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]  # the fixture is typed as an object
    return tmp_path / "files"


def _left(root: Path) -> list[str]:
    return [path.name for path in root.rglob("*") if path.is_file()]


def test_a_content_is_found_by_its_hash() -> None:
    content = store.write([b"one ", b"two"])
    assert content.digest == hashlib.sha256(b"one two").hexdigest()
    with store.read(content.digest) as file:
        assert file.read() == b"one two"


def test_the_same_content_lies_there_once(root: Path) -> None:
    assert store.write([b"same"]) == store.write([b"sa", b"me"])
    assert len(_left(root)) == 1


def test_a_write_that_breaks_off_leaves_nothing(root: Path) -> None:
    def breaks() -> Iterator[bytes]:
        yield b"begun"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.write(breaks())
    assert _left(root) == []


def test_a_full_disk_is_one_sentence_and_leaves_nothing(root: Path) -> None:
    store.write([b"before"])
    child = os.fork()
    if child == 0:  # A limit on file sizes stands for the full disk, in a process of its own.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
        try:
            store.write([b"x" * 4096])
        except DomainError as error:
            os._exit(0 if error.code == "not_stored" else 2)
        os._exit(1)
    _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert len(_left(root)) == 1


@pytest.mark.parametrize("digest", ["../../etc/passwd", "A" * 64, "0" * 63, "", "0" * 63 + "/"])
def test_only_a_digest_becomes_a_path(digest: str) -> None:
    with pytest.raises(ValueError, match="not a digest"):
        store.path_of(digest)


def test_a_flipped_bit_is_noticed() -> None:
    content = store.write([b"evidence"])
    assert not store.damaged(content.digest)
    store.path_of(content.digest).write_bytes(b"evidencf")
    assert store.damaged(content.digest)
    store.remove(content.digest)
    assert store.damaged(content.digest)


@pytest.mark.django_db(transaction=True)
def test_a_kept_content_is_forgotten_with_its_row() -> None:
    row = keep(pieces=[b"kept"], media_type="text/plain")
    assert keep(pieces=[b"kept"], media_type="text/plain").pk == row.pk
    assert forget(digest=row.digest)
    assert not StoredFile.objects.exists()
    assert store.damaged(row.digest)


@pytest.mark.django_db(transaction=True)
def test_a_forgetting_that_is_rolled_back_loses_nothing() -> None:
    row = keep(pieces=[b"kept"], media_type="text/plain")

    class ChangedMindError(Exception):
        """Something later in the same transaction failed."""

    def change_ones_mind() -> None:
        with transaction.atomic():
            assert forget(digest=row.digest)
            raise ChangedMindError

    with pytest.raises(ChangedMindError):
        change_ones_mind()
    assert StoredFile.objects.filter(digest=row.digest).exists()
    assert not store.damaged(row.digest)


@pytest.mark.django_db(transaction=True)
def test_who_stores_the_same_content_meanwhile_keeps_it() -> None:
    row = keep(pieces=[b"kept"], media_type="text/plain")
    with transaction.atomic():
        forget(digest=row.digest)
        # Somebody else has just written it, and their row is still to come.
        store.write([b"kept"])
    assert not store.damaged(row.digest)


@pytest.mark.django_db(transaction=True)
def test_a_content_that_has_its_row_again_stays() -> None:
    row = keep(pieces=[b"kept"], media_type="text/plain")
    with transaction.atomic():
        forget(digest=row.digest)
        StoredFile.objects.create(
            digest=row.digest, size=4, media_type="text/plain", created_at=clock.now()
        )
    assert not store.damaged(row.digest)


def test_only_the_file_that_was_seen_is_removed() -> None:
    first = store.write([b"same"])
    only = store.seen(first.digest)
    assert only is not None
    time.sleep(0.01)
    store.write([b"same"])
    assert not store.remove(first.digest, only)
    assert not store.damaged(first.digest)
    again = store.seen(first.digest)
    assert again is not None
    assert store.remove(first.digest, again)
    assert store.damaged(first.digest)
    assert not store.remove(first.digest, again), "safe to repeat"
    assert store.seen(first.digest) is None


@pytest.mark.django_db
def test_what_a_dying_process_had_put_aside_comes_back(root: Path) -> None:
    row = keep(pieces=[b"kept"], media_type="text/plain")
    store.path_of(row.digest).rename(root / f".{row.digest}.aside")
    assert store.damaged(row.digest)
    assert sweep() == "0 swept"
    assert not store.damaged(row.digest)
    assert _left(root) == [row.digest]


@pytest.mark.django_db
def test_the_sweep_minds_a_row_that_came_while_it_looked(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    orphan = store.write([b"orphan"])
    digests = store.all_digests

    def slowly() -> Iterator[str]:
        yield from digests()
        keep(pieces=[b"orphan"], media_type="text/plain")

    monkeypatch.setattr(store, "all_digests", slowly)
    with clock.frozen(clock.now() + GRACE + timedelta(minutes=1)):
        assert sweep() == "0 swept"
    assert not store.damaged(orphan.digest)


@pytest.mark.django_db
def test_the_sweep_takes_old_contents_without_a_row_and_nothing_else(root: Path) -> None:
    kept = keep(pieces=[b"kept"], media_type="text/plain")
    orphan = store.write([b"orphan"])
    (root / ".unfinished.part").write_bytes(b"half")
    assert sweep() == "0 swept", "they may belong to a transaction that is still open"
    with clock.frozen(clock.now() + GRACE + timedelta(minutes=1)):
        assert sweep() == "2 swept"
    assert _left(root) == [kept.digest]
    assert store.damaged(orphan.digest)


@given(st.lists(st.binary(max_size=2000), max_size=20))
@settings(max_examples=50)
def test_pieces_never_change_what_is_stored(pieces: list[bytes]) -> None:
    content = store.write(pieces)
    assert content.size == sum(map(len, pieces))
    with store.read(content.digest) as file:
        assert file.read() == b"".join(pieces)
