"""Only reception and outreach may open identities: the contract bites."""

import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.consistency.source import ROOT

pytestmark = pytest.mark.once


def contract() -> dict[str, object]:
    """The contract as the product has it."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    return next(each for each in contracts if each["id"] == "identities")


def _write(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _lint(folder: Path, importers: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    """Judge a tree in which these modules import identities."""
    for room in ("contacts", "reception", "outreach"):
        _write(folder / "baqylau" / room / "__init__.py")
    _write(folder / "baqylau" / "__init__.py")
    _write(folder / "baqylau" / "contacts" / "services.py")
    for importer in importers:
        path = folder / "baqylau" / f"{importer.replace('.', '/')}.py"
        _write(path.parent / "__init__.py")
        _write(path, "from baqylau.contacts import services\n")
    lines = ["[importlinter]", "root_package = baqylau", "", "[importlinter:contract:identities]"]
    for name, value in contract().items():
        if name != "id":
            text = "".join(f"\n    {each}" for each in value) if isinstance(value, list) else value
            lines.append(f"{name} = {text}")
    _write(folder / "linter.ini", "\n".join(lines))
    return subprocess.run(
        [ROOT / ".venv" / "bin" / "lint-imports", "--no-cache", "--config", "linter.ini"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )


ALLOWED = ("reception.services", "outreach.views", "contacts.queries")
REFUSED = ("casework.services", "reports.views", "figures.queries", "web.desk", "surveys.tasks")


def test_another_room_that_imports_identities_is_refused(tmp_path: Path) -> None:
    judged = _lint(tmp_path, (*REFUSED, *ALLOWED))
    assert judged.returncode == 1, judged.stdout
    for importer in REFUSED:
        assert f"baqylau.{importer} -> baqylau.contacts.services" in judged.stdout
    for importer in ALLOWED:
        assert f"baqylau.{importer} -> " not in judged.stdout


def test_the_two_rooms_and_the_room_itself_may(tmp_path: Path) -> None:
    judged = _lint(tmp_path, ALLOWED)
    assert judged.returncode == 0, judged.stdout


def test_only_these_two_are_allowed() -> None:
    assert contract()["protected_modules"] == ["baqylau.contacts"]
    assert contract()["allowed_importers"] == ["baqylau.reception.**", "baqylau.outreach.**"]
