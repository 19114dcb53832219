"""Real archives of either engine, damaged or of a newer version: refused, and nothing is left.

The same program, in the same place, brings the sound archive back at the end: so none of the
refusals can have been for another reason.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from baqylau.operation import archive, sealing
from baqylau.operation.archive import Manifest
from baqylau.operation.backup import backup
from tests.operation.conftest import ROOT, other_place, quiet

pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
Change = Callable[[Manifest], None]
SHARES = (0.0, 0.1, 0.5, 0.9)
"""How much of an archive is left, or where a bit is wrong."""


def cut_off(whole: Path, folder: Path) -> list[Path]:
    """Archives whose end is missing: all of it, much, and the very last byte."""
    content = whole.read_bytes()
    sizes = [*(int(len(content) * share) for share in SHARES), len(content) - 1]
    return [laid(folder / f"cut-{size}.age", content[:size]) for size in sizes]


def flipped(whole: Path, folder: Path) -> list[Path]:
    """Archives with one wrong bit: in the head, in the middle, in the last byte."""
    content = whole.read_bytes()
    places = [25, *(int(len(content) * share) + 300 for share in SHARES[1:]), len(content) - 1]
    found = []
    for place in places:
        wrong = bytearray(content)
        wrong[place] ^= 4
        found.append(laid(folder / f"bit-{place}.age", bytes(wrong)))
    return found


def laid(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def remade(whole: Path, key: Path, target: Path, change: Change) -> Path:
    """The same archive with another manifest, sealed to the same key."""
    folder = target.with_suffix(".members")

    def place(_manifest: Manifest, name: str) -> Path:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        return folder / name

    with sealing.opened(whole, sealing.identities(key)) as source:
        manifest = archive.read(source, lambda _manifest: None, place)
    places = {one.name: folder / one.name for one in manifest.members}
    change(manifest)
    with target.open("wb") as file:
        sealing.seal(
            lambda sink: archive.write(sink, manifest, places), file, [sealing.recipient()]
        )
    return target


def newer_version(manifest: Manifest) -> None:
    manifest.version = "999.0"


def newer_format(manifest: Manifest) -> None:
    manifest.format = archive.FORMAT + 1


def newer_migration(manifest: Manifest) -> None:
    manifest.migrations["sealed"].append("journal.9999_from_the_future")


def other_hash(manifest: Manifest) -> None:
    manifest.members[0] = archive.Member(
        manifest.members[0].name, manifest.members[0].size, "0" * 64
    )


def nothing(_manifest: Manifest) -> None:
    """The archive as it was."""


def tried(home: Path, place: dict[str, str], archives: list[Path]) -> list[dict[str, Any]]:
    """What the program says of each."""
    told = {
        "archives": [str(path) for path in archives],
        "key": str(home / "keys" / sealing.SECRET),
        "into": str(home / "elsewhere" / "new"),
    }
    (home / "elsewhere").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.operation.damager"],
        env=place,
        input=json.dumps(told) + "\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_what_is_damaged_or_newer_is_refused_and_what_is_sound_comes_back(
    home: Path, tmp_path: Path
) -> None:
    key, whole = home / "keys" / sealing.SECRET, backup(home / "out" / "one.age", quiet)
    place = other_place(tmp_path / "clean", "drill")
    damaged = [*cut_off(whole, home / "out"), *flipped(whole, home / "out")]
    damaged.append(remade(whole, key, home / "out" / "hash.age", other_hash))
    newer = [
        remade(whole, key, home / "out" / f"{change.__name__}.age", change)
        for change in (newer_version, newer_format, newer_migration)
    ]
    sound = remade(whole, key, home / "out" / "sound.age", nothing)
    said = tried(home, place, [*damaged, *newer, sound])
    refused, later, last = said[: len(damaged)], said[len(damaged) : -1], said[-1]
    # A wrong bit in the head may also make it an archive for another key.
    assert {one["code"] for one in refused} <= {"damaged", "wrong_key"}
    assert sum(one["code"] == "damaged" for one in refused) >= len(refused) - 1
    assert [one["code"] for one in later] == ["newer"] * 3
    assert all("newer version" in one["said"] for one in later)
    assert [one["left"] for one in said[:-1]] == [[]] * (len(said) - 1)
    assert last["code"] == "restored"
    assert "new" in last["left"]
