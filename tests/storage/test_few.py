"""Rows that are written below the ORM are those that the ORM would have written."""

from datetime import date

import pytest
from django.db import IntegrityError, connections, transaction

from baqylau.reports.models import Report, Wrap
from baqylau.storage.bulk import FEW, insert_few

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


def test_few_rows_and_many_are_written_alike() -> None:
    few, many = [row(f"{at:06}") for at in range(FEW)], [row(f"1{at:05}") for at in range(FEW + 9)]
    with transaction.atomic(using="sealed"):
        insert_few(few, "sealed")
        insert_few(many, "sealed")
    found = {one.pk: one for one in Report.objects.all()}
    assert found.keys() == {one.pk for one in (*few, *many)}
    for one in (few[0], many[-1]):
        kept = found[one.pk]
        assert kept.lock is not None
        assert (bytes(kept.lock), kept.filed_on, kept.bucket) == (b"\x00\xff", DAY, 9)


@pytest.mark.skipif(connections["sealed"].vendor != "postgresql", reason="as PostgreSQL logs it")
def test_a_refused_row_says_nothing_of_its_values_in_the_statement() -> None:
    seen = "SELECT query FROM pg_stat_activity WHERE query LIKE 'INSERT INTO \"reports_report\"%%'"
    with transaction.atomic(using="sealed"):
        insert_few([row("123456")], "sealed")
        with connections["default"].cursor() as cursor:
            cursor.execute(seen)
            statements = [text for (text,) in cursor.fetchall()]
    assert statements
    assert not any("123456" in text for text in statements)
