"""docs/add-a-module.md shows the sample as it is, and the tour names every room."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from baqylau.kernel.modules import Module
from tests.docs import pages

pytestmark = pytest.mark.once

GUIDE = pages.DOCS / "add-a-module.md"
TOUR = pages.DOCS / "tour.md"
SAMPLE = pages.ROOT / "tests" / "sample"
PACKAGE = pages.ROOT / "src" / "baqylau"
LISTING = re.compile(
    r"^### (tests/sample/[\w./]+)\n\n.*?^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


def test_the_listings_are_the_files() -> None:
    listings = dict(LISTING.findall(pages.text(GUIDE)))
    files = [path for path in SAMPLE.rglob("*.py") if "__pycache__" not in path.parts]
    assert listings == {pages.name(path): pages.text(path) for path in files}


def test_every_field_of_the_descriptor_is_explained() -> None:
    named = set(re.findall(r"^\| `(\w+)` \|", pages.text(GUIDE), re.MULTILINE))
    assert {field.name for field in fields(Module)} - {"code", "label"} - named == set()


def _rooms() -> set[str]:
    return {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def _layers() -> list[set[str]]:
    """The layers of the import contract "rooms", highest first."""
    text = (pages.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text.split('id = "rooms"', 1)[1].split("layers = [", 1)[1].split("]", 1)[0]
    return [set(re.findall(r"[a-z]+", line)) for line in re.findall(r'"([^"]+)"', block)]


def test_every_room_has_its_paragraph_in_the_tour() -> None:
    described = set(re.findall(r"^### (\w+)$", pages.text(TOUR), re.MULTILINE))
    assert _rooms() - described == set()
    assert described - {room for layer in _layers() for room in layer} == set()


def test_the_tour_draws_the_layers_as_they_are_enforced() -> None:
    drawing = next(pages.fences(TOUR, ""))
    drawn = [set(re.findall(r"[a-z]+", line.split("   ")[0])) for line in drawing.splitlines()]
    assert drawn == _layers()


@pytest.mark.parametrize("name", ["rules", "models", "queries", "services", "forms", "views"])
def test_the_tour_names_the_files_of_a_room(name: str) -> None:
    assert f"`{name}.py`" in pages.text(TOUR)
    assert any(Path(PACKAGE).glob(f"*/{name}*"))
