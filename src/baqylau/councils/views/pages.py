"""Councils for everybody: the list, a council, a member, a meeting with its papers and minutes."""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baqylau.councils.models import Choice, MeetingStage
from baqylau.councils.parts import lines, promises_of
from baqylau.councils.queries import attendance
from baqylau.councils.queries import councils as queries
from baqylau.councils.queries import meetings as holding
from baqylau.councils.queries.councils import UnknownError
from baqylau.councils.queries.origins import came_of
from baqylau.councils.queries.said import said
from baqylau.councils.queries.voting import shown
from baqylau.councils.rules.terms import sits
from baqylau.councils.rules.voting import Count
from baqylau.councils.taxonomy import Origin
from baqylau.documents.icalendar import Event, calendar
from baqylau.files.handing import taken
from baqylau.kernel import clock

MEETINGS = 60
"""Meetings on a council's page: about five years."""
PAGE = 50


def _year(today: date) -> tuple[date, date]:
    return date(today.year, 1, 1), date(today.year + 1, 1, 1)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All councils."""
    rows = list(queries.councils())
    keys = [row.pk for row in rows]
    came = attendance.council_shares(keys)
    today = clock.today()
    held = attendance.plan_shares(keys, _year(today)[0], today + timedelta(days=1))
    context = {
        "rows": [
            {"council": row, "came": came.get(row.pk), "held": held.get(row.pk)} for row in rows
        ],
        "today": today,
    }
    return render(request, "councils/councils.html", context)


@require_safe
def council(request: HttpRequest, code: str) -> HttpResponse:
    """A council: who sits in it, its plan and meetings, how often people come."""
    row = queries.council(code)
    today = clock.today()
    members = list(queries.members(row))
    came = attendance.shares(members)
    lines = [
        {
            "member": member,
            "came": came.get(member.pk),
            "is_over": not sits(member.first_on, member.until_on, today),
        }
        for member in members
    ]
    held = attendance.plan_shares([row.pk], _year(today)[0], today + timedelta(days=1))
    context = {
        "council": row,
        "now": [line for line in lines if not line["is_over"]],
        "before": [line for line in lines if line["is_over"]],
        "meetings": list(holding.of_council(row)[:MEETINGS]),
        "came": attendance.council_shares([row.pk]).get(row.pk),
        "held": held.get(row.pk),
        "parts": promises_of("council", code),
        "today": today,
    }
    return render(request, "councils/council.html", context)


@require_safe
def member(request: HttpRequest, code: str) -> HttpResponse:
    """A member: terms, declared interests, attendance, votes."""
    row = queries.member(code)
    votes = attendance.votes_of(row)
    context = {
        "member": row,
        "terms": list(queries.terms_of(row)),
        "interests": queries.interests([row]).get(row.pk, []),
        "came": attendance.shares([row]).get(row.pk),
        "votes": [(Choice(code).label, number) for code, number in votes.items()],
        "voted": sum(votes.values()),
        "last": attendance.last_of(row),
        "cast": attendance.last_votes(row),
        "today": clock.today(),
    }
    return render(request, "councils/member.html", context)


@require_safe
def meeting(request: HttpRequest, code: str) -> HttpResponse:
    """A meeting: agenda and papers; when the minutes are public, who came and how they voted."""
    row = holding.meeting(code)
    agenda = holding.items(row) if row.stage in holding.PUBLIC_AGENDA else []
    is_public = row.published_at is not None
    votes = shown(agenda) if is_public else {}
    papers = holding.materials(row) if agenda else {}
    came = holding.came(row) if is_public else []
    context = {
        "meeting": row,
        "rows": [
            {
                "item": item,
                "papers": papers.get(item.pk, []),
                "votes": votes.get(item.pk, ([], Count()))[0],
                "count": votes.get(item.pk, ([], Count()))[1],
            }
            for item in agenda
        ],
        "came": came,
        "quorum": holding.quorum(came),
        "words": said(row, "minutes"),
        "documents": holding.documents(row),
        "came_of": lines(came_of(Origin.MEETING, code)),
        "is_public": is_public,
        "moved_from": holding.moved_from(row),
    }
    return render(request, "councils/meeting.html", context)


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings of all councils, or those that a number was counted from."""
    asked = holding.Wanted.of(request.GET)
    page = Paginator(holding.listing(asked), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    came = attendance.meeting_shares(row.pk for row in rows)
    context = {
        "page": page,
        "rows": [{"meeting": row, "came": came.get(row.pk)} for row in rows],
        "asked": asked,
        "council": queries.councils().filter(code=asked.council).first(),
        "today": clock.today(),
    }
    return render(request, "councils/meetings.html", context)


@require_safe
def calendar_file(request: HttpRequest, code: str) -> HttpResponse:
    """The invitation for calendars; a meeting that moved or is off replaces what was there."""
    row = holding.meeting(code)
    if row.starts_at is None:
        raise UnknownError(_("Nobody is invited to this meeting yet."))
    here = request.build_absolute_uri(reverse("meeting", args=[code]))
    told = Event(
        uid=f"meeting-{row.code}@{request.get_host().partition(':')[0]}",
        on=holding.day_of(row),
        starts_at=row.starts_at,
        ends_at=row.starts_at + timedelta(minutes=row.minutes_long),
        summary=f"{said(row.council, 'name')}: {said(row, 'topic')}",
        place=str(said(row, "place")),
        url=here,
        sequence=row.sequence,
        is_cancelled=row.stage == MeetingStage.CANCELLED,
    )
    headers = {"Content-Disposition": f'attachment; filename="{row.code}.ics"'}
    content = calendar(str(said(row.council, "name")), [told], clock.now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
def paper(_request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A paper of the agenda; public with the invitations."""
    row = holding.meeting(code)
    if row.stage not in holding.PUBLIC_AGENDA:
        raise UnknownError(_("There is no such paper."))
    return taken(holding.material(row, pk).file, f"{row.code}-{pk}")


@require_safe
def minutes(_request: HttpRequest, code: str, language: str, form: str) -> HttpResponse:
    """The published minutes as a document."""
    row = holding.meeting(code)
    found = holding.document(row, language, form)
    return taken(found.file, f"minutes-{row.code}-{language}")
