"""Filters that say law's words in the language of the page."""

from collections.abc import Mapping
from datetime import date

from django import template
from django.utils.translation import gettext as _

from baqylau.law.amounts import Unit, amount_in_words
from baqylau.law.dates import date_in_words
from baqylau.law.rules import Rule
from baqylau.law.words import Wording, reader
from baqylau.lawbook.labels import DAY_KINDS
from baqylau.lawbook.queries.versions import State, shown

register = template.Library()


@register.filter
def said(wording: Wording) -> str:
    """A text in the language of the page."""
    return wording.in_language(reader.language())


@register.filter
def spoken(on: date) -> str:
    """A date in words, with its weekday."""
    return date_in_words(on, reader.language())


@register.filter
def length(rule: Rule) -> str:
    """How long a term is: «15 жұмыс күні»."""
    if rule.amount == 0:
        return _("the same day")
    amount = amount_in_words(rule.amount, Unit(rule.unit), reader.language())
    return _("%(amount)s before") % {"amount": amount} if rule.amount < 0 else amount


@register.filter
def kind_label(kind: str) -> str:
    """What kind of day it is."""
    return str(DAY_KINDS[kind])


@register.filter
def column_value(value: object, column: str) -> str:
    """A column's value as people read it."""
    return shown(column, value)


@register.filter
def state_label(state: State) -> str:
    """How a version stands."""
    return {
        State.IN_FORCE: _("in force"),
        State.FUTURE: _("not in force yet"),
        State.PAST: _("not in force any more"),
        State.REPLACED: _("replaced"),
    }[state]


@register.filter
def row_said(row: Mapping[str, object]) -> str:
    """What a change of the calendar holds before or after: a day's row, or a year's."""
    if "kind" in row:
        reason = row[f"reason_{reader.language()}"]
        return f"{kind_label(str(row['kind']))} ({reason})"
    state = _("confirmed") if row["is_confirmed"] else _("not confirmed")
    return f"{state} ({row['decree']})" if row["decree"] else state


@register.filter
def braced(name: str) -> str:
    """A place as it is written in a letter."""
    return f"{{{{ {name} }}}}"


@register.filter
def action_label(action: str) -> str:
    """What somebody did."""
    return {
        "lawbook.seeded": _("rules and calendar of the program loaded"),
        "lawbook.recounted": _("open deadlines counted anew"),
        "lawbook.rule_entered": _("version of a rule entered"),
        "lawbook.rule_verified": _("rule marked as checked"),
        "lawbook.day_off_moved": _("day off moved"),
        "lawbook.day_set": _("special day written"),
        "lawbook.day_cleared": _("day returned to the plain week"),
        "lawbook.year_confirmed": _("year confirmed, or no longer confirmed"),
    }[action]


@register.filter
def subject_said(subject: str) -> str:
    """What it was done to: the code, day or year."""
    return subject.partition(":")[2]
