"""Writing many consultations at once: the same rows, words and entries as one by one.

For records that were made elsewhere: a journal on paper that is taken in, a year of training. What
`checking.checked` would refuse must have been refused before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from baqylau.casework.models import Case
from baqylau.journal.services import Draft, append_many
from baqylau.kernel.access import Actor
from baqylau.reception.models import Call, Consultation, Word
from baqylau.reception.rules.numbers import consultation_number
from baqylau.reception.rules.words import kept_prefixes
from baqylau.reception.services.writing import cells_of, next_serial, subject_of
from baqylau.reception.taxonomy import CallKind
from baqylau.storage.bulk import insert, next_ids

RELATED = ("room", "territory", "service", "body", "card", "continues", "case")
COLUMNS = tuple(field.attname for field in Consultation._meta.concrete_fields)


@dataclass(frozen=True, slots=True)
class Made:
    """An unsaved consultation with everything but its number; `call_on` is a promised call's day.

    `case` is a case that was opened right after it.
    """

    row: Consultation
    call_on: date | None = None
    case: Case | None = None


def attach(row: Consultation, **related: Any) -> Consultation:  # noqa: ANN401 - model rows or None
    """Give an unsaved consultation rows that are at hand, each of `RELATED`.

    As setting them one by one, without asking each time whether the two may meet: at a million
    rows that is half of the time.
    """
    for name, value in related.items():
        row._state.fields_cache[name] = value  # noqa: SLF001 - as the ORM itself fills it
        row.__dict__[name + "_id"] = value.pk if value else None
    return row


@lru_cache(maxsize=2_000)
def _prefixes(answer: str) -> tuple[str, ...]:
    return tuple(kept_prefixes(answer))


def write_consultations(made: Sequence[Made], *, actor: Actor | None = None) -> list[Draft]:
    """Number and write the consultations in their order, within the caller's transaction.

    Returns the journal's entries, for the caller to append last. `actor` is who brings them; None
    means each one's author. A row may continue one that stands before it.
    """
    rows = [one.row for one in made]
    for row, key in zip(rows, next_ids(Consultation, len(rows)), strict=True):
        row.pk = key
    _number(rows)
    drafts = []
    for one in made:
        row = one.row
        attach(row, continues=row.continues)  # again, now that it has a key
        by = actor or Actor(row.author)
        drafts.append(_said("reception.recorded", row, by))
        if one.case:
            attach(row, case=one.case).edition += 1
            drafts.append(_said("reception.linked", row, by))
    insert(Consultation, COLUMNS, ([row.__dict__[name] for name in COLUMNS] for row in rows))
    # In the order of the largest index: the engine touches each of its pages once.
    insert(Word, ("prefix", "consultation_id"), sorted(_words(rows)))
    Call.objects.bulk_create(
        Call(
            consultation=one.row, kind=CallKind.PROMISED, due_on=one.call_on, person=one.row.author
        )
        for one in made
        if one.call_on
    )
    return drafts


def _number(rows: Sequence[Consultation]) -> None:
    """The next numbers of each year, in the order of the rows."""
    by_year = sorted(rows, key=lambda row: row.held_on.year)
    for year, group in groupby(by_year, key=lambda row: row.held_on.year):
        same = list(group)
        for serial, row in enumerate(same, next_serial(year, len(same))):
            row.year, row.serial, row.number = year, serial, consultation_number(year, serial)


def _words(rows: Sequence[Consultation]) -> Iterator[tuple[str, int]]:
    for row in rows:
        for prefix in _prefixes(row.answer):
            yield prefix, row.pk


def _said(action: str, row: Consultation, actor: Actor) -> Draft:
    return Draft(action, actor, subject_of(row), cells_of(row), row.recorded_at)


def add_consultations(made: Sequence[Made], *, actor: Actor | None = None) -> None:
    """As `write_consultations`, with the journal's entries, within the caller's transaction."""
    append_many(drafts=write_consultations(made, actor=actor))
