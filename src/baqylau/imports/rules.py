"""From a table to records, and from records to a report; nothing here writes or asks the time."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import translation

from baqylau.documents.tables import (
    CellError,
    Limits,
    Problem,
    Row,
    Table,
    normal_heading,
    read_table,
)
from baqylau.kernel.errors import DomainError
from baqylau.kernel.imports import (
    Change,
    ChangeKind,
    Column,
    Importer,
    Progress,
    Record,
    silent,
)

EVERY = 200
"""Rows between two words of progress."""


@dataclass(slots=True)
class Reading:
    """What a table gave: records that can be compared, and what is wrong with the others."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do; `changes` hold no faulty row."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]

    @property
    def wanted(self) -> tuple[Change, ...]:
        """The changes that would write something."""
        return tuple(change for change in self.changes if change.kind != ChangeKind.UNCHANGED)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by kind of change; a faulty row counts once, however many faults it has."""
        found = Counter(str(change.kind) for change in self.changes)
        found["problem"] = len({(problem.sheet, problem.row) for problem in self.problems})
        return {str(kind): found[str(kind)] for kind in ChangeKind}

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of what would be written, for seeing that it is still the same."""
        with translation.override("en"):  # whoever looks, in whatever language
            content = [
                (
                    *(change.kind, change.key, change.record.sheet, change.record.row),
                    *((d.column, str(d.old), str(d.new)) for d in change.differences),
                )
                for change in self.wanted
            ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def read(importer: Importer, data: bytes, progress: Progress = silent) -> Reading:
    """Read a file for the importer. Raises: TableError when it cannot be read at all."""
    table = read_table(data, Limits(rows=importer.max_rows))
    reading = Reading(problems=list(table.problems), notes=list(table.notes))
    matches = _matches(importer, table, reading)
    faulty = {(problem.sheet, problem.row) for problem in table.problems}
    for done, row in enumerate(table.rows, 1):
        if row.sheet in matches:
            record, problems = _record(row, matches[row.sheet])
            reading.problems += problems
            is_blank = not any(row.cells[heading] for heading in matches[row.sheet])
            if not problems and not is_blank and (row.sheet, row.number) not in faulty:
                reading.records.append(record)
        if done % EVERY == 0:
            progress(done, len(table.rows))
    return reading


def _matches(importer: Importer, table: Table, reading: Reading) -> dict[str, dict[str, Column]]:
    """Columns by heading for each sheet that has what is required."""
    known = {
        normal_heading(name): column
        for column in importer.columns
        for name in (column.code, *column.headings)
    }
    found = {
        sheet: {h: known[normal_heading(h)] for h in headings if normal_heading(h) in known}
        for sheet, headings in table.headings.items()
    }
    usable = {sheet: columns for sheet, columns in found.items() if columns}
    for sheet, headings in table.headings.items():
        columns = _without_doubles(sheet, found[sheet], reading)
        if sheet not in usable and usable:
            reading.notes.append(Problem("sheet_ignored", sheet))
            continue
        for heading in headings:
            if heading not in found[sheet]:
                reading.notes.append(Problem("unknown_heading", sheet, 0, heading, heading))
        missing = [c for c in importer.columns if c.is_required and c not in columns.values()]
        for column in missing:
            params = {"headings": ", ".join(column.headings)}
            reading.problems.append(Problem("missing_heading", sheet, 0, column.code, "", params))
        if missing:
            usable.pop(sheet, None)
        else:
            usable[sheet] = columns
    return usable


def _without_doubles(
    sheet: str, columns: Mapping[str, Column], reading: Reading
) -> dict[str, Column]:
    """Two headings of one column, as in kk and in ru, are a fault; the first one counts."""
    single: dict[str, Column] = {}
    for heading, column in columns.items():
        if column in single.values():
            reading.problems.append(Problem("double_heading", sheet, 0, heading, heading))
        else:
            single[heading] = column
    return single


def _record(row: Row, columns: Mapping[str, Column]) -> tuple[Record, list[Problem]]:
    values: dict[str, Any] = {}
    problems = []
    is_blank = not any(row.cells[heading] for heading in columns)
    for heading, column in columns.items():
        text = row.cells[heading]
        where = Problem("", row.sheet, row.number, heading, text[:80])
        if not text:
            values[column.code] = column.empty
            if column.is_required and not is_blank:
                problems.append(replace(where, code="required"))
            continue
        try:
            values[column.code] = column.parse(text)
        except CellError as error:
            problems.append(replace(where, code=error.code, params=error.params))
        except DomainError as error:
            problems.append(replace(where, code="said", params={"sentence": str(error)}))
    return Record(row.sheet, row.number, values), problems


def plan(importer: Importer, reading: Reading, progress: Progress = silent) -> Plan:
    """Compare the records with what the room holds. Asks the database, writes nothing."""
    changes: list[Change] = []
    problems = list(reading.problems)
    first_with: dict[str, Record] = {}
    total = len(reading.records)
    for done, change in enumerate(importer.compare(reading.records), 1):
        faults = list(_faults(importer, change))
        before = first_with.setdefault(change.key, change.record)
        if change.key and before is not change.record:
            params = {"row": before.row, "sheet": before.sheet}
            place = Problem("twice", change.record.sheet, change.record.row)
            faults.append(replace(place, value=change.label[:80], params=params))
        problems += faults
        if not faults:
            changes.append(change)
        if done % EVERY == 0:
            progress(done, total)
    ordered = sorted(problems, key=lambda problem: (problem.sheet, problem.row))
    return Plan(tuple(changes), tuple(ordered), tuple(reading.notes))


def _faults(importer: Importer, change: Change) -> Iterator[Problem]:
    record = change.record
    for fault in change.faults:
        heading = importer.column(fault.column).headings[0] if fault.column else ""
        value = str(record.values.get(fault.column, ""))[:80]
        params = {"sentence": str(fault.sentence)}
        yield Problem("said", record.sheet, record.row, heading, value, params)


def as_data(plan: Plan, importer: Importer) -> dict[str, Any]:
    """The plan as JSON, as the person is shown it."""
    return {
        "counts": plan.counts,
        "problems": problems_as_data(plan.problems),
        "notes": problems_as_data(plan.notes),
        "lines": [_line(change, importer) for change in plan.wanted],
    }


def problems_as_data(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as JSON."""
    return [
        {
            "code": problem.code,
            "sheet": problem.sheet,
            "row": problem.row,
            "column": problem.column,
            "value": problem.value,
            "params": dict(problem.params),
        }
        for problem in problems
    ]


def problems_from_data(rows: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """Problems back from JSON."""
    return [Problem(**row) for row in rows]


def _line(change: Change, importer: Importer) -> dict[str, Any]:
    return {
        "kind": str(change.kind),
        "sheet": change.record.sheet,
        "row": change.record.row,
        "label": change.label,
        "differences": [
            [str(importer.column(d.column).label), str(d.old), str(d.new)]
            for d in change.differences
        ],
    }
