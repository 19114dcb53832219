"""What was published about one place: a district, an office, or the group an office is in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from baqylau.accountability.queries.periods import Closed, four_quarters
from baqylau.accountability.queries.tables import names, records, window_name
from baqylau.accountability.rules.comparing import Compared, centre_of, compare
from baqylau.figures.models import Closing, Window
from baqylau.figures.queries import published
from baqylau.figures.queries.closing import to_publish
from baqylau.figures.queries.published import Number, chosen_of
from baqylau.figures.rules.results import Answer, Withheld
from baqylau.kernel.figures import Figure, Grouping

ByWindow = dict[str, Answer]
"""Answers by the window that they run over."""


class Shown(StrEnum):
    """What can be shown of a place."""

    ITSELF = "itself"
    GROUP = "group"
    NOTHING = "nothing"
    UNCLOSED = "unclosed"
    """No quarter is closed yet."""


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of the place over one or two windows; `compared` is its share in the funnel."""

    figure: Figure
    url: str
    answers: Mapping[str, Answer]
    compared: Compared | None
    compared_over: str = ""
    records: str = ""
    """Where the records are listed, if they are public."""


@dataclass(frozen=True, slots=True)
class About:
    """Everything about a place, its windows named.

    `exact` are figures whose records are public: of the place itself, never of its group.
    """

    shown: Shown
    closed: Closed | None = None
    lines: Sequence[Line] = ()
    exact: Sequence[Line] = ()
    windows: Sequence[tuple[str, str]] = ()
    group: str = ""
    hidden: Sequence[Figure] = ()
    """Figures that are published by such places, but not of this one."""


def about(dimension: str, value: str) -> About:
    """The numbers of a place; of its group where it has none of its own."""
    closing = published.last_closing()
    if closing is None:
        return About(Shown.UNCLOSED)
    found = published.about(dimension, value, closing)
    public = {each.code: each for each in to_publish() if each.has_public_records}
    own = [each for each in found if each.cell.figure not in public]
    closed = Closed(closing, chosen_of(closing))
    exact = [
        _exact(figure, each, closed)
        for code, figure in public.items()
        for each in found
        if each.cell.figure == code and not isinstance(each.answer, Withheld)
    ]
    if own:
        return _about(Shown.ITSELF, closed, own, dimension, exact)
    figure, grouping = _grouping(dimension)
    code = grouping.of([value]).get(value, "") if grouping else ""
    together = published.about(grouping.code, code, closing) if grouping and code else []
    if figure is None or grouping is None or not together:
        return About(Shown.NOTHING, closed, exact=exact)
    group = str(names(figure, grouping.code, [code]).get(code, code))
    return _about(Shown.GROUP, closed, together, dimension, exact, group)


def _exact(figure: Figure, number: Number, closed: Closed) -> Line:
    url = reverse("number", args=[figure.code, closed.code])
    answers = {number.cell.window: number.answer}
    return Line(figure, url, answers, None, records=records(figure, number))


def _grouping(dimension: str) -> tuple[Figure | None, Grouping | None]:
    """The first published figure by the dimension, with the larger groups of its values."""
    for figure in to_publish():
        for each in figure.dimensions:
            if each.code == dimension and each.code in (figure.published or ()) and each.grouping:
                return figure, each.grouping
    return None, None


def _about(
    shown: Shown,
    closed: Closed,
    found: Sequence[Number],
    dimension: str,
    exact: Sequence[Line],
    group: str = "",
) -> About:
    answers: dict[str, ByWindow] = {}
    for each in found:
        answers.setdefault(each.cell.figure, {})[each.cell.window] = each.answer
    known = [
        each
        for each in to_publish()
        if dimension in (each.published or ()) and not each.has_public_records
    ]
    told = [each for each in known if _is_told(answers.get(each.code, {}))]
    centres = _centres(closed.closing, told)
    windows = [
        (code, window_name(code, closed.name))
        for code in Window.values
        if any(code in answers[each.code] for each in told)
    ]
    return About(
        shown if told else Shown.NOTHING,
        closed,
        [_line(each, answers[each.code], centres, closed) for each in told],
        exact,
        windows,
        group,
        [each for each in known if each not in told],
    )


def _is_told(answers: ByWindow) -> bool:
    return any(not isinstance(answer, Withheld) for answer in answers.values())


Centres = Mapping[tuple[str, str], float | None]


def _centres(closing: Closing, figures: Sequence[Figure]) -> Centres:
    """The share in all by figure and window; of four quarters from their own wholes."""
    quarters = four_quarters(closing)
    rows: dict[tuple[str, str], list[Answer]] = {}
    for each in published.wholes_in(quarters, [figure.code for figure in figures]):
        cell = each.cell
        if cell.window == Window.OWN:
            rows.setdefault((cell.figure, Window.FOUR.value), []).append(each.answer)
            if cell.closing_id == closing.pk:
                rows[cell.figure, Window.OWN.value] = [each.answer]
    return {key: centre_of(answers) for key, answers in rows.items()}


def _line(figure: Figure, answers: ByWindow, centres: Centres, closed: Closed) -> Line:
    """The figure, compared over the longest window, which says most."""
    compared, over = None, ""
    for window in Window.values:
        if window in answers:
            found = compare(answers[window], centres.get((figure.code, window)))
            compared, over = (found, window) if found else (compared, over)
    url = reverse("number", args=[figure.code, closed.code])
    return Line(figure, url, answers, compared, window_name(over, closed.name) if over else "")
