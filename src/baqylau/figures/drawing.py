"""Answers as charts."""

from collections.abc import Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from baqylau.charts.bars import Bar, bars
from baqylau.charts.series import Point, series
from baqylau.figures import showing
from baqylau.figures.queries.pages import Row
from baqylau.figures.rules.results import Answer, Estimate, Exact, Range, Rounded
from baqylau.figures.rules.spans import Chosen
from baqylau.kernel.figures import Figure, Share

DRAWN = 12
"""Bars of a chart; the table has the rest."""
Place = tuple[float | None, float | None, float | None]


def _place(answer: Answer) -> Place:
    """Value, low and high, as a chart takes them."""
    match answer:
        case Exact(number) | Rounded(number):
            return number, None, None
        case Range(low, high):
            return (low, None, None) if low == high else (None, low, high)
        case Estimate(value, low, high):
            return value, low, high
        case _other:
            return None, None, None


def _code(figure: Figure, kind: str) -> str:
    return f"{figure.code}-{kind}".replace(".", "-")


def _said(answer: Answer) -> str:
    """The number beside its bar: an estimate never stands without its n."""
    if isinstance(answer, Estimate):
        return f"{showing.short(answer)} (n = {showing.count_behind(answer)})"
    return showing.short(answer)


def by_group(
    figure: Figure, rows: Sequence[Row], by: str, when: str, kind: str = "by"
) -> SafeString:
    """Bars by the values of a dimension, the first ones of the table; "" when there is none.

    `kind` (letters, digits, hyphens) tells the charts of a page apart.
    """
    drawn = [_bar(row) for row in rows if row.value or not row.together][:DRAWN]
    if not any(bar.value is not None for bar in drawn):
        return mark_safe("")
    title = _("%(figure)s by %(dimension)s") % {"figure": figure.label, "dimension": by}
    most = 1.0 if isinstance(figure.kind, Share) else None
    text = bars(drawn, code=_code(figure, kind), title=title, desc=when, most=most)
    return mark_safe(text)  # noqa: S308 - `charts` escapes every word


def _bar(row: Row) -> Bar:
    value, low, high = _place(row.answer)
    if isinstance(row.answer, Range):
        value, low, high = row.answer.low, row.answer.low, row.answer.high
    return Bar(str(row.name) or _("not stated"), value, _said(row.answer), low, high)


def over_time(figure: Figure, points: Sequence[tuple[Chosen, Row]], chosen: Chosen) -> SafeString:
    """The wholes over time; "" when fewer than two periods have one."""
    made = [_point(each, row.answer, chosen) for each, row in points]
    if sum(point.most is not None for point in made) <= 1:
        return mark_safe("")
    title = _("%(figure)s over time") % {"figure": figure.label}
    first, last = points[0][0], points[-1][0]
    desc = f"{showing.name_of(first)} – {showing.name_of(last)}"
    most = 1.0 if isinstance(figure.kind, Share) else None
    text = series(made, code=_code(figure, "time"), title=title, desc=desc, most=most)
    return mark_safe(text)  # noqa: S308 - `charts` escapes every word


def _point(each: Chosen, answer: Answer, chosen: Chosen) -> Point:
    value, low, high = _place(answer)
    inside = chosen.period is None or each.first in chosen.period
    return Point(showing.label_of(each), value, showing.short(answer), low, high, is_chosen=inside)
