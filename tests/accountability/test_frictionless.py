"""The package as a stranger's program sees it: the reference validator of Data Packages."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.accountability.releasing import archive, validate

pytestmark = [pytest.mark.django_db(databases=["default", "sealed"]), pytest.mark.once]


@pytest.fixture
def unpacked(house: None, tmp_path: Path) -> Path:
    """The descriptor of an unpacked release."""
    with zipfile.ZipFile(io.BytesIO(archive())) as release:
        release.extractall(tmp_path)
    return tmp_path / "datapackage.json"


def test_frictionless_finds_nothing_to_object_to(unpacked: Path) -> None:
    report = validate(unpacked)
    assert report["valid"] is True, json.dumps(report, indent=1)[:6_000]
    tasks = report["tasks"]
    assert isinstance(tasks, list)
    names = {row["name"] for row in json.loads(unpacked.read_text())["resources"]}
    assert {task["name"] for task in tasks} == names


def test_frictionless_notices_a_changed_row(unpacked: Path) -> None:
    table = unpacked.parent / "data" / "cells.csv"
    table.write_bytes(table.read_bytes().replace(b",exact,", b",guess,", 1))
    assert validate(unpacked)["valid"] is False
