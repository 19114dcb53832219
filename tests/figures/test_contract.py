"""What is public is what was fixed: one place reads it, whatever the records say meanwhile."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from baqylau.figures.models import Bin, Bookmark, Cell, Tally
from baqylau.figures.services import close
from baqylau.kernel import clock
from tests.cast import Cast
from tests.consistency import source
from tests.figures.closing import AFTER, CODE, COORDINATOR, cases, cell, quarter

MOST = 60
"""Public pages that are looked at."""
STARTS = ("/numbers/", "/data/")
READERS = frozenset(
    {
        "figures/queries/published.py",
        # What was published before bounds what may be published next.
        "figures/queries/closing.py",
        "figures/services/closing.py",
        "figures/services/correcting.py",
        "figures/verification_closings.py",
    }
)
"""The only files that ask for published rows."""


def asked(names: frozenset[str]) -> Iterator[str]:
    """The files that ask a table for its rows: `Cell.objects`."""
    for path in source.files():
        for node in ast.walk(source.tree(path)):
            if (
                isinstance(node, ast.Attribute)
                and node.attr == "objects"
                and isinstance(node.value, ast.Name)
                and node.value.id in names
            ):
                yield source.name(path)


def imported(prefix: str) -> Iterator[tuple[str, str]]:
    """The files that import from a module, and what."""
    for path in source.files():
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(prefix):
                for each in node.names:
                    yield source.name(path), each.name


def test_published_rows_are_read_in_one_place_and_written_by_two_services() -> None:
    found = set(asked(frozenset({"Cell", "Correction"})))
    training = {name for name in found if "/training" in name}
    assert found - training <= READERS, "read published numbers through queries.published"
    assert "figures/queries/published.py" in found


def test_no_other_room_reads_sums() -> None:
    rows = {"Tally", "Bin", "Bookmark"}
    found = [
        *(where for where, what in imported("baqylau.figures.models") if what in rows),
        *(where for where, _what in imported("baqylau.figures.queries.sums")),
    ]
    assert found
    assert [where for where in found if not where.startswith("figures/")] == []


def pages(client: Client) -> dict[str, str]:
    """Public pages and files about numbers, by address, as links lead to them."""
    found: dict[str, str] = {}
    left = list(STARTS)
    while left and len(found) < MOST:
        address = left.pop(0)
        answer = client.get(address)
        if address in found or answer.status_code != 200 or answer.streaming:
            continue
        found[address] = answer.content.decode("utf-8", "replace")
        if answer["Content-Type"].startswith("text/html"):
            links = re.findall(r'href="(/[^"#]*)"', found[address])
            left += [link for link in links if link.startswith(STARTS) and link not in found]
    return found


@pytest.fixture
def closed(house: None) -> None:
    """A quarter with forty cases that is closed."""
    with clock.frozen(AFTER):
        cases(40)
        close(actor=COORDINATOR, chosen=quarter())


@pytest.mark.django_db(databases=["default", "sealed"])
def test_public_pages_need_no_sums(closed: None, client: Client) -> None:
    with clock.frozen(AFTER):
        before = pages(client)
        for table in (Tally, Bin, Bookmark):
            table.objects.all().delete()
        assert pages(client) == before
    assert "/numbers/" in before


@pytest.mark.django_db(databases=["default", "sealed"])
def test_a_period_that_is_not_closed_shows_on_no_public_page(house: None, client: Client) -> None:
    with clock.frozen(AFTER):
        nothing = pages(client)
        cases(40)
        assert pages(client) == nothing


@pytest.mark.django_db(databases=["default", "sealed"])
def test_desk_and_public_show_the_same_fixed_number(
    closed: None, client: Client, cast: Cast
) -> None:
    row = Cell.objects.get(figure="casework.opened", dimension="", window="own")
    row.answer = {"kind": "exact", "number": 98_765}
    row.save()
    said = re.compile(r"98.?765")
    with clock.frozen(AFTER):
        assert said.search(cast.coordinator.client.get(f"/desk/periods/{CODE}/").text)
        assert said.search(client.get("/numbers/").text)
    assert cell(row.closing, "casework.opened") == row
