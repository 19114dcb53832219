"""All numbers of a closed period, and the three that stand first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from baqylau.accountability.queries.periods import Closed, before
from baqylau.accountability.rules.headlines import headlines
from baqylau.accountability.saying import Said, said
from baqylau.figures.models import Closing
from baqylau.figures.queries import published
from baqylau.figures.queries.closing import to_publish
from baqylau.figures.queries.published import chosen_of
from baqylau.figures.rules.results import Answer
from baqylau.kernel.figures import Figure


@dataclass(frozen=True, slots=True)
class Board:
    """The numbers of a period: the three that matter, and every one."""

    first: Sequence[Said]
    rows: Sequence[Said]
    corrected: Sequence[str]
    """Names of the numbers that were corrected since."""


def newest() -> Closed | None:
    """The last closed quarter, None before the first closing."""
    closing = published.last_closing()
    return Closed(closing, chosen_of(closing)) if closing else None


def board(of: Closed) -> Board:
    """The numbers of a period; what changed since the period before, where that is closed."""
    earlier = before(of)
    numbers = published.wholes(of.closing)
    now = {each.cell.figure: each.answer for each in numbers if each.cell.window == "own"}
    past = _answers(earlier) if earlier else {}
    known = {each.code: each for each in to_publish() if each.code in now}

    def shown(figure: Figure) -> Said:
        url = reverse("number", args=[figure.code, of.code])
        return said(str(figure.label), now[figure.code], url=url, before=past.get(figure.code))

    first = headlines({code: now[code] for code in known})
    corrected = {each.cell.figure for each in numbers if each.corrections}
    return Board(
        [shown(known[code]) for code in first],
        [shown(figure) for figure in known.values()],
        [str(figure.label) for figure in known.values() if figure.code in corrected],
    )


def _answers(closing: Closing) -> Mapping[str, Answer]:
    rows = published.wholes(closing)
    return {each.cell.figure: each.answer for each in rows if each.cell.window == "own"}
