"""Drafts for everybody: the list, a draft, a point with its form, comments, the report."""

import secrets
from collections.abc import Sequence
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.councils.forms.comments import WHOLE, CodeForm, SayForm
from baqylau.councils.models import Draft, Point
from baqylau.councils.parts import lines as as_lines
from baqylau.councils.queries import comments, discussion
from baqylau.councils.queries import drafts as reading
from baqylau.councils.queries.origins import came_of, discussed_at
from baqylau.councils.queries.said import said as said_in
from baqylau.councils.rules.stances import Shown
from baqylau.councils.rules.term import Phase
from baqylau.councils.services.commenting import WARNED, say
from baqylau.councils.taxonomy import Origin
from baqylau.documents.tables import Value, write_csv
from baqylau.institutions.labels import name
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.places import read_place
from baqylau.territories.labels import language
from baqylau.web import strangers
from baqylau.web.forms import add_refusal
from baqylau.web.networks import network_of

PURPOSE, LOOK = "councils.say", "councils.comment"
PAGE = 20
LINES = 40
"""Points on a page of the report."""


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Drafts that are or were discussed, the open ones first."""
    today = clock.today()
    page = Paginator(reading.published(), PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "draft": row,
            "title": reading.title(row),
            "phase": reading.phase_of(row, today),
            "last_on": reading.last_day(row),
            "body": name(row.institution),
        }
        for row in page
    ]
    context = {"page": page, "rows": rows, "whole": discussion.whole()}
    return render(request, "councils/drafts.html", context)


def _about(row: Draft) -> dict[str, object]:
    """What every page of a draft says."""
    phase = reading.phase_of(row, clock.today())
    return {
        "draft": row,
        "title": reading.title(row),
        "body": name(row.institution),
        "council": said_in(row.council, "name") if row.council else None,
        "phase": phase,
        "is_open": phase is Phase.OPEN,
        "is_closed": phase is Phase.CLOSED,
        "last_on": reading.last_day(row),
        "purpose": PURPOSE,
    }


@require_safe
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """A draft with its points; a long one by pages."""
    row = reading.public_draft(code)
    leaf = reading.leaf(row, request.GET.get("page", ""))
    about = _about(row)
    said = comments.published_counts(leaf.points)
    stances = discussion.stances_of(leaf.points) if about["is_closed"] else {}
    lines = [
        {
            "point": each,
            "text": said_in(each, "text"),
            "comments": said.get(each.pk, 0),
            "stances": stances.get(each.pk, Shown()),
        }
        for each in leaf.points
    ]
    is_last = leaf.number == leaf.count
    context = {
        "leaf": leaf,
        "lines": lines,
        "key": _key(),
        "term": reading.shown_term(row),
        "meetings": discussed_at(row) if is_last else [],
        "came_of": as_lines(came_of(Origin.COMMENTS, code)) if is_last else [],
    }
    return _again(render(request, "councils/draft.html", {**about, **context}))


def _key() -> str:
    return secrets.token_hex(16)


def _again(answer: HttpResponse) -> HttpResponse:
    """Let the way back show the same form with the same key, so that it counts once."""
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def point(request: HttpRequest, code: str, order: int) -> HttpResponse:
    """A point in both languages, and the form to say something about it."""
    if request.method == "POST":
        strangers.guard(request, WHOLE)
    row = reading.public_draft(code)
    found = reading.point(row, order)
    if request.method == "POST":
        return _take(request, row, found)
    return _point(request, row, found, SayForm(initial={"key": _key()}))


def _point(
    request: HttpRequest, row: Draft, found: Point, form: SayForm, status: int = 200
) -> HttpResponse:
    about = _about(row)
    own = said_in(found, "text")
    other = found.text_ru if own.text == found.text_kk else found.text_kk
    context = {
        "point": found,
        "point_name": reading.name_of(found),
        "text": own,
        "other": other,
        "other_lang": "ru" if other == found.text_ru else "kk",
        "form": form,
        "page": reading.page_of_point(row, found.order),
        "comments": comments.published_counts([found]).get(found.pk, 0),
        "stances": discussion.stances_of([found]).get(found.pk, Shown())
        if about["is_closed"]
        else None,
    }
    return _again(render(request, "councils/point.html", {**about, **context}, status=status))


def _take(request: HttpRequest, row: Draft, found: Point) -> HttpResponse:
    form = SayForm(request.POST)
    is_whole = form.is_valid()
    if not strangers.is_ours(request.POST, PURPOSE):
        form.add_error(None, _("This page was open for too long. Press the button once more."))
        return _point(request, row, found, form, 400)
    if not is_whole:
        return _point(request, row, found, form, 400)
    try:
        taken = say(point=found, said=form.said(language()), network=network_of(request))
    except DomainError as error:
        return _refused(request, row, found, error)
    page = reading.page_of_point(row, found.order)
    context = {"point": found, "taken": taken, "page": page}
    answer = render(request, "councils/said.html", {**_about(row), **context})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _refused(request: HttpRequest, row: Draft, found: Point, error: DomainError) -> HttpResponse:
    """The same page with the text as it was sent; whoever was warned may send it once more."""
    sent = request.POST.copy()
    if error.code == WARNED:
        sent["warned"] = "1"
    again = SayForm(sent)
    again.is_valid()
    add_refusal(again, error)
    return _point(request, row, found, again, error.status)


@require_safe
def said(request: HttpRequest, code: str, order: int) -> HttpResponse:
    """What was said about a point, with the answers."""
    row = reading.public_draft(code)
    found = reading.point(row, order)
    context = {
        "point": found,
        "point_name": reading.name_of(found),
        "found": comments.published_of(found, request.GET.get("page", "")),
        "back": reading.page_of_point(row, order),
    }
    return render(request, "councils/comments.html", {**_about(row), **context})


@require_safe
def comments_of_all(request: HttpRequest) -> HttpResponse:
    """The published comments of all drafts: what numbers about them open."""
    asked = request.GET
    wanted = comments.Wanted(
        first=_day(asked.get("from", "")),
        until=_day(asked.get("until", "")),
        body=asked.get("body", "")[:8],
        stand=asked.get("stand", "")[:10],
    )
    after = read_place(asked.get("after", "")[:40])
    context = {
        "found": comments.published_all(wanted, after),
        "is_first_page": after is None,
        "window": comments.WINDOW,
    }
    return render(request, "councils/comments_all.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest) -> HttpResponse:
    """What became of a comment: published, or by which rule not; and its answer."""
    if request.method != "POST":
        return _asked(request, CodeForm())
    strangers.guard(request)
    form = CodeForm(request.POST)
    is_whole = form.is_valid()
    if not strangers.is_ours(request.POST, LOOK):
        form.add_error(None, _("This page was open for too long. Press the button once more."))
    elif is_whole:
        try:
            return _found(request, form.cleaned_data["code"])
        except DomainError as error:
            form.add_error("code", error.message)
    return _asked(request, form, 400)


def _asked(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "purpose": LOOK}
    answer = render(request, "councils/comment_code.html", context, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _found(request: HttpRequest, code: str) -> HttpResponse:
    row = comments.comment(code)
    context = {
        **_about(row.point.draft),
        "row": row,
        "point": row.point,
        "point_name": reading.name_of(row.point),
        "shown": comments.shown(row),
    }
    answer = render(request, "councils/comment.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
def report(request: HttpRequest, code: str) -> HttpResponse:
    """What the discussion came to, once it is closed."""
    row = _closed(code)
    found = discussion.report(row)
    page = Paginator(found.lines, LINES).get_page(request.GET.get("page"))
    context = {
        "report": found,
        "page": page,
        "refusals": discussion.refusal_names(found.refusals),
    }
    return render(request, "councils/report.html", {**_about(row), **context})


def _closed(code: str) -> Draft:
    row = reading.public_draft(code)
    if reading.phase_of(row, clock.today()) is not Phase.CLOSED:
        raise reading.UnknownDraftError(
            _("The report is made when the discussion is closed, on %(day)s."),
            params={"day": f"{row.closes_on:%d.%m.%Y}"},
        )
    return row


@require_safe
def points_csv(_request: HttpRequest, code: str) -> HttpResponse:
    """The report, a row a point."""
    return _csv(list(discussion.points_table(_closed(code))), f"draft-{code}-points")


@require_safe
def comments_csv(_request: HttpRequest, code: str) -> HttpResponse:
    """The published comments with their answers."""
    return _csv(list(discussion.comments_table(_closed(code))), f"draft-{code}-comments")


def _csv(rows: Sequence[Sequence[Value]], file: str) -> HttpResponse:
    return HttpResponse(
        write_csv(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file}.csv"'},
    )
