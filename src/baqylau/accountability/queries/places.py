"""What was published about one place: a district, an office, or the group an office is in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from baqylau.accountability.queries.periods import Closed, four_quarters
from baqylau.accountability.queries.tables import names, window_name
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


@dataclass(frozen=True, slots=True)
class About:
    """Everything about a place, its windows named."""

    shown: Shown
    closed: Closed | None = None
    lines: Sequence[Line] = ()
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
    if found:
        return _about(Shown.ITSELF, closing, found, dimension)
    figure, grouping = _grouping(dimension)
    code = grouping.of([value]).get(value, "") if grouping else ""
    if figure is None or grouping is None or not code:
        return About(Shown.NOTHING, Closed(closing, chosen_of(closing)))
    found = published.about(grouping.code, code, closing)
    if not found:
        return About(Shown.NOTHING, Closed(closing, chosen_of(closing)))
    group = str(names(figure, grouping.code, [code]).get(code, code))
    return _about(Shown.GROUP, closing, found, dimension, group)


def _grouping(dimension: str) -> tuple[Figure | None, Grouping | None]:
    """The first published figure by the dimension, with the larger groups of its values."""
    for figure in to_publish():
        for each in figure.dimensions:
            if each.code == dimension and each.code in (figure.published or ()) and each.grouping:
                return figure, each.grouping
    return None, None


def _about(
    shown: Shown, closing: Closing, found: Sequence[Number], dimension: str, group: str = ""
) -> About:
    closed = Closed(closing, chosen_of(closing))
    answers: dict[str, ByWindow] = {}
    for each in found:
        answers.setdefault(each.cell.figure, {})[each.cell.window] = each.answer
    known = [each for each in to_publish() if dimension in (each.published or ())]
    told = [each for each in known if _is_told(answers.get(each.code, {}))]
    centres = _centres(closing, told)
    windows = [
        (code, window_name(code, closed.name))
        for code in Window.values
        if any(code in answers[each.code] for each in told)
    ]
    return About(
        shown if told else Shown.NOTHING,
        closed,
        [_line(each, answers[each.code], centres, closed) for each in told],
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
