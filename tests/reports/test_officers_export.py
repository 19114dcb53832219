"""A report leaves the house by two officers, once; and all of it by the pages."""

import io
import shutil
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from baqylau.casework.models import Case
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.reports.models import Export, Report
from baqylau.reports.rules.contents import Kind, dumped
from baqylau.reports.services import exporting, noting
from baqylau.reports.taxonomy import ExportReason
from baqylau.seal import keys
from baqylau.seal.errors import SealError
from baqylau.seal.keys import Use
from baqylau.territories.services import seed as seed_territories
from tests.casework.making import AKIMAT, TARAZ, make_bodies
from tests.cast import Cast
from tests.reports.making import STORY, file, make_house
from tests.reports.officers import (
    MARK,
    OTHER,
    Officer,
    fresh,
    page,
    reporter_says,
)

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
AGE = shutil.which("age")


def agreed(pair: list[Officer], report: Report) -> Export:
    asked = exporting.ask_export(actor=pair[0].held.actor, report=report, reason=ExportReason.COURT)
    exporting.agree_export(actor=pair[1].held.actor, export=asked)
    return Export.objects.get(pk=asked.pk)


def taken(pair: list[Officer], export: Export, public: str) -> bytes:
    talk = pair[0].talk(export.report)
    actor = pair[0].held.actor
    with exporting.take_export(actor=actor, export=export, talk=talk, public=public) as archive:
        return archive.read()


def test_nobody_exports_alone_and_nobody_twice(pair: list[Officer]) -> None:
    _filed, report = file()
    public = keys.generate(Use.REPORT).public
    actor = pair[0].held.actor
    asked = exporting.ask_export(actor=actor, report=report, reason=ExportReason.COURT)
    with pytest.raises(ConflictError):
        exporting.ask_export(actor=actor, report=report, reason=ExportReason.COURT)
    with pytest.raises(DomainError):
        exporting.agree_export(actor=actor, export=asked)
    with pytest.raises(DomainError):
        taken(pair, asked, public)
    exporting.agree_export(actor=pair[1].held.actor, export=asked)
    with pytest.raises(ConflictError):
        exporting.agree_export(actor=Actor("officer-3"), export=asked)
    export = Export.objects.get()
    with pytest.raises(DomainError):
        taken(pair[::-1], export, public)
    assert taken(pair, export, public)
    with pytest.raises(ConflictError):
        taken(pair, export, public)
    told = Entry.objects.using("sealed").filter(action__startswith="reports.export")
    assert [row.action.partition(".")[2] for row in told.order_by("number")] == [
        "export_asked",
        "export_agreed",
        "exported",
    ]


def test_a_key_that_is_none_takes_nothing(pair: list[Officer]) -> None:
    _filed, report = file()
    export = agreed(pair, report)
    with pytest.raises(SealError):
        taken(pair, export, "age1nonsense")
    assert Export.objects.get().taken_on is None


@pytest.mark.skipif(AGE is None, reason="NOT TESTED: the program `age` is not installed")
def test_stock_age_opens_the_archive_with_the_commands_in_it(
    pair: list[Officer], tmp_path: Path
) -> None:
    _filed, report = file(name=dumped({"name": "Айгүл Серікова"}))
    reporter_says(report, pair[0].held, Kind.REPORTER, text="екінші")
    noting.note(to=pair[0].desk(fresh(report)), actor=pair[0].held.actor, text="іш", mark=MARK)
    drawn = keys.generate(Use.REPORT)
    archive = taken(pair, agreed(pair, fresh(report)), drawn.public)
    folder = tmp_path / "opened"
    with zipfile.ZipFile(io.BytesIO(archive)) as bundle:
        names = set(bundle.namelist())
        bundle.extractall(folder)
    assert names == {
        "README.txt",
        "manifest.sha256",
        "report-key.age",
        "items/0001.age",
        "items/0002.age",
    }
    readme = (folder / "README.txt").read_text(encoding="utf-8")
    orders = readme[readme.index("age -d -i one-time.key") :]
    assert all(word in readme for word in ("ҚАЗАҚША", "РУССКИЙ", "ENGLISH"))
    assert drawn.text.encode() not in archive
    (folder / "one-time.key").write_text(drawn.text + "\n")
    subprocess.run(["sh", "-ec", orders], cwd=folder, check=True, capture_output=True)
    assert STORY in (folder / "items/0001.content").read_text(encoding="utf-8")
    assert "екінші" in (folder / "items/0002.content").read_text(encoding="utf-8")
    for each in folder.rglob("*.content"):
        assert "Айгүл" not in each.read_text(encoding="utf-8")
    assert b"\0" * 9 not in (folder / "report.key").read_bytes()


@pytest.fixture
def desks(cast: Cast, folders: Path, still: None) -> list[Officer]:
    """Two officers with unlocked keys in their browsers, bodies and districts around them."""
    seed_territories()
    make_bodies()
    house = make_house(cast.officer.actor, cast.second_officer.actor)
    return [
        Officer(held, person.client).unlock()
        for held, person in zip(house.officers, (cast.officer, cast.second_officer), strict=True)
    ]


def test_an_officer_goes_through_all_of_it_by_the_pages(desks: list[Officer]) -> None:
    first, second = desks
    _filed, report = file()
    _other_filed, other = file()

    def post(rest: str, by: Officer = first, **sent: Any) -> None:  # noqa: ANN401 - form fields
        answer = by.client.post(page(report, rest), {"mark": MARK, **sent})
        assert answer.status_code == 302, (rest, answer.text)

    post("acknowledge/")
    post("answer/", text="Қай күні?")
    post("note/", first, **{"note-text": "Көршілес", "note-mark": MARK})
    post("label/", district=TARAZ, conduct="waste", credibility="witness", severity="3")
    post("twin/", locator=str(other.locator))
    post("ask/", text="Келісесіз бе?", mark=OTHER)
    reporter_says(report, first.held, Kind.AGREED)
    case = {"kind": "corruption", "territory": TARAZ, "body": AKIMAT, "urgency": "normal"}
    post("case/", second, severity="2", seen="0", **case)
    shown = second.client.get(page(report)).text
    for word in ("Қай күні?", "Көршілес", str(other.locator), Case.objects.get().number):
        assert word in shown
    post("export/", reason="court")
    export = Export.objects.get()
    assert first.client.get(page(report, f"export/{export.pk}/take/")).status_code == 400
    post(f"export/{export.pk}/agree/", by=second)
    offered = first.client.get(page(report, f"export/{export.pk}/take/")).text
    public = offered.partition('name="public" value="')[2].partition('"')[0]
    assert "AGE-SECRET-KEY-1" in offered
    forgotten = first.client.post(page(report, f"export/{export.pk}/take/"), {"public": public})
    assert forgotten.status_code == 400
    given = first.client.post(
        page(report, f"export/{export.pk}/take/"), {"public": public, "is_kept": "on"}
    )
    assert b"".join(given.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]  # a stream's own
    post("close/", ending="case", text="Рақмет.", mark="ef" * 16)
    assert fresh(report).delete_on == clock.today() + timedelta(days=1096)
    post("recuse/", by=second)
    assert second.client.get(page(report)).status_code == 403
    refused = first.client.post(page(report, "recuse/"))
    assert refused.status_code == 400
