"""How far a matter is: for the resident with number and code, and for whoever answers a call."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baqylau.institutions.queries import receptions
from baqylau.kernel import clock
from baqylau.kernel.permissions import may
from baqylau.lawbook.queries.book import book
from baqylau.reception import access
from baqylau.reception.forms.slips import TYPED, DeskStatusForm, StatusForm
from baqylau.reception.models import Consultation
from baqylau.reception.queries.consultations import whole
from baqylau.reception.queries.progress import Progress, progress_at
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.rules.numbers import reference
from baqylau.reception.services.guessing import WaitError, opens
from baqylau.reception.words import COMPLAIN
from baqylau.web import strangers
from baqylau.web.desk import DeskRequest, desk

PURPOSE = "reception.status"


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; the pair is sent in the form, never in the address."""
    if request.method == "POST":
        strangers.guard(request)
        return _answer(request)
    number = request.GET.get("number", "")[:TYPED]
    return _public(request, StatusForm(initial={"number": number}))


def _answer(request: HttpRequest) -> HttpResponse:
    form = StatusForm(request.POST)
    is_whole = form.is_valid()
    if not strangers.is_ours(request.POST, PURPOSE):
        form.add_error(None, _("This page was open for too long. Press the button once more."))
        return _public(request, form, 400)
    if not is_whole:
        return _public(request, form, 400)
    try:
        progress = _opened(form)
    except WaitError as wait:
        return _wait(_public(request, _refused(form, wait.message), 429), wait)
    if progress is None:
        return _public(request, form, 400)
    context = {"progress": progress, "complain": COMPLAIN, "today": clock.today()}
    return _unkept(render(request, "reception/status_found.html", context))


def _opened(form: Form) -> Progress | None:
    """What number and code open; else the form says that they do not. Raises: WaitError."""
    year, serial = form.cleaned_data["number"]
    if opens(year=year, serial=serial, code=form.cleaned_data["code"]):
        return progress_at(year, serial, clock.today(), book())
    _refused(form, _("Number and code do not belong together. Please compare both with the slip."))
    return None


def _refused(form: Form, sentence: str) -> Form:
    form.add_error(None, sentence)
    return form


def _public(request: HttpRequest, form: Form, code: int = 200) -> HttpResponse:
    context = {"form": form, "purpose": PURPOSE, "has_rooms": bool(receptions(clock.today()))}
    return _unkept(render(request, "reception/status.html", context, status=code))


def _unkept(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _wait(answer: HttpResponse, wait: WaitError) -> HttpResponse:
    answer.headers["Retry-After"] = str(wait.seconds)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.SEE)
def at_desk(request: DeskRequest) -> HttpResponse:
    """The same at the desk: without a code where the colleague may read the consultation."""
    form = DeskStatusForm(request.POST or None)
    progress, code = None, 200
    if form.is_valid():
        try:
            progress = _opened(form) if form.cleaned_data["code"] else _readable(request, form)
        except WaitError as wait:
            return _wait(_desk_page(request, _refused(form, wait.message), None, 429), wait)
    if form.errors:
        code = 400
    return _desk_page(request, form, progress, code)


def _readable(request: DeskRequest, form: Form) -> Progress | None:
    """What the colleague may see without a code; else the form asks for it."""
    year, serial = form.cleaned_data["number"]
    today = clock.today()
    row = whole().filter(year=year, serial=serial).first()
    if row is None or may(at_the_desk(request.actor, today), access.SEE, row):
        progress = progress_at(year, serial, today, book())
        if progress is not None:
            return progress
    form.add_error("code", _("Ask for the code: this number is not among those of your rooms."))
    return None


def _desk_page(
    request: DeskRequest, form: Form, progress: Progress | None, code: int
) -> HttpResponse:
    row = Consultation.objects.filter(number=progress.number).first() if progress else None
    actor = at_the_desk(request.actor, clock.today())
    context = {
        "form": form,
        "progress": progress,
        "complain": COMPLAIN,
        "reference": reference(row.number) if row and may(actor, access.SEE, row) else "",
    }
    return render(request, "reception/status_desk.html", context, status=code)
