"""Taking consultations out as a table: written aside row by row, journalled, then given."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import IO, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.documents.tables import Value, save_csv, save_xlsx
from baqylau.journal.rules import Value as Told
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require_role
from baqylau.reception.access import EXPORT
from baqylau.reception.queries.exporting import as_cells, wanted_rows
from baqylau.reception.queries.listing import Wanted

MOST: Final = 20_000
"""Rows of one table: as many as are taken in at once."""
FORMATS: Final = ("xlsx", "csv")


def export_consultations(
    *,
    actor: Actor,
    wanted: Wanted,
    words: str,
    form: str,
    headings: Sequence[tuple[str, str]],
    title: str,
) -> IO[bytes]:
    """A file with every consultation that fits and may be read, open at its beginning.

    `actor` as `rights.at_the_desk` gives it; `headings` are (column, heading). The journal keeps
    who took how many rows by which filter, never the words. The file is nowhere but open: closing
    it removes it. Raises: NotAllowedError; DomainError for more than `MOST` rows.
    """
    require_role(actor, EXPORT)
    counted = _Count()
    rows = counted.over(as_cells(wanted_rows(actor, wanted, words)))
    table: Iterator[list[Value]] = ([cells[code] for code, _said in headings] for cells in rows)
    target = tempfile.TemporaryFile()  # noqa: SIM115 - it is given to whoever answers
    save = save_xlsx if form == "xlsx" else save_csv
    try:
        save(target, title, [heading for _code, heading in headings], table)
        with transaction.atomic():
            append(
                action="reception.exported",
                actor=actor,
                payload={"rows": counted.rows, "format": form, **_filter(wanted, words)},
            )
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target


class _Count:
    """Counts rows as they pass, and refuses one too many."""

    def __init__(self) -> None:
        self.rows = 0

    def over(self, cells: Iterator[dict[str, Value]]) -> Iterator[dict[str, Value]]:
        """The same rows. Raises: DomainError."""
        for row in cells:
            self.rows += 1
            if self.rows > MOST:
                raise DomainError(
                    _(
                        "More than %(most)s consultations fit. Take them out in parts: choose a "
                        "shorter time or one room."
                    ),
                    params={"most": MOST},
                    code="too_many",
                )
            yield row


def _filter(wanted: Wanted, words: str) -> dict[str, Told]:
    """What the journal learns of the filter: codes and days; of words only that there were some."""
    said: dict[str, Told] = {}
    for name, value in asdict(wanted).items():
        if value and isinstance(value, str | bool | date):
            said["from" if name == "first" else name] = value
    return said | ({"words": True} if words else {})
