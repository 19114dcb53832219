"""Tables that can be taken in again: what a room holds, or only the headings."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from baqylau.documents.tables import Sheet, Value, write_csv, write_xlsx
from baqylau.kernel.errors import DomainError
from baqylau.kernel.imports import Column, Importer


def heading(column: Column) -> str:
    """The column's heading in the active language, else its first one."""
    codes = [code for code, _name in settings.LANGUAGES]
    place = codes.index(translation.get_language() or codes[0])
    return column.headings[place] if place < len(column.headings) else column.headings[0]


def _rows(importer: Importer) -> Iterator[list[Value]]:
    """The room's rows in the order of the columns. Raises: DomainError when it gives none out."""
    if importer.export is None:
        raise DomainError(_("This table is only taken in, not given out."))
    for row in importer.export():
        yield [row.get(column.code, "") for column in importer.columns]


def as_xlsx(importer: Importer) -> bytes:
    """What the room holds, as a workbook."""
    headings = [heading(column) for column in importer.columns]
    return write_xlsx([Sheet(str(importer.label), headings, _rows(importer))])


def as_csv(importer: Importer) -> bytes:
    """What the room holds, as CSV."""
    return write_csv([[heading(column) for column in importer.columns], *_rows(importer)])


def blank(importer: Importer) -> bytes:
    """A workbook with the headings only."""
    headings = [heading(column) for column in importer.columns]
    return write_xlsx([Sheet(str(importer.label), headings, [])])
