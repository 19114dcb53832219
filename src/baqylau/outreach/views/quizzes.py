"""Tests at the desk: writing them, giving one at an event, tallies, sheets of codes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may, may_somewhere
from baqylau.outreach import access
from baqylau.outreach.forms.quizzes import (
    MOMENTS,
    CodesForm,
    GiveForm,
    QuizForm,
    TallyForm,
    initial_of,
)
from baqylau.outreach.models import Event, Moment, Quiz
from baqylau.outreach.queries import events
from baqylau.outreach.queries import quizzes as reading
from baqylau.outreach.queries.results import of_event
from baqylau.outreach.rules.testing import read_code
from baqylau.outreach.services import codes as giving
from baqylau.outreach.services import quizzes as writing
from baqylau.outreach.views.own import own_event, seen_event, way
from baqylau.web import qr
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal
from baqylau.web.trees import public_link


@require_safe
@desk(access.SEE)
def quizzes(request: DeskRequest) -> HttpResponse:
    """Every test."""
    context = {
        "rows": reading.listing(),
        "can_write": may_somewhere(request.actor, access.TESTS),
    }
    return render(request, "outreach/quizzes.html", context)


@require_safe
@desk(access.SEE)
def quiz(request: DeskRequest, code: str) -> HttpResponse:
    """A test with its questions, as it is printed for paper too."""
    found = reading.quiz(code)
    context = {
        "quiz": found,
        "questions": reading.questions_of(found),
        "is_used": reading.is_used(found),
        "can_write": may_somewhere(request.actor, access.TESTS),
    }
    return render(request, "outreach/quiz.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.TESTS)
def quiz_new(request: DeskRequest) -> HttpResponse:
    """Write a test."""
    return _written(request, QuizForm(request.POST or None), None)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.TESTS)
def quiz_edit(request: DeskRequest, code: str) -> HttpResponse:
    """Change a test that no event has."""
    found = reading.quiz(code)
    initial = initial_of(found, reading.questions_of(found))
    return _written(request, QuizForm(request.POST or None, initial=initial), found)


def _written(request: DeskRequest, form: QuizForm, quiz: Quiz | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            saved = writing.write_quiz(
                actor=request.actor, titles=form.titles(), questions=form.questions(), quiz=quiz
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The test is kept."))
            return redirect("quiz", saved.code)
    context = {"form": form, "quiz": quiz}
    return render(request, "outreach/quiz_form.html", context, status=400 if form.errors else 200)


@require_POST
@desk(access.TESTS)
def quiz_end(request: DeskRequest, code: str) -> HttpResponse:
    """Give a test no longer."""
    writing.end_quiz(actor=request.actor, quiz=reading.quiz(code))
    messages.success(request, _("The test is given at no further event."))
    return redirect("quizzes")


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.VIEW)
def event_test(request: DeskRequest, code: str) -> HttpResponse:
    """The test of an event: choose it, type the tally of paper sheets, give out codes."""
    if request.method != "POST":
        return _event_page(request, seen_event(request, code))
    event = own_event(request, code)
    return _set_tally(request, event) if "moment" in request.POST else _give(request, event)


def _give(request: DeskRequest, event: Event) -> HttpResponse:
    form = GiveForm(request.POST, quizzes=reading.to_choose())
    if form.is_valid():
        try:
            chosen = reading.quiz(form.cleaned_data["quiz"])
            writing.give(actor=request.actor, event=event, quiz=chosen)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The event has this test."))
            return redirect("event_test", event.code)
    return _event_page(request, event, give=form)


def _set_tally(request: DeskRequest, event: Event) -> HttpResponse:
    form = TallyForm(request.POST, auto_id=f"{request.POST['moment']}_%s")
    if form.is_valid():
        moment = form.cleaned_data["moment"]
        try:
            writing.tally(actor=request.actor, event=event, moment=moment, counts=form.counts())
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The sheets are counted."))
            return redirect("event_test", event.code)
    return _event_page(request, event, tally=form)


def _event_page(
    request: DeskRequest,
    event: Event,
    *,
    give: GiveForm | None = None,
    tally: TallyForm | None = None,
) -> HttpResponse:
    sitting = reading.sitting_of(event)
    tallies = reading.tallies_of(sitting) if sitting else []
    forms = []
    for row in tallies:
        initial: dict[str, object] = {f"right_{at}": count for at, count in enumerate(row.paper)}
        initial |= {"moment": row.moment}
        fresh = TallyForm(initial=initial, auto_id=f"{row.moment}_%s")
        is_sent = tally is not None and tally.data.get("moment") == row.moment
        forms.append((row, tally if is_sent else fresh))
    has_faults = bool((give and give.errors) or (tally and tally.errors))
    context = {
        "event": event,
        "way": way(event),
        "sitting": sitting,
        "tallies": forms,
        "result": of_event(event),
        "give": give or GiveForm(quizzes=reading.to_choose()),
        "codes": CodesForm(initial={"moment": Moment.BEFORE}),
        "can_hold": may(request.actor, access.HOLD, events.holding(event)),
    }
    return render(request, "outreach/event_test.html", context, status=400 if has_faults else 200)


@require_POST
@never_cache
@desk(access.HOLD)
def event_codes(request: DeskRequest, code: str) -> HttpResponse:
    """A sheet of new codes for the printer: the answer itself, shown this once."""
    event = own_event(request, code)
    form = CodesForm(request.POST)
    made = _printed(request, event, form) if form.is_valid() else []
    if form.errors:
        context = {"event": event, "form": form, "way": way(event)}
        return render(request, "outreach/codes_form.html", context, status=400)
    start, title = public_link(request, "test"), _("Way to the five questions")
    context = {
        "event": event,
        "moment": dict(MOMENTS)[form.cleaned_data["moment"]],
        "start": start.partition("://")[2],
        "slips": [
            (code, qr.svg(public_link(request, "test_code", read_code(code)), title))
            for code in made
        ],
    }
    return render(request, "outreach/codes.html", context)


def _printed(request: DeskRequest, event: Event, form: CodesForm) -> list[str]:
    try:
        return giving.print_codes(actor=request.actor, event=event, **form.cleaned_data)
    except DomainError as error:
        add_refusal(form, error)
        return []


@require_POST
@desk(access.HOLD)
def event_codes_drop(request: DeskRequest, code: str, moment: str) -> HttpResponse:
    """Take back codes that nobody used."""
    event = own_event(request, code)
    if moment in Moment:
        number = giving.drop_codes(actor=request.actor, event=event, moment=moment)
        messages.success(request, _("Codes taken back: %(number)s.") % {"number": number})
    return redirect("event_test", event.code)
