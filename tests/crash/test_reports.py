"""A report is sent while the process dies or the disk fills up, at every write step.

Nobody gets a receipt for a report that is not stored, no stored report is lost, none is half there,
and whoever sends the same page again gets the one receipt.
"""

import json
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from baqylau.kernel import clock
from baqylau.reports import store
from baqylau.reports.models import Item, Part, Report, Wrap, new_id
from baqylau.reports.queries.contents import open_file, open_part
from baqylau.reports.rules.contents import loaded, read_head
from baqylau.reports.services.drafts import begin_draft, forget_old_drafts
from baqylau.reports.services.retention import sweep
from baqylau.seal import receipts, wraps
from tests.crash.conftest import Tell
from tests.crash.filer import EVIDENCE, submit
from tests.reports.conftest import folders, ready, still
from tests.reports.making import House

__all__ = ["folders", "ready", "still"]
pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
ROOT = Path(__file__).resolve().parents[2]
MOST = 200
"""More write steps than a submission has."""
Page = dict[str, Any]


def make_page(kill: int = 0, room: int = 0) -> Page:
    """A page with evidence, to be sent; its story is its own."""
    draft = begin_draft()
    page = {"id": new_id(), "secret": receipts.draw_secret(), "kill": kill, "room": room}
    return page | {"draft": [draft.id, draft.secret], "story": f"Ақша сұрады: {page['id']}"}


def send(pages: list[Page]) -> dict[str, dict[str, Any]]:
    """What other processes said of the pages before they ended; nothing of those that died."""
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    told = {
        "databases": {
            alias: {key: str(connections[alias].settings_dict[key]) for key in names}
            for alias in ("default", "sealed")
        },
        "folders": {
            key: str(getattr(settings, key)) for key in ("FILES_ROOT", "SPOOL_ROOT", "KEYS")
        },
        "pages": pages,
    }
    # So that SQLite's log begins anew, and its size is that of what follows.
    connections.close_all()
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash.filer"],
        input=json.dumps(told) + "\n",
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        check=True,
        timeout=600,
    )
    said = [json.loads(line) for line in done.stdout.splitlines()]
    return {one["id"]: one for one in said}


def check(page: Page, receipt: str) -> None:
    """The report that the receipt names is whole, and the one that was sent."""
    report = Report.objects.get(pk=page["id"])
    assert receipt[:6] == report.locator
    assert report.lock is not None
    key = wraps.open_with_receipt(
        receipts.read(receipt), report.pk, bytes(report.lock), public=report.public
    )
    items = open_part(key, report, Part.REPORT)
    assert loaded(items[0].content)["story"] == page["story"]
    with open_file(key, report, Part.REPORT, 2) as opened:
        assert read_head(opened).size == len(EVIDENCE)
        assert opened.read() == EVIDENCE
    assert Item.objects.filter(report=report, part=Part.NAME).count() == 1
    assert Wrap.objects.filter(report=report).count() == 4


def check_all(pages: list[Page], said: dict[str, dict[str, Any]]) -> None:
    """No receipt without its report; the page sent again gives the one receipt; nothing is left."""
    for page in pages:
        given = said.get(page["id"], {}).get("receipt", "")
        if given:
            check(page, given)
        again = submit(page)
        assert again == (given or again)
        check(page, again)
    assert Report.objects.count() == len(pages)
    # The processes that sent had the real clock.
    with clock.frozen(datetime.now(UTC) + timedelta(days=2)):
        forget_old_drafts()
        sweep()
    named = set(Item.objects.filter(ciphertext=None).values_list("digest", flat=True))
    assert store.all_digests() == named
    assert len(named) == len(pages)


def test_a_process_killed_at_any_write_step_gives_no_false_receipt_and_loses_no_report(
    ready: House, told: Tell, crash_rounds: int
) -> None:
    whole = make_page()
    steps = int(send([whole])[whole["id"]]["steps"])
    assert 20 < steps < MOST
    stride = 1 if crash_rounds > 1 else 4
    first = random.Random(crash_rounds).randrange(1, stride + 1)  # noqa: S311 - where to begin
    pages = [make_page(kill=at) for at in range(first, steps + 1, stride)]
    said = send(pages)
    late = {page["id"]: int(page["kill"]) for page in pages}
    assert all(int(one["steps"]) < late[key] for key, one in said.items()), "who lived was done"
    assert len(said) < len(pages) / 2, "most of them died"
    assert Report.objects.count() > 1, "some died after the commit, with no receipt given"
    check_all([whole, *pages], said)
    told(
        f"{connection.vendor}: a report sent and killed at {len(pages)} of {steps} write steps: "
        f"0 receipts without a report, 0 reports lost, half or doubled"
    )


@pytest.mark.once
def test_a_disk_that_fills_up_at_any_point_gives_no_false_receipt_and_loses_no_report(
    ready: House, told: Tell, crash_rounds: int
) -> None:
    stride = 4 if crash_rounds > 1 else 24
    pages = [make_page(room=room * 1_024) for room in range(4, 240, stride)]
    said = send(pages)
    refused = [one["error"] for one in said.values() if not one["receipt"]]
    assert set(refused) <= {"DomainError", "FullError"}
    assert refused, "some met the full disk"
    assert len(refused) < len(pages), "and some had room"
    check_all(pages, said)
    told(
        f"a report sent on a disk that fills up at {len(pages)} points: {len(refused)} refused, "
        f"0 receipts without a report, 0 lost, half or doubled"
    )
