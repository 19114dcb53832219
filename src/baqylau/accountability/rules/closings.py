"""From the tables of a release to the signatures of its closed periods."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from baqylau.accountability.rules import answers
from baqylau.accountability.rules.faults import Fault
from baqylau.accountability.rules.tables import spelled
from baqylau.documents.cells import unprotect
from baqylau.figures.rules.sealing import Published, digest, message

Row = Mapping[str, str]
Place = tuple[str, str, str, str, str]
PLACE = ("period", "figure", "window", "dimension", "value")


def faults_of_cells(
    cells: Sequence[Row], closings: Sequence[Row], corrections: Sequence[Row]
) -> Iterator[Fault]:
    """What does not follow: cells from closings, present numbers from cells and corrections.

    Raises: ValueError, KeyError, TypeError for rows that are none of ours.
    """
    by_period: dict[str, list[Row]] = defaultdict(list)
    for row in cells:
        by_period[row["period"]].append(row)
    for closing in closings:
        yield from _closing(closing, by_period.pop(closing["period"], []))
    for period in by_period:
        yield Fault("no_closing", {"period": period})
    yield from _present(cells, corrections)


def _closing(closing: Row, cells: Sequence[Row]) -> Iterator[Fault]:
    period = {"period": closing["period"]}
    if digest(map(_published, cells)) != closing["digest"]:
        yield Fault("cells_changed", period)
    words = message(
        closing["span"],
        date.fromisoformat(closing["first_on"]),
        int(closing["journal_number"]),
        closing["journal_digest"],
        closing["digest"],
    )
    try:
        key = VerifyKey(bytes.fromhex(closing["key"]))
        key.verify(words, bytes.fromhex(closing["signature"]))
    except BadSignatureError:
        yield Fault("closing_signature", period)


def _published(row: Row) -> Published:
    return Published(
        row["figure"],
        row["window"],
        row["dimension"],
        row["value"],
        answers.read(row["closed"]),
        int(row["together"]),
    )


def _present(cells: Sequence[Row], corrections: Sequence[Row]) -> Iterator[Fault]:
    found: dict[Place, list[Row]] = defaultdict(list)
    for row in corrections:
        found[_place(row)].append(row)
    for cell in cells:
        known = found.pop(_place(cell), [])
        said = {"period": cell["period"], "figure": cell["figure"]}
        now = cell["closed"]
        for number, row in enumerate(known, 1):
            if row["number"] != str(number) or row["old"] != now:
                yield Fault("correction", said)
            now = row["new"]
        columns = map(spelled, answers.columns(answers.read(now)))
        if [cell[name] for name in answers.COLUMNS] != [unprotect(each) for each in columns]:
            yield Fault("number_changed", said)
        elif cell["corrections"] != str(len(known)):
            yield Fault("correction", said)
    for period, figure, *_rest in found:
        yield Fault("correction", {"period": period, "figure": figure})


def _place(row: Row) -> Place:
    period, figure, window, dimension, value = (row[name] for name in PLACE)
    return period, figure, window, dimension, value
