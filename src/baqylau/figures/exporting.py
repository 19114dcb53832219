"""The table of a page as CSV: the same rows, from the same answers."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from baqylau.documents.writing import Value, write_csv
from baqylau.figures import showing
from baqylau.figures.queries.pages import Row, Table
from baqylau.figures.rules.results import Answer, Estimate, Exact, Range, Rounded
from baqylau.kernel.figures import Figure

DIGITS = 4


def cells(answer: Answer) -> list[Value]:
    """Number, low, high, n, and what stands in the place of a number."""
    match answer:
        case Exact(number) | Rounded(number):
            note = _("rounded to 5") if isinstance(answer, Rounded) else ""
            return [number, None, None, None, note]
        case Range(low, high):
            return [None, low, high, None, ""]
        case Estimate(value, low, high, n):
            ends = [round(number, DIGITS) for number in (value, low, high)]
            return [*ends, n, _("from rounded counts") if answer.is_rounded else ""]
        case _other:
            return [None, None, None, None, showing.short(answer)]


def table_csv(figure: Figure, whole: Row, table: Table, *, by: str, when: str) -> bytes:
    """The page's table, its whole first."""
    head: list[Value] = [
        _("figure"),
        _("period"),
        _("by"),
        _("group"),
        _("number"),
        _("low"),
        _("high"),
        _("n"),
        _("note"),
    ]
    return write_csv([head, *_rows(figure, whole, table, by, when)])


def _rows(figure: Figure, whole: Row, table: Table, by: str, when: str) -> Iterator[list[Value]]:
    label = str(figure.label)
    yield [label, when, "", _("in all"), *cells(whole.answer)]
    if table.refused:
        yield [label, when, by, "", None, None, None, None, str(showing.REASONS[table.refused])]
    for row in table.rows:
        yield [label, when, by, group_name(row), *cells(row.answer)]


def group_name(row: Row) -> str:
    """What a row is called."""
    if row.together:
        return _("groups too small to be shown alone, together: %(number)s") % {
            "number": row.together
        }
    return str(row.name) or _("not stated")
