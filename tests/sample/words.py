"""The sample's own table: words with their meaning, kept in the journal."""

import json
from collections.abc import Iterator, Mapping, Sequence

from baqylau.documents.tables import read_date
from baqylau.journal.models import Entry
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.imports import (
    Change,
    ChangeKind,
    Column,
    Difference,
    Fault,
    Importer,
    Progress,
    Record,
)

FIELDS = ("word", "meaning", "since")


def known() -> dict[str, dict[str, str]]:
    """What is kept, by word."""
    rows = Entry.objects.filter(action="sample.word").order_by("number")
    return {row["word"]: row for row in (json.loads(entry.payload) for entry in rows)}


def no_digits(text: str) -> str:
    """A word. Raises: DomainError."""
    if any(letter.isdigit() for letter in text):
        raise DomainError("A word has no digits: %(word)s.", params={"word": text})
    return text


def since(text: str) -> str:
    """A date as ISO. Raises: CellError."""
    return read_date(text).isoformat()


def compare(records: Sequence[Record]) -> Iterator[Change]:
    """What each record would do."""
    old = known()
    for record in records:
        word = record.values["word"]
        before = old.get(word)
        if word == "тыйым":
            yield Change(
                record, ChangeKind.PROBLEM, word, word, faults=(Fault("word", "Not this word."),)
            )
        elif before is None:
            yield Change(record, ChangeKind.NEW, word, word)
        else:
            differences = tuple(
                Difference(code, before[code], value)
                for code, value in record.values.items()
                if before[code] != value
            )
            kind = ChangeKind.CHANGED if differences else ChangeKind.UNCHANGED
            yield Change(record, kind, word, word, differences)


def apply(actor: Actor, changes: Sequence[Change], progress: Progress) -> int:
    """Keep the words; one that is called «қате» breaks in the middle."""
    for done, change in enumerate(changes, 1):
        values = {**dict.fromkeys(FIELDS, ""), **change.record.values}
        if values["word"] == "қате":
            raise DomainError("The sample breaks here.")
        append(action="sample.word", actor=actor, subject=values["word"], payload=values)
        progress(done, len(changes))
    return len(changes)


def export() -> Iterator[Mapping[str, str]]:
    """The kept words."""
    yield from known().values()


IMPORTER = Importer(
    code="words",
    label="Words",
    action="sample.see",
    columns=(
        Column("word", "Word", ("Сөз", "Слово", "Word"), no_digits, is_required=True),
        Column("meaning", "Meaning", ("Мағынасы", "Значение", "Meaning")),
        Column("since", "Since", ("Күні", "Дата", "Since"), since, hint="31.12.2026"),
    ),
    compare=compare,
    apply=apply,
    export=export,
    max_rows=3_000,
    back="sample_desk",
)
