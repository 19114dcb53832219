"""A name that stands on an attendance sheet, and in its file's name, is looked for everywhere."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import router
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from baqylau.journal.queries import rows as entries
from baqylau.kernel.modules import registry
from baqylau.kernel.period import Period
from baqylau.outreach.models import Event, Sheet, Stage
from baqylau.outreach.queries.events import institutions_of
from tests.addresses import addresses
from tests.cast import Cast
from tests.outreach.making import TODAY, make_event

pytestmark = [
    pytest.mark.django_db(databases=["default", "sealed"]),
    pytest.mark.usefixtures("reach"),
]
NAME = "Шырынгүл Жұпарханова"
SCAN = b"%PDF-1.7 " + NAME.encode() + b" %%EOF"
TRACES = (NAME, NAME.split(maxsplit=1)[0], NAME.split()[1])


def is_traced(text: str) -> bool:
    """Whether any part of the name stands in a text."""
    return any(part.casefold() in text.casefold() for part in TRACES)


@pytest.fixture
def event(cast: Cast, caplog: pytest.LogCaptureFixture) -> Event:
    """An event that was reported with a sheet, through the desk's own form."""
    caplog.set_level(logging.DEBUG)
    row = make_event(author=cast.lecturer.actor.key, stage=Stage.HELD)
    scan = SimpleUploadedFile(f"{NAME}.pdf", SCAN, "application/pdf")
    sent = {"total": "23", "on": TODAY.isoformat(), "seen": row.revision, "sheet": scan}
    answer = cast.lecturer.client.post(reverse("event_report", args=[row.code]), sent)
    assert answer.status_code == 302
    assert Sheet.objects.filter(event=row).count() == 1
    return Event.objects.get(pk=row.pk)


def public_pages(event: Event) -> Iterator[str]:
    """Every public address that can be asked for plainly, and those about the event."""
    for page in addresses():
        if page.is_plain and not page.is_desk:
            yield f"/{page.route}"
    yield reverse("reached_event", args=[event.code])
    yield reverse("reached_district", args=[event.district_id])
    yield reverse("district", args=[event.district_id])
    for body in institutions_of(event):
        yield reverse("institution", args=[body.code])
    if event.campaign:
        yield reverse("reached_campaign", args=[event.campaign.code])


def test_no_public_page_shows_it(client: Client, event: Event) -> None:
    read = 0
    for path in public_pages(event):
        for prefix in ("", "/ru", "/en"):
            answer = client.get(prefix + path)
            content = b"".join(answer) if answer.streaming else answer.content
            assert not is_traced(content.decode(errors="ignore")), path
            read += answer.status_code == 200
    assert read > 60


def test_no_data_export_and_annex_shows_it(event: Event) -> None:
    told = [str(row) for each in registry.gather("datasets") for row in each.rows({})]
    told += [
        str(row) for each in registry.gather("imports") if each.export for row in each.export()
    ]
    month = Period.month(TODAY.year, TODAY.month)
    told += [str(row) for each in registry.gather("annexes") for row in each.rows(month)]
    assert any(event.code in line for line in told)
    assert not any(map(is_traced, told))


def test_neither_journal_nor_log_nor_any_table_nor_the_disk_holds_it(
    event: Event, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    assert not any(is_traced(str(row)) for using in ("default", "sealed") for row in entries(using))
    assert not is_traced(caplog.text)
    for model in apps.get_models():
        for values in model._default_manager.using(router.db_for_read(model)).values_list():
            kept = [bytes(v) if isinstance(v, memoryview) else v for v in values]
            assert not any(SCAN[9:30] in v for v in kept if isinstance(v, bytes)), model
            assert not is_traced(str(kept)), model
    disk = [path for root in (settings.FILES_ROOT, settings.SPOOL_ROOT) for path in files(root)]
    assert disk
    assert not any(is_traced(path.name) for path in disk)
    assert not any(NAME.encode()[:12] in path.read_bytes() for path in disk)


def files(root: Path | str) -> Iterator[Path]:
    """Every file below a folder."""
    yield from (path for path in Path(root).rglob("*") if path.is_file())


def test_at_the_desk_only_the_opened_sheet_has_it(cast: Cast, event: Event) -> None:
    for person in (cast.lecturer, cast.adviser, cast.coordinator):
        for name in ("event_desk", "event_report", "event_test"):
            answer = person.client.get(reverse(name, args=[event.code]))
            assert not is_traced(answer.content.decode()), name
    opened = cast.coordinator.client.post(reverse("event_sheet", args=[event.code, 1]))
    content = b"".join(opened) if opened.streaming else opened.content
    assert io.BytesIO(content).read() == SCAN
    assert not is_traced(str(opened.headers))
