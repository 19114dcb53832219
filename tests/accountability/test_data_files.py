"""The two files of a data set hold what was given, and a stranger reads the same."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator

from baqylau.accountability.operations import Kind, operations
from baqylau.accountability.queries.datasets import datasets
from baqylau.accountability.rules.tables import (
    EMPTY,
    BrokenTableError,
    are_same,
    as_csv,
    as_json,
    plain,
    read_csv,
    read_json,
    spelled,
)
from baqylau.documents.cells import unprotect
from tests.accountability.releasing import archive

NAMES = ("period", "number", "text")
TEXTS = st.text(
    st.sampled_from("=+-@'\"\r\n\t,;0aәҚ＝ ﹣\N{NO-BREAK SPACE}") | st.characters(codec="utf-8"),
    max_size=20,
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(min_value=datetime(1990, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - the strategy adds the zone
    TEXTS,
)
SOME = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ROWS = st.lists(st.tuples(SCALARS, SCALARS, SCALARS), max_size=6)
STARTS = "=+-@\t\r＝＋－＠"
"""With what a spreadsheet begins a formula. Source: OWASP, "CSV Injection"."""


@SOME
@given(ROWS)
@example([("=1+1", "'=1", "-1"), ("", None, "\r\n"), ("a,b", '"', "'")])
def test_both_files_lead_back_to_the_rows_and_to_each_other(rows: list[tuple[Any, ...]]) -> None:
    texts, objects = read_csv(as_csv(NAMES, rows)), read_json(as_json(NAMES, rows))
    assert objects == [dict(zip(NAMES, map(plain, row), strict=True)) for row in rows]
    assert texts == [
        {name: unprotect(spelled(plain(value))) for name, value in zip(NAMES, row, strict=True)}
        for row in rows
    ]
    assert are_same(texts, objects)


@SOME
@given(ROWS)
def test_a_stranger_reads_a_table_without_formulas(rows: list[tuple[Any, ...]]) -> None:
    text = as_csv(NAMES, rows).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert [len(line) for line in lines] == [len(NAMES)] * (len(rows) + 1)
    for line, row in zip(lines[1:], rows, strict=True):
        for cell, value in zip(line, row, strict=True):
            is_number = cell.lstrip("-").replace(",", ".").replace(".", "", 1).isdigit()
            assert not isinstance(value, str) or is_number or not cell.startswith(tuple(STARTS))


@SOME
@given(ROWS.filter(bool), st.data())
def test_a_cell_that_one_file_says_otherwise_is_noticed(
    rows: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    texts, objects = read_csv(as_csv(NAMES, rows)), read_json(as_json(NAMES, rows))
    number = data.draw(st.integers(0, len(rows) - 1))
    name = data.draw(st.sampled_from(NAMES))
    other = data.draw(TEXTS.filter(lambda text: text != texts[number][name]))
    assert not are_same(
        [*texts[:number], {**texts[number], name: other}, *texts[number + 1 :]], objects
    )
    assert not are_same(texts[1:], objects)


@given(st.binary(max_size=300))
def test_foreign_bytes_are_a_table_or_none_and_no_other_error(content: bytes) -> None:
    for read in (read_csv, read_json):
        try:
            rows = read(content)
        except BrokenTableError:
            continue
        assert all(isinstance(row, dict) for row in rows)


def test_no_rows_are_an_empty_table_and_an_empty_list() -> None:
    assert read_csv(as_csv(NAMES, [])) == []
    assert as_json(NAMES, []) == EMPTY
    assert json.loads(EMPTY) == []
    day, moment = date(2026, 7, 1), datetime(2026, 7, 1, 7, 0, tzinfo=UTC)
    assert as_csv(("on", "at"), [(day, moment)]).endswith(b"2026-07-01,2026-07-01T07:00:00Z\r\n")


@pytest.mark.django_db(databases=["default", "sealed"])
def test_every_row_that_is_given_away_is_as_the_description_says(
    house: None, client: Client
) -> None:
    archive()
    described = client.get("/data/v1/openapi.json").json()["paths"]
    seen = 0
    for operation in operations():
        if operation.kind is not Kind.JSON or operation.dataset is None:
            continue
        address = f"/{operation.route}"
        answers = described[address]["get"]["responses"]
        schema = answers["200"]["content"]["application/json"]["schema"]
        validator = Draft202012Validator(schema)
        rows = client.get(address).json()
        assert list(validator.iter_errors(rows)) == [], address
        seen += len(rows)
        if rows:
            first = next(iter(rows[0]))
            assert not validator.is_valid([{**rows[0], "more": 1}])
            assert not validator.is_valid([{**rows[0], first: ["x"]}])
            assert not validator.is_valid([{k: v for k, v in rows[0].items() if k != first}])
    assert seen > 100
    assert len(described) == len(list(operations()))


@pytest.mark.django_db(databases=["default", "sealed"])
def test_what_a_data_set_is_described_to_hold_is_what_its_files_have(
    house: None, client: Client
) -> None:
    archive()
    resources = {
        row["name"]: row for row in client.get("/data/v1/datapackage.json").json()["resources"]
    }
    for each in datasets():
        text = client.get(f"/data/v1/{each.code}.csv").content.decode("utf-8-sig")
        head = next(csv.reader(io.StringIO(text, newline="")))
        assert head == [field["name"] for field in resources[each.code]["schema"]["fields"]]
        assert set(resources[each.code]["schema"]["primaryKey"]) <= set(head)
    assert replace(datasets()[0], code="x").code not in resources
