"""What this room shows beyond its own pages: home page, search, worklist."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Hit
from baqylau.kernel.permissions import may
from baqylau.kernel.work import Asked, Task
from baqylau.law.words import reader
from baqylau.lawbook.labels import LETTERS
from baqylau.lawbook.queries.book import book
from baqylau.lawbook.queries.letters import letters
from baqylau.lawbook.rights import CALENDAR, SEE

AHEAD = timedelta(days=45)
"""How long before a year begins its unconfirmed calendar is a task."""
HITS = 10


def home() -> Mapping[str, object]:
    """The two public pages, low on the home page."""
    return {"lawbook/home.html": {"order": 80}}


def search(actor: Actor, query: str) -> Sequence[Hit]:
    """Rules and letters whose name or code holds the words."""
    if not may(actor, SEE):
        return []
    words = query.casefold()
    language = reader.language()
    rules = [
        Hit(
            rule.name.in_language(language),
            reverse("lawbook_rule", args=[rule.rule_id]),
            _("rule of law"),
            rule.rule_id,
        )
        for rule in {each.rule_id: each for each in book().rules}.values()
        if words in f"{rule.rule_id} {' '.join(rule.name.as_dict().values())}".casefold()
    ]
    found = [
        Hit(row.title, reverse("lawbook_letter", args=[row.template_id, row.language]), _("letter"))
        for row in letters()
        if words in f"{row.title} {LETTERS[row.template_id]}".casefold()
    ]
    return [*rules, *found][:HITS]


def tasks(asked: Asked) -> Sequence[Task]:
    """A year that begins soon, or has begun, and is not confirmed."""
    if not may(asked.actor, CALENDAR):
        return []
    today = asked.today
    years = book().calendar.years
    soon = sorted({today.year, (today + AHEAD).year})
    return asked.take(
        Task(
            label=_("Confirm the calendar of %(year)s") % {"year": year},
            url=reverse("lawbook_calendar", args=[year]),
            due_on=None,
            kind=_("calendar"),
            number=year,
            reference=str(year),
        )
        for year in soon
        if year in years and not years[year].is_confirmed
    )
