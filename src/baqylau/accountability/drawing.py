"""Published numbers as charts, in a page and alone."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from baqylau.accountability.queries.numbers import Page
from baqylau.accountability.queries.tables import PublishedTable, window_name
from baqylau.charts.alone import alone as whole_document
from baqylau.figures import drawing, showing
from baqylau.figures.rules.results import Estimate
from baqylau.web.queries import organisation


def over_time(page: Page) -> SafeString:
    """The number in the closed periods up to this one; "" when fewer than two have one."""
    return drawing.over_time(page.figure, page.points, page.closed.chosen)


def by_group(page: Page, table: PublishedTable) -> SafeString:
    """The first rows of a table as bars; "" when there are none."""
    when = window_name(table.window, page.closed.name)
    return drawing.by_group(page.figure, table.rows, str(table.label), when, table.code)


def alone(page: Page, chart: str, *, by: str, address: str) -> str:
    """A chart as a document of its own, with what it shows and where it comes from."""
    label = str(page.figure.label)
    period = page.closed.name
    if by:
        table = page.table(by)
        period = window_name(table.window, period)
        said = {"figure": label, "dimension": table.label}
        label = _("%(figure)s by %(dimension)s") % said
    answer = page.whole.answer
    notes = []
    if not by and isinstance(answer, Estimate):
        said = {"n": showing.count_behind(answer)}
        notes = [_("The band is the interval at 95 per cent; n = %(n)s in the last period.") % said]
    host, slash, path = address.partition("/numbers/")
    source = (*notes, organisation(), host, slash + path)
    return whole_document(chart, title=label, period=period, source=source)
