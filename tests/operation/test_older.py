"""An archive of an older version comes back, is brought up to date, and forgets who was erased."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from baqylau.kernel import erasures
from baqylau.operation import archive, copies, replaying, rules, sealing
from baqylau.operation.archive import Manifest
from baqylau.operation.queries import ALIASES, unseen
from tests.operation.conftest import ROOT, baqylau, other_place

pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
SITE = "0123abcd"
GONE = "0" * 16


def made(place: dict[str, str], folder: Path) -> Manifest:
    """The databases of the old version in the folder, and what its archive would say of them."""
    Path(place["BAQYLAU_HOME"]).mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.operation.older", str(folder)],
        env=place,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    when, key = "2026-03-05T09:00:00+00:00", f"{SITE}-0000-0000-0000-000000000000"
    manifest = Manifest(when, "0.0.1", key, "training", connection.vendor, format=1)
    for alias, found in json.loads(done.stdout).items():
        manifest.migrations[alias] = found["migrations"]
        manifest.rows[alias] = found["rows"]
        manifest.heads[alias] = tuple(found["head"])
    return manifest


def sealed(manifest: Manifest, folder: Path, path: Path) -> None:
    """Seal those databases as an archive."""
    names = [f"{alias}.{copies.SUFFIX[connection.vendor]}" for alias in ALIASES]
    places = {f"db/{name}": folder / name for name in names}
    manifest.members = [archive.member(name, file) for name, file in places.items()]
    with path.open("wb") as target:
        sealing.seal(
            lambda sink: archive.write(sink, manifest, places), target, [sealing.recipient()]
        )


def test_an_archive_of_an_older_version_is_brought_up_to_date_by_prepare(
    tools: None, tmp_path: Path, settings: Settings
) -> None:
    settings.KEYS = tmp_path / "keys"
    sealing.make_key()
    (tmp_path / "out").mkdir()
    manifest = made(other_place(tmp_path / "old", "older"), tmp_path / "out")
    assert all(unseen(names) for names in manifest.migrations.values())
    path = tmp_path / "out" / "old.age"
    sealed(manifest, tmp_path / "out", path)
    listed = erasures.written({GONE: "2026-03-06"})
    (tmp_path / "out" / rules.erasures_name(SITE)).write_text(listed)

    place = other_place(tmp_path / "old", "newer")
    new = tmp_path / "new"
    key = ("--key", str(tmp_path / "keys" / sealing.SECRET))
    done = baqylau(place, "restore", str(path), "--into", str(new), *key)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "of an older version" in done.stdout
    assert "“prepare” erases them again" in done.stdout
    place["BAQYLAU_HOME"] = str(new)
    early = baqylau(place, "verify")
    assert (early.returncode, "baqylau prepare" in early.stderr) == (2, True)
    prepared = baqylau(place, "prepare")
    assert prepared.returncode == 0, prepared.stderr
    assert "in the list: 1" in prepared.stdout
    assert not (new / "var" / replaying.NAME).exists()
    verified = baqylau(place, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "sealed journal: entries checked: 2" in verified.stdout
    assert GONE in baqylau(place, "contacts", "erased").stdout
