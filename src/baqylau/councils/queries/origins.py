"""Where a recommendation came from and what came of a draft or a meeting, with the ways there."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from baqylau.casework.rules.numbers import reference
from baqylau.councils.models import AgendaItem, Draft, Meeting, Recommendation
from baqylau.councils.queries.drafts import published
from baqylau.councils.queries.meetings import PUBLIC_AGENDA
from baqylau.councils.queries.said import Said, said
from baqylau.councils.taxonomy import Origin
from baqylau.kernel.modules import registry

MOST = 60
"""Recommendations of one draft or meeting that its page names."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a recommendation names as its source; `url` is "" where there is no page of it."""

    words: Said
    url: str = ""


def source_of(row: Recommendation, *, at_desk: bool = False) -> Source:
    """The source in words with the way there; at the desk a case has one too. One query at most."""
    if row.origin == Origin.MEETING:
        meeting = Meeting.objects.filter(code=row.source).first()
        if meeting:
            return Source(said(meeting, "topic"), reverse("meeting", args=[meeting.code]))
    elif row.origin == Origin.COMMENTS:
        draft = published().filter(code=row.source).first()
        if draft:
            return Source(said(draft, "title"), reverse("draft", args=[draft.code]))
    elif row.origin == Origin.FIGURE:
        return _figure(row.source)
    elif row.origin == Origin.CASE and at_desk:
        return Source(Said(row.source), _address("case", reference(row.source)))
    return Source(Said(row.source))


def _figure(text: str) -> Source:
    """A figure by its name, with its period: "casework.in_time 2026-Q3"."""
    code, _space, period = text.partition(" ")
    known = {figure.code: figure for figure in registry.gather("figures")}
    if code not in known:
        return Source(Said(text))
    return Source(Said(f"{known[code].label}, {period}"), _address("number_latest", code))


def _address(name: str, *args: str) -> str:
    """The page with the name, "" where the site has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def came_of(origin: str, code: str) -> list[Recommendation]:
    """The recommendations that were sent and name the draft or the meeting; one query."""
    rows = Recommendation.objects.filter(source=code, origin=origin, steps__gt=0)
    return list(rows.select_related("institution").order_by("pk")[:MOST])


def discussed_at(draft: Draft) -> list[Meeting]:
    """The meetings on whose public agenda the draft stands, the first one first; one query."""
    items = AgendaItem.objects.filter(draft=draft, meeting__stage__in=PUBLIC_AGENDA)
    rows = Meeting.objects.filter(pk__in=items.values("meeting"))
    return list(rows.order_by("planned_on", "pk"))
