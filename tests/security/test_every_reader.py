"""No reader of foreign bytes without its property: the source is searched, nobody remembers."""

import ast
import re
from collections import Counter

import pytest

from baqylau.kernel.modules import registry
from tests.consistency.source import PACKAGE, files, name, tree
from tests.security.doors import DOORS
from tests.security.doors.ours import OURS
from tests.security.readers import found, readers
from tests.security.test_hostile_heads import HEADS

pytestmark = pytest.mark.once
ELSEWHERE = {
    "outreach/views/public.py:_day": "a day of an address: test_hostile_heads asks every page",
    "reports/queries/listing.py:_after": "a place of a list: test_hostile_heads asks every page",
    "web/strangers.py:_is_from_here": "Origin and Referer: test_hostile_heads sends both",
}
"""Readers that take a whole request, with the test that throws requests at them."""


def columns() -> set[str]:
    """The functions that read cells of tables that are brought: of all registered kinds."""
    found = set()
    for kind in registry.gather("imports"):
        for column in kind.columns:
            module = getattr(column.parse, "__module__", "")
            inner = getattr(column.parse, "__qualname__", "").replace("<locals>.", "")
            found.add(f"{module.removeprefix('baqylau.').replace('.', '/')}.py:{inner}")
    return found


def test_every_reader_has_a_door_or_reads_our_own() -> None:
    covered = {reader for door in DOORS for reader in door.covers}
    known = covered | set(OURS) | set(ELSEWHERE) | columns()
    assert sorted(readers() - known) == [], "say in tests/security/doors what comes in there"


def test_nothing_is_said_of_readers_that_are_gone() -> None:
    covered = {reader for door in DOORS for reader in door.covers}
    assert sorted((covered | set(OURS) | set(ELSEWHERE)) - readers()) == []


def test_no_reader_is_both_foreign_and_our_own() -> None:
    counted = Counter([*OURS, *ELSEWHERE])
    counted += Counter({reader for door in DOORS for reader in door.covers})
    assert [reader for reader, times in counted.items() if times > 1] == []
    assert len({door.name for door in DOORS}) == len(DOORS)


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("def f(data):\n    return json.loads(data)", True),
        ("def f(data):\n    return csv.reader(data)", True),
        ("def f(data):\n    with zipfile.ZipFile(data) as packed:\n        return packed", True),
        ("def f(data):\n    return Image.open(data)", True),
        ("def f(data):\n    return _HEAD.unpack_from(data)", True),
        ("def f(data):\n    return pickle.loads(data)", True),
        ("def read_thing(text: str) -> int:\n    return int(text)", True),
        ("def parse_thing(data: bytes) -> int:\n    return data[0]", True),
        ("def reading(row: Row) -> int:\n    return row.n", False),
        ("def f(data):\n    return json.dumps(data)", False),
    ],
)
def test_the_search_for_readers_is_not_blind(line: str, is_found: bool) -> None:
    assert bool(found(ast.parse(line))) is is_found


def test_readers_are_found_in_every_corner() -> None:
    there = readers()
    assert len(there) > 180
    assert len({reader.partition("/")[0] for reader in there}) > 15


def _heads() -> set[str]:
    """The heads of requests that our source names."""
    said = re.compile(r"HTTP_([A-Z_]+)")
    words = set()
    for path in files():
        for node in ast.walk(tree(path)):
            text = node.value if isinstance(node, ast.Constant) else None
            if whole := said.fullmatch(text) if isinstance(text, str) else None:
                words.add(whole[1].replace("_", "-").title())
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "request.headers.get":
                words.add(str(ast.literal_eval(node.args[0])))
    return words


def test_every_head_that_is_read_is_thrown_at_the_site() -> None:
    there = _heads()
    assert {"Origin", "If-None-Match"} <= there
    assert sorted(there - set(HEADS)) == []


def test_no_form_takes_a_file_but_through_fields_that_are_tried() -> None:
    fields = {
        name(path)
        for path in files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"FileField", "ImageField"}
        and "models" not in ast.unparse(node)
    }
    assert fields == FILE_FIELDS
    assert (PACKAGE / "files" / "forms.py").exists()


FILE_FIELDS = {
    "files/forms.py",  # UploadField, a door of its own
    "imports/forms.py",  # a table, read by the door of tables
    "reports/forms/channel.py",  # evidence, sealed as it comes and never taken apart here
    "web/style.py",  # the page of components; nothing is done with it
}
"""Where a form takes a file by Django's own field."""
