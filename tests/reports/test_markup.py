"""The pages that only a sent form leads to are valid HTML, those of the desk too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from baqylau.institutions import services
from baqylau.kernel.access import Actor
from baqylau.reports.services import admission
from baqylau.territories import services as territories
from tests.cast import Cast
from tests.reports.browsing import Reporter
from tests.reports.making import House
from tests.reports.test_evidence import upload
from tools import html

pytestmark = [
    pytest.mark.django_db(databases=["default", "sealed"]),
    pytest.mark.browser,
    pytest.mark.once,
]
WRITE = "/desk/reports/write/"


@pytest.fixture(autouse=True)
def _a_register() -> Iterator[None]:
    admission.forget()
    territories.seed()
    office = {"name_kk": "№ 5 мектеп", "kind": "school", "ownership": "state"}
    services.create(actor=Actor("editor"), fields={**office, "district_id": "311000000"})
    yield
    admission.forget()


def of_a_reporter() -> Iterator[str]:
    """Every page on the way, with lists, files, faults and both of the receipt."""
    reporter = Reporter().open("/report/new/")
    turns: tuple[tuple[str, dict[str, object]], ...] = (
        ("next", {}),
        ("find", {"office": "мектеп"}),
        ("next", {}),
        ("next", {"story": "Бірінші жол\nекінші жол"}),
        ("add", {"files": [upload(), upload("бос.jpg", b"")]}),
        ("next", {}),
        ("find", {"avoid_words": "мектеп"}),
        ("next", {}),
        ("next", {"name": "ә" * 301}),
        ("next", {"name": "Әсел"}),
        ("send", {"wants_slip": "on"}),
    )
    for go, typed in turns:
        yield reporter.press(go, "/report/new/", **typed).html
    yield reporter.press("", "/report/receipt/", last="1").html
    yield reporter.open("/report/").press("begin-whole").html


def at_the_desk(cast: Cast) -> Iterator[str]:
    reporter = Reporter(client=cast.adviser.client).open(WRITE)
    for go in ("find", "review", "turn", "send"):
        yield reporter.press(go, WRITE).html


def test_pages_behind_a_button_are_valid(ready: House, cast: Cast, tmp_path: Path) -> None:
    pages = [*of_a_reporter(), *at_the_desk(cast)]
    for number, page in enumerate(pages):
        (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
    assert len(pages) == 17
    assert html.findings(tmp_path) == []
