"""What the room says about published numbers, in the language that is active."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baqylau.accountability.rules.changes import Change, change
from baqylau.figures import showing
from baqylau.figures.exporting import group_name
from baqylau.figures.queries.pages import Row
from baqylau.figures.rules.evaluating import Sums, evaluate
from baqylau.figures.rules.results import Answer, Withheld
from baqylau.kernel.figures import Figure
from baqylau.stats.funnel import Place
from baqylau.text import unbroken

_CHANGES = {
    Change.MORE: gettext_lazy("The period before: %(before)s. Now it is more."),
    Change.LESS: gettext_lazy("The period before: %(before)s. Now it is less."),
    Change.SAME: gettext_lazy("The period before: %(before)s. Nothing changed."),
    Change.CHANCE: gettext_lazy(
        "The period before: %(before)s. Chance could explain the difference."
    ),
}
PLACES = {
    Place.ABOVE: gettext_lazy("above what chance allows"),
    Place.WITHIN: gettext_lazy("within what chance allows"),
    Place.BELOW: gettext_lazy("below what chance allows"),
}


def changed(now: Answer, before: Answer | None) -> str:
    """What changed since the period before; "" where nothing can be said."""
    if before is None:
        return ""
    kind = change(now, before)
    if kind is Change.UNKNOWN:
        return ""
    return unbroken(str(_CHANGES[kind]) % {"before": showing.short(before)})


@dataclass(frozen=True, slots=True)
class Said:
    """A number as a page shows it: name, number or reason, interval and n of an estimate.

    `url` is where the name leads, `records` where the number does: to its records, if public.
    """

    name: str
    number: str
    is_words: bool
    interval: str = ""
    n: str = ""
    url: str = ""
    change: str = ""
    records: str = ""


def said(
    name: str, answer: Answer, *, url: str = "", before: Answer | None = None, records: str = ""
) -> Said:
    """The answer in words, with its name and where it leads."""
    return Said(
        name,
        showing.short(answer),
        isinstance(answer, Withheld),
        showing.interval(answer),
        showing.count_behind(answer),
        url,
        changed(answer, before),
        records,
    )


def too_small(name: str) -> Said:
    """What stands where a value was hidden, alone or to protect its neighbours."""
    return Said(name, _("not shown alone"), is_words=True)


def absent(figure: Figure, name: str) -> Said:
    """What stands where a place has no number: of public records there was nothing to count."""
    return said(name, evaluate(figure, Sums())) if figure.has_public_records else too_small(name)


def said_row(row: Row) -> Said:
    """A row of a table in words."""
    return said(group_name(row), row.answer, url=row.url, records=row.records)


def sentence(figure: Figure, answer: Answer, period: str) -> str:
    """The number of a named period as a whole sentence."""
    if isinstance(answer, Withheld):
        head = {"population": figure.population, "period": period}
        why = {"why": showing.short(answer).rstrip(".")}
        return unbroken(_("%(population)s, %(period)s: no number. Why: %(why)s.") % (head | why))
    return showing.sentence_of(figure, answer, period)
