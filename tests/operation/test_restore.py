"""Archives that are damaged, foreign, newer or malicious: one sentence, and nothing is left."""

import gzip
import io
import sqlite3
import tarfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pyrage import x25519
from pytest_django import Settings

from baqylau import __version__
from baqylau.journal.rules import GENESIS
from baqylau.kernel.errors import DomainError
from baqylau.operation import archive, copies, sealing
from baqylau.operation.archive import Manifest, Member
from baqylau.operation.restore import restore
from baqylau.operation.sealing import DamagedError

pytestmark = pytest.mark.once
COLUMNS = "number, at, action, actor, subject, payload, digest"
Change = Callable[[Manifest], None]


@pytest.fixture
def place(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    settings.KEYS = tmp_path / "keys"
    sealing.make_key()
    for alias in ("sealed", "default"):
        with closing(sqlite3.connect(tmp_path / f"{alias}.sqlite3")) as database:
            database.execute(f"CREATE TABLE journal_entry ({COLUMNS})")
    with translation.override("en"):
        yield tmp_path


def manifest_of(place: Path) -> tuple[Manifest, dict[str, Path]]:
    places = {f"db/{a}.sqlite3": place / f"{a}.sqlite3" for a in ("sealed", "default")}
    manifest = Manifest("2026-03-05T09:00:00+00:00", __version__, "k", "training", "sqlite")
    for alias in ("sealed", "default"):
        manifest.migrations[alias] = ["journal.0001_initial"]
        manifest.rows[alias] = copies.look(place / f"{alias}.sqlite3").rows
        manifest.heads[alias] = (0, GENESIS)
    manifest.members = [archive.member(name, path) for name, path in places.items()]
    return manifest, places


def sealed(place: Path, change: Change = lambda _manifest: None) -> Path:
    manifest, places = manifest_of(place)
    change(manifest)
    path = place / "one.age"
    with path.open("wb") as target:
        sealing.seal(
            lambda sink: archive.write(sink, manifest, places), target, [sealing.recipient()]
        )
    return path


def bring_back(place: Path, path: Path) -> None:
    restore(path, place / "new", place / "keys" / sealing.SECRET, lambda _line: None)


def nothing_is_left(place: Path) -> bool:
    return not (place / "new").exists() and not list(place.glob(".*.part"))


def test_a_sound_archive_comes_back(place: Path) -> None:
    bring_back(place, sealed(place))
    assert (place / "new" / "var" / "db" / "sealed.sqlite3").exists()


@given(share=st.floats(0, 1, exclude_max=True))
@examples(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_archive_that_was_cut_off_is_refused(place: Path, share: float) -> None:
    content = sealed(place).read_bytes()
    cut = place / "cut.age"
    cut.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DomainError):
        bring_back(place, cut)
    assert nothing_is_left(place)


@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@examples(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_archive_with_one_wrong_bit_is_refused(place: Path, share: float, bit: int) -> None:
    content = bytearray(sealed(place).read_bytes())
    content[int(len(content) * share)] ^= 1 << bit
    wrong = place / "wrong.age"
    wrong.write_bytes(content)
    with pytest.raises(DomainError):
        bring_back(place, wrong)
    assert nothing_is_left(place)


def test_something_after_the_end_is_refused(place: Path) -> None:
    path = sealed(place)
    path.write_bytes(path.read_bytes() + b"more")
    with pytest.raises(DamagedError):
        bring_back(place, path)
    assert nothing_is_left(place)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip", b"age-encryption.org/v1\n"])
def test_a_file_of_another_kind_is_refused(place: Path, content: bytes) -> None:
    path = place / "other"
    path.write_bytes(content)
    with pytest.raises(DamagedError):
        bring_back(place, path)
    assert nothing_is_left(place)


def _newer_version(manifest: Manifest) -> None:
    manifest.version = "999.0"


def _newer_format(manifest: Manifest) -> None:
    manifest.format = archive.FORMAT + 1


def _newer_migration(manifest: Manifest) -> None:
    manifest.migrations["sealed"].append("journal.9999_from_the_future")


@pytest.mark.parametrize("change", [_newer_version, _newer_format, _newer_migration])
def test_an_archive_of_a_newer_version_is_refused_by_that_name(place: Path, change: Change) -> None:
    with pytest.raises(DomainError, match="newer version"):
        bring_back(place, sealed(place, change))
    assert nothing_is_left(place)


def _other_rows(manifest: Manifest) -> None:
    manifest.rows["default"]["journal_entry"] = 7


def _other_head(manifest: Manifest) -> None:
    manifest.heads["default"] = (7, "f" * 64)


def _other_hash(manifest: Manifest) -> None:
    manifest.members[1] = replace(manifest.members[1], sha256="f" * 64)


@pytest.mark.parametrize("change", [_other_rows, _other_head, _other_hash])
def test_content_that_is_not_what_the_manifest_says_is_refused(place: Path, change: Change) -> None:
    with pytest.raises(DamagedError):
        bring_back(place, sealed(place, change))
    assert nothing_is_left(place)


def crafted(place: Path, *entries: tuple[tarfile.TarInfo, bytes]) -> Path:
    """An archive that our own writer would not make, sealed to the right key."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        for entry, content in entries:
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    path = place / "crafted.age"
    with path.open("wb") as target:
        content = gzip.compress(plain.getvalue())
        sealing.seal(lambda sink: _write(sink, content), target, [sealing.recipient()])
    return path


def _write(sink: BinaryIO, content: bytes) -> None:
    sink.write(content)


def test_a_member_that_leads_out_of_its_folder_is_refused(place: Path) -> None:
    def outside(manifest: Manifest) -> None:
        manifest.members.append(Member("files/../../../out", 0, "e" * 64))

    manifest, places = manifest_of(place)
    outside(manifest)
    (place / "empty").touch()
    path = place / "one.age"
    with path.open("wb") as target:
        sealing.seal(
            lambda sink: archive.write(
                sink, manifest, {**places, "files/../../../out": place / "empty"}
            ),
            target,
            [sealing.recipient()],
        )
    with pytest.raises(DamagedError):
        bring_back(place, path)
    assert nothing_is_left(place)


def test_archives_that_nobody_honest_would_make_are_refused(place: Path) -> None:
    link = tarfile.TarInfo("files/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc"
    stranger = tarfile.TarInfo("files/stranger")
    for entries in (
        [],
        [(stranger, b"x")],
        [(tarfile.TarInfo(archive.MANIFEST), b"not json")],
        [(tarfile.TarInfo(archive.MANIFEST), b"{}")],
        [(tarfile.TarInfo(archive.MANIFEST), b"[" * 100_000)],
        [(link, b"")],
    ):
        with pytest.raises(DamagedError):
            bring_back(place, crafted(place, *entries))
        assert nothing_is_left(place)


def test_another_key_does_not_open_an_archive_and_says_so(place: Path) -> None:
    other = place / "other.key"
    other.write_text(f"{x25519.Identity.generate()}\n")
    with pytest.raises(DomainError, match="does not open"):
        restore(sealed(place), place / "new", other, lambda _line: None)
    assert nothing_is_left(place)


@pytest.mark.parametrize("content", [b"", b"# only a comment\n", b"AGE-SECRET-KEY-1X", b"\xff\x00"])
def test_a_file_without_a_key_is_one_sentence(place: Path, content: bytes) -> None:
    other = place / "other.key"
    other.write_bytes(content)
    with pytest.raises(DomainError, match="holds no key"):
        restore(sealed(place), place / "new", other, lambda _line: None)


def test_a_missing_key_or_archive_is_one_sentence(place: Path) -> None:
    path = sealed(place)
    with pytest.raises(DomainError, match="no such place"):
        bring_back(place, place / "gone.age")
    (place / "keys" / sealing.SECRET).unlink()
    with pytest.raises(DomainError, match="no such place"):
        bring_back(place, path)


def test_a_place_that_is_not_empty_is_refused_and_kept(place: Path) -> None:
    path = sealed(place)
    (place / "new").mkdir()
    (place / "new" / "work").write_text("mine")
    with pytest.raises(DomainError, match="not empty"):
        bring_back(place, path)
    assert (place / "new" / "work").read_text() == "mine"
    (place / "new" / "work").unlink()
    bring_back(place, path)


def test_a_link_is_no_place_to_restore_into(place: Path) -> None:
    path = sealed(place)
    (place / "elsewhere").mkdir()
    (place / "new").symlink_to(place / "elsewhere")
    with pytest.raises(DomainError, match="not empty"):
        bring_back(place, path)
    assert not list((place / "elsewhere").iterdir())
