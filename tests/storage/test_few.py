"""Rows that are written below the ORM are those that the ORM would have written."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from baqylau.reports.models import Report, Wrap
from baqylau.storage.bulk import insert_few

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
DAY = date(2026, 7, 1)


def row(locator: str) -> Report:
    return Report(
        locator=locator,
        filed_on=DAY,
        acknowledge_by=DAY,
        feedback_by=DAY,
        lock=b"\x00\xff",
        bucket=9,
    )


def test_every_field_comes_back_as_it_was_given() -> None:
    report = row("123456")
    with transaction.atomic(using="sealed"):
        insert_few([report], "sealed")
        insert_few([Wrap(report=report, part="report", role="officer", wrapped=b"w")], "sealed")
        insert_few([], "sealed")
    found = Report.objects.get()
    assert found.lock is not None
    assert (found.pk, found.filed_on, bytes(found.lock)) == (report.pk, DAY, b"\x00\xff")
    assert (found.closed_on, found.is_urgent, found.bucket) == (None, False, 9)
    assert Wrap.objects.get(report=report).pk


def test_the_databases_own_constraints_hold() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(using="sealed"):
        insert_few([row("123456"), row("123456")], "sealed")
    assert not Report.objects.exists()
