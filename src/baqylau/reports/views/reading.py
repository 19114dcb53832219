"""A report at the desk: its page, and the short forms on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require
from baqylau.reports import access
from baqylau.reports.forms.officer import AnswerForm, NoteForm
from baqylau.reports.models import Export, Report
from baqylau.reports.queries import reading
from baqylau.reports.queries.circle import circle_of
from baqylau.reports.queries.contents import OpenedItem
from baqylau.reports.queries.listing import promise_of
from baqylau.reports.queries.talk import PAGE
from baqylau.reports.services import answering, noting, triage
from baqylau.reports.services.deskpart import desk_part
from baqylau.reports.services.once import Opened
from baqylau.reports.services.opening import open_report, report_part
from baqylau.reports.taxonomy import State
from baqylau.reports.views.unlocking import KeyRequest, unlocked
from baqylau.web.desk import desk
from baqylau.web.forms import add_refusal


def find(request: KeyRequest, pk: str) -> Report:
    """The report, for somebody who holds a key to it. Raises: Http404; NotAllowedError."""
    row = Report.objects.filter(pk=pk).exclude(state=State.DELETED).first()
    if row is None:
        raise Http404
    require(request.actor, access.READ, row)
    return row


def talk_of(request: KeyRequest, report: Report) -> Opened:
    """R's part, to add to it."""
    return report_part(actor=request.actor, own=request.key, report=report)


def desk_of(request: KeyRequest, report: Report) -> Opened:
    """D's part, made if there is none."""
    return desk_part(actor=request.actor, own=request.key, report=report)


@dataclass(frozen=True, slots=True, repr=False)
class Looked:
    """What an opening of a report has shown: the items of R and of D, and D if there is one."""

    talk: Opened
    items: list[OpenedItem]
    desk: Opened | None
    notes: list[OpenedItem]


def look(request: KeyRequest, report: Report) -> Looked:
    """Open a report, tell the journal, and finish what was cut off before. Raises: SealError."""
    talk = open_report(actor=request.actor, own=request.key, report=report)
    if not report.desk_public:
        return Looked(talk, talk.items(), None, [])
    part = desk_of(request, report)
    notes = part.items()
    if any(not one.number and not one.is_given_up for one in triage.cases_of(notes)):
        triage.complete(desk=part, actor=request.actor)
        notes = part.items()
    return Looked(talk, talk.items(), part, notes)


@desk(access.READ)
@unlocked
@require_safe
def report(request: KeyRequest, report: str) -> HttpResponse:
    """The report: what was told, what was said since, what colleagues noted, what may be done."""
    return page(request, find(request, report))


def page(request: KeyRequest, row: Report, **bound: Any) -> HttpResponse:  # noqa: ANN401 - forms
    """Draw the report's page; a form that was refused stands in it as it was typed."""
    seen = look(request, row)
    items, until = _paged(seen.items, request.GET.get("before", ""))
    answers = reading.answers_of(seen.items)
    exports = Export.objects.filter(report=row, taken_on=None)
    context = {
        "report": row,
        "story": str(answers.get("story", "")),
        "answers": reading.answers_said(answers),
        "talk": reading.talk(row, seen.talk.part, seen.talk.key, items),
        "earlier": items[0].number if items and items[0].number > 1 else 0,
        "is_newest": until == len(seen.items),
        "notes": reading.noted(seen.notes),
        "label": noting.last_label(seen.notes),
        "has_agreed": triage.has_agreed(row, seen.items),
        "circle": circle_of(row),
        "promise": promise_of(row),
        "exports": list(exports),
        "answer_form": AnswerForm(),
        "note_form": NoteForm(prefix="note"),
        "is_open": True,
        "today": clock.today(),
        **bound,
    }
    is_wrong = any(form.errors for form in bound.values())
    return render(request, "reports/desk/report.html", context, status=400 if is_wrong else 200)


def _paged(items: list[OpenedItem], before: str) -> tuple[list[OpenedItem], int]:
    """PAGE items before the one with this number, the newest without; and the last one's number."""
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 7 else 0
    until = number - 1 if 1 < number <= len(items) else len(items)
    return items[max(0, until - PAGE) : until], until


def back(row: Report) -> HttpResponse:
    """To the report's page."""
    return redirect("report_read", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.READ)
@unlocked
def answer(request: KeyRequest, report: str) -> HttpResponse:
    """Send a message to the reporter."""
    row = find(request, report)
    form = AnswerForm(request.POST)

    def send() -> None:
        answering.answer(to=talk_of(request, row), actor=request.actor, **form.cleaned_data)

    return _take(request, row, form, send, _("Your answer is sealed and waits."), "answer_form")


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.READ)
@unlocked
def note(request: KeyRequest, report: str) -> HttpResponse:
    """Note something for colleagues."""
    row = find(request, report)
    form = NoteForm(request.POST, prefix="note")

    def keep() -> None:
        noting.note(to=desk_of(request, row), actor=request.actor, **form.cleaned_data)

    return _take(request, row, form, keep, _("The note is sealed."), "note_form")


def _take(
    request: KeyRequest,
    row: Report,
    form: Any,  # noqa: ANN401 - any form
    work: Callable[[], None],
    done: str,
    name: str,
) -> HttpResponse:
    """Do the work of a form on the report's page, or show it with what is wrong."""
    if request.method != "POST":
        return back(row)
    if form.is_valid():
        try:
            work()
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, done)
            return back(row)
    return page(request, row, **{name: form})


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.READ)
@unlocked
def acknowledge(request: KeyRequest, report: str) -> HttpResponse:
    """Say in a standard sentence that the report has come."""
    row = find(request, report)
    if request.method == "POST":
        answering.acknowledge(to=talk_of(request, row), actor=request.actor)
        messages.success(request, _("The reporter will read that the report has come."))
    return back(row)
