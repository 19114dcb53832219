"""A meeting while it is held and after: who came, votes, decisions, minutes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.councils import access
from baqylau.councils.forms.meetings import (
    DecisionForm,
    MinutesForm,
    PresenceForm,
    PublishForm,
    VotesForm,
)
from baqylau.councils.queries import meetings as queries
from baqylau.councils.queries.voting import ballots
from baqylau.councils.services import holding, minuting, voting
from baqylau.councils.views.meetings import way
from baqylau.kernel.errors import DomainError
from baqylau.web.asking import Asking, ask
from baqylau.web.desk import DeskRequest, desk


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def attendance(request: DeskRequest, code: str) -> HttpResponse:
    """Write down who came."""
    row = queries.meeting(code)
    form = PresenceForm(request.POST or None, rows=queries.came(row))
    asking = Asking(
        _("Who came"),
        way(row),
        lambda: holding.note_attendance(actor=request.actor, meeting=row, presence=form.said()),
        _("It is written down who came."),
        lead=_("With this the meeting is open. Whoever comes later is added here."),
    )
    return ask(request, form, asking)


@require_POST
@desk(access.VOTE)
def vote(request: DeskRequest, code: str, number: int) -> HttpResponse:
    """Vote oneself."""
    found = queries.item(queries.meeting(code), number)
    try:
        voting.cast_vote(actor=request.actor, item=found, choice=request.POST.get("choice", ""))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Your vote is counted."))
    return redirect("meeting_desk", code)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def votes(request: DeskRequest, code: str, number: int) -> HttpResponse:
    """Write down how members voted by hand."""
    row = queries.meeting(code)
    found = queries.item(row, number)
    ballot = ballots(row, [found], queries.came(row))[0]
    form = VotesForm(request.POST or None, ballot=ballot)
    if request.method == "POST" and form.is_valid():
        try:
            voting.record_votes(actor=request.actor, item=found, choices=form.said())
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The votes are written down."))
            return redirect("meeting_desk", code)
    context = {
        "form": form,
        "ballot": ballot,
        "refused": [(line, voting.REFUSALS[line.why_not]) for line in ballot.lines if line.why_not],
        "own": [line for line in ballot.lines if line.is_own],
        "way": way(row),
        "meeting": row,
    }
    status = 400 if form.errors else 200
    return render(request, "councils/desk_votes.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def decide(request: DeskRequest, code: str, number: int) -> HttpResponse:
    """Count the votes and write the decision down."""
    row = queries.meeting(code)
    found = queries.item(row, number)
    initial = {name: getattr(found, name) for name in DecisionForm.base_fields}
    form = DecisionForm(request.POST or None, initial=initial)
    asking = Asking(
        _("The decision"),
        way(row),
        lambda: voting.close_item(actor=request.actor, item=found, **form.cleaned_data),
        _("The decision is written down."),
        lead=_("With this the votes are counted and the vote is closed.") if found.is_voted else "",
    )
    return ask(request, form, asking)


@require_POST
@desk(access.KEEP)
def reopen(request: DeskRequest, code: str, number: int) -> HttpResponse:
    """Open a vote again."""
    found = queries.item(queries.meeting(code), number)
    voting.reopen_item(actor=request.actor, item=found)
    messages.success(request, _("The vote is open again."))
    return redirect("meeting_desk", code)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def minutes(request: DeskRequest, code: str) -> HttpResponse:
    """Write the secretary's words."""
    row = queries.meeting(code)
    initial = {name: getattr(row, name) for name in MinutesForm.base_fields}
    form = MinutesForm(request.POST or None, initial=initial)
    asking = Asking(
        _("The minutes"),
        way(row),
        lambda: minuting.write_minutes(actor=request.actor, meeting=row, **form.cleaned_data),
        _("Saved."),
    )
    return ask(request, form, asking)


@require_safe
@desk(access.KEEP)
def draft(_request: DeskRequest, code: str, language: str, form: str) -> HttpResponse:
    """The minutes as they would be published now."""
    row = queries.meeting(code)
    if language not in minuting.LANGUAGES or form not in minuting.MEDIA_TYPES:
        raise Http404
    name = f"minutes-{row.code}-{language}-draft.{form}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    content = minuting.document(row, language, form)
    return HttpResponse(content, content_type=minuting.MEDIA_TYPES[form], headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def publish(request: DeskRequest, code: str) -> HttpResponse:
    """Publish the minutes and freeze the meeting."""
    row = queries.meeting(code)
    form = PublishForm(request.POST or None, initial={"revision": row.revision})
    asking = Asking(
        _("Publish the minutes"),
        way(row),
        lambda: minuting.publish_minutes(
            actor=request.actor, meeting=row, revision=form.cleaned_data["revision"]
        ),
        _("The minutes are published, in Kazakh and in Russian, as PDF and DOCX."),
        lead=_("After this nothing about the meeting changes: who came, votes, decisions, words."),
        press=_("Publish"),
    )
    return ask(request, form, asking)
