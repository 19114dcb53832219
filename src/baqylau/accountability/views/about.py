"""What the room puts on pages of others: the home page, a district, an office."""

from collections.abc import Callable, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from baqylau.accountability import saying
from baqylau.accountability.queries import overview, voices
from baqylau.accountability.queries.places import About, Line, Shown, about
from baqylau.figures import showing
from baqylau.figures.models import Window
from baqylau.figures.rules.results import Answer, Estimate, Withheld
from baqylau.kernel.figures import Count, Figure, Share
from baqylau.text import unbroken

Part = Mapping[str, Mapping[str, object]]


def home() -> Part:
    """The three numbers that matter; nothing before the first closing."""
    closed = overview.newest()
    first = overview.board(closed).first if closed else ()
    if closed is None or not first:
        return {}
    context = {
        "order": 30,
        "first": first,
        "when": closed.name,
        "url": reverse("numbers"),
    }
    return {"accountability/home.html": context}


def numbers_of(what: str, code: str) -> Part:
    """What was published about a district or a body."""
    if what not in {"district", "body"}:
        return {}
    found = about(what, code)
    heads = _heads(found)
    context = {
        "what": what,
        "why_not": _why_not(found),
        "when": found.closed.name if found.closed else "",
        "group": found.group if found.shown is Shown.GROUP else "",
        "lead": _lead(found),
        "heads": heads,
        "rows": [_row(found, line, heads) for line in found.lines],
        "compared": [_compared(line) for line in found.lines if line.compared],
        "exact": [_exact(line) for line in found.exact],
        "hidden": [str(each.label) for each in found.hidden],
    }
    return {"accountability/place.html": context}


def replies_of(what: str, code: str) -> Part:
    """What a body itself says to its numbers, in its own words; and the sheet for its wall."""
    if what != "body":
        return {}
    told = [{"row": row, "text": voices.said(row, "text")} for row in voices.replies(code)]
    return {"accountability/replies.html": {"rows": told, "code": code}}


ABOUT: Sequence[Callable[[str, str], Part]] = (numbers_of, replies_of)
"""The parts of a place's page in their order: its numbers, then what stands beside them."""


def about_place(what: str, code: str) -> Part:
    """Every part that the room has for a place."""
    return {name: context for part in ABOUT for name, context in part(what, code).items()}


def _why_not(found: About) -> str:
    """The one sentence that stands in the place of numbers."""
    if found.shown is Shown.UNCLOSED:
        return _("Nothing to say yet: numbers are published once the first quarter is closed.")
    if found.shown is Shown.NOTHING:
        return _(
            "Nothing to say yet: over the last four quarters too few people came about this place "
            "for numbers in which nobody can be recognised."
        )
    return ""


def _heads(found: About) -> list[str]:
    """The names of the columns, one for each window."""
    own = found.closed.name if found.closed else ""
    together = _("four quarters together")
    return [own if code == Window.OWN else together for code, _long in found.windows]


def _lead(found: About) -> str:
    """The counts over the longest window in one line; a share as so many of so many."""
    if not found.lines:
        return ""
    window, name = found.windows[-1]
    wholes = {line.figure.kind.whole for line in found.lines if isinstance(line.figure.kind, Share)}
    said = [
        _told(line.figure, answer)
        for line in found.lines
        if (answer := line.answers.get(window)) and not isinstance(answer, Withheld)
        if not (isinstance(line.figure.kind, Count) and line.figure.kind.measure in wholes)
    ]
    return unbroken(f"{name[:1].upper()}{name[1:]}: {'; '.join(said)}.")


def _told(figure: Figure, answer: Answer) -> str:
    if not (isinstance(answer, Estimate) and isinstance(figure.kind, Share)):
        return f"{figure.label} – {showing.short(answer)}"
    said = {
        "population": figure.population,
        "whole": showing.whole(answer.n),
        "counted": figure.kind.counted,
        "part": showing.part_behind(answer),
    }
    return _("%(population)s – about %(whole)s, %(counted)s about %(part)s") % said


def _row(found: About, line: Line, heads: Sequence[str]) -> dict[str, object]:
    cells = []
    for (code, _long), name in zip(found.windows, heads, strict=True):
        answer = line.answers.get(code)
        cells.append(saying.said(name, answer) if answer else saying.too_small(name))
    return {"name": str(line.figure.label), "url": line.url, "cells": cells}


def _exact(line: Line) -> dict[str, object]:
    (answer,) = line.answers.values()
    name = str(line.figure.label)
    return {"url": line.url, "said": saying.said(name, answer, records=line.records)}


def _compared(line: Line) -> dict[str, str]:
    found = line.compared
    if found is None:
        return {}
    said = {
        "centre": showing.percent(found.centre),
        "low": showing.percent(found.low, found.centre),
        "high": showing.percent(found.high, found.centre),
        "n": showing.whole(found.n),
    }
    sentence = _(
        "In all: %(centre)s. At n = %(n)s chance alone puts the share anywhere from %(low)s to "
        "%(high)s."
    )
    return {
        "name": str(line.figure.label),
        "over": line.compared_over,
        "place": str(saying.PLACES[found.place]),
        "sentence": unbroken(sentence % said),
    }
