"""Comparing a journal with what is kept, and writing what is new: never changing what is there."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.imports import Change, ChangeKind, Fault, Importer, Progress, Record
from baqylau.reception.access import IMPORT
from baqylau.reception.importing.columns import COLUMNS
from baqylau.reception.importing.naming import Names
from baqylau.reception.models import Consultation
from baqylau.reception.rules.visit import Visit
from baqylau.reception.services.bulk import Made, add_consultations, attach
from baqylau.reception.services.checking import check_day, check_money, clean_answer
from baqylau.reception.taxonomy import Origin, Part
from baqylau.text import skeleton

EVERY: Final = 500
"""Rows that are asked for, or written, at once."""
EMPTY: Final = {column.code: column.empty for column in COLUMNS}

Alike = tuple[date, str, str, str]
"""Day, room, service and answer: two rows with all the same tell of one visit."""


@dataclass(slots=True)
class _Kept:
    """What is there already, of the days and rooms of the table."""

    keys: set[str] = field(default_factory=set)
    alike: set[Alike] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Read:
    """A record that could be understood, and the key under which it is written."""

    record: Record
    row: Consultation
    alike: Alike


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A record that was taken out here: its number says all."""

    record: Record
    number: tuple[int | None, int]


def compare(records: Sequence[Record]) -> Iterator[Change]:
    """What each row would do. A visit that is there already stays as it is."""
    names, times = Names(), Counter[Alike]()
    for start in range(0, len(records), EVERY):
        chunk = [_understood(each, names, times) for each in records[start : start + EVERY]]
        kept = _kept([each for each in chunk if isinstance(each, _Read)])
        numbers = _numbers([each.number for each in chunk if isinstance(each, _Numbered)])
        for each in chunk:
            if isinstance(each, _Numbered):
                yield _same(each, numbers)
            else:
                yield each if isinstance(each, Change) else _change(each, kept)


def _understood(
    record: Record, names: Names, times: Counter[Alike]
) -> "_Read | _Numbered | Change":
    said = {**EMPTY, **record.values}
    if said["number"] is not None:
        return _Numbered(record, said["number"])
    try:
        row = _row(said, names)
    except DomainError as error:
        known = error.field if error.field in EMPTY else ""
        return _fault(record, known or "", error)
    alike = (row.held_on, row.room.code, row.service.code if row.service else "", _told(row.answer))
    if not row.answer:
        # Two visits of a day without a word about either are two visits, not one written twice.
        times[alike] += 1
    row.idempotency_key = _key(row, times[alike])
    return _Read(record, row, alike)


def _told(answer: str) -> str:
    return " ".join(skeleton(answer).split())


def _row(said: Mapping[str, Any], names: Names) -> Consultation:
    """The consultation that the record tells of. Raises: DomainError with the column."""
    day: date = said["held_on"]
    check_day(day, Origin.IMPORTED)
    room = names.room(str(said["room"]), day)
    service = names.service(said["service"], day) if said["service"] else None
    body = names.body(said["body"], day) if said["body"] else None
    place = names.district(said["district"]) if said["district"] else room.district
    kind, result = said["kind"], said["result"]
    answer = clean_answer(said["answer"])
    check_money(
        Visit(
            language=said["language"],
            channel=said["channel"],
            room=room.code,
            kind=kind,
            result=result,
            service=service.code if service else "",
            body=body.code if body else "",
            answer=answer,
        )
    )
    row = Consultation(
        held_on=day,
        origin=Origin.IMPORTED,
        language=said["language"],
        channel=said["channel"],
        kind=kind,
        part=said["part"] if service else Part.OTHER,
        answer=answer,
        result=result,
    )
    card = names.card(service) if service else None
    rows = {"room": room, "territory": place, "service": service, "body": body, "card": card}
    return attach(row, continues=None, case=None, **rows)


def _key(row: Consultation, place: int) -> str:
    """The same row of the same journal has the same key, whenever it is brought."""
    parts = (
        row.held_on.isoformat(),
        row.room.code,
        row.service.code if row.service else "",
        row.kind,
        row.language,
        row.channel,
        row.territory_id,
        row.body.code if row.body else "",
        row.result,
        _told(row.answer),
        str(place),
    )
    return "import:" + blake2b("\x1f".join(parts).encode(), digest_size=20).hexdigest()


def _kept(read: Sequence[_Read]) -> _Kept:
    rows = Consultation.objects.order_by()
    keys = rows.filter(idempotency_key__in=[each.row.idempotency_key for each in read])
    told = [each for each in read if each.row.answer]
    same = rows.filter(
        held_on__in={each.row.held_on for each in told}, room__in={each.row.room for each in told}
    ).exclude(answer="")
    return _Kept(
        set(keys.values_list("idempotency_key", flat=True)),
        {
            (day, room, service or "", _told(answer))
            for day, room, service, answer in same.values_list(
                "held_on", "room__code", "service__code", "answer"
            ).iterator()
        }
        if told
        else set(),
    )


def _numbers(read: Sequence[tuple[int | None, int]]) -> set[tuple[int | None, int]]:
    """Those of the numbers that were given."""
    rows = Consultation.objects.order_by().filter(serial__in={serial for _year, serial in read})
    return set(rows.values_list("year", "serial"))


def _same(read: _Numbered, known: set[tuple[int | None, int]]) -> Change:
    """A row that was taken out here changes nothing, whatever stands in it now."""
    if read.number not in known:
        return _fault(read.record, "number", _("There is no consultation with this number."))
    label = str(read.record.values.get("answer") or read.number[1])
    return Change(read.record, ChangeKind.UNCHANGED, f"{read.number}", label)


def _change(read: _Read, kept: _Kept) -> Change:
    row = read.row
    label = " · ".join([f"{row.held_on:%d.%m.%Y}", str(row.room), str(row.service or "")])
    is_there = row.idempotency_key in kept.keys or (bool(row.answer) and read.alike in kept.alike)
    kind = ChangeKind.UNCHANGED if is_there else ChangeKind.NEW
    key = "|".join(map(str, read.alike)) if row.answer else row.idempotency_key
    return Change(read.record, kind, key, label.strip(" ·"))


def _fault(record: Record, column: str, sentence: Any) -> Change:  # noqa: ANN401 - lazy text
    return Change(record, ChangeKind.PROBLEM, "", "", faults=(Fault(column, sentence),))


def apply(actor: Actor, changes: Sequence[Change], progress: Progress) -> int:
    """Write the new rows, each marked as imported, each with its entry in the journal."""
    names, times, now = Names(), Counter[Alike](), clock.now()
    for start in range(0, len(changes), EVERY):
        made = []
        for change in changes[start : start + EVERY]:
            read = _understood(change.record, names, times)
            if not isinstance(read, _Read):
                # The plan was made anew in this very transaction, so this row was understood then.
                raise DomainError(_("The records have changed meanwhile. Look at the table anew."))
            row = read.row
            row.author, row.recorded_at = actor.key, now
            if not row.answer:
                row.idempotency_key = change.key
            made.append(Made(row))
        add_consultations(made, actor=actor)
        progress(min(start + EVERY, len(changes)), len(changes))
    return len(changes)


IMPORTER = Importer(
    code="consultations",
    label=_("Consultations of an old journal"),
    action=IMPORT,
    columns=COLUMNS,
    compare=compare,
    apply=apply,
    max_rows=20_000,
    sentence=_(
        "Every row is marked “imported, not verified”. A visit that is here already (same day, "
        "room, service and answer) is left as it is."
    ),
)
