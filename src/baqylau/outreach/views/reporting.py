"""The report of an event, its sheets, pictures and links."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.files import store
from baqylau.kernel.errors import DomainError
from baqylau.outreach import access
from baqylau.outreach.forms.events import (
    LinkForm,
    PictureForm,
    ReportForm,
    SheetForm,
    initial_report,
)
from baqylau.outreach.models import Link
from baqylau.outreach.queries import events as queries
from baqylau.outreach.services import pictures, reporting, sheets
from baqylau.outreach.services.sheets import KINDS, Scan
from baqylau.outreach.views.own import own_event, seen_event, way
from baqylau.web.asking import Asking, ask, ask_again
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.HOLD)
def report(request: DeskRequest, code: str) -> HttpResponse:
    """How it went: short, for a telephone; whatever is wrong, what was typed stays."""
    row = own_event(request, code)
    heads = {(each.sex, each.age): each.count for each in queries.heads_of(row)}
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, request.FILES or None, initial=initial_report(row, heads))
    if form.is_valid():
        try:
            reporting.report_event(
                actor=request.actor,
                event=row,
                told=form.told(),
                revision=form.cleaned_data["seen"],
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Thank you: the report is written."))
            return redirect("event_desk", code)
    ask_again(form)
    context = {"form": form, "event": row, "way": way(row), "bodies": queries.institutions_of(row)}
    return render(request, "outreach/desk_report.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.HOLD)
def add_sheet(request: DeskRequest, code: str) -> HttpResponse:
    """Add the scan of a sheet."""
    row = own_event(request, code)
    data = request.POST if request.method == "POST" else None
    form = SheetForm(data, request.FILES or None)

    def work() -> object:
        file = form.cleaned_data["sheet"]
        scan = Scan(file.read(), file.content_type)
        return sheets.add_sheet(actor=request.actor, event=row, scan=scan)

    lead = _(
        "Names of people stand on it: it is sealed at once, and every opening is written down."
    )
    asking = Asking(_("Add an attendance sheet"), way(row), work, _("The sheet is kept."), lead)
    return ask(request, form, asking)


@require_POST
@desk(access.SHEETS)
def sheet(request: DeskRequest, code: str, number: int) -> HttpResponse:
    """The sheet itself, to be saved: no browser shows it on our pages, and none keeps it."""
    row = queries.event(code)
    found, content = sheets.open_sheet(actor=request.actor, event=row, number=number)
    name = f"{row.code}-{found.number}.{KINDS.get(found.media_type, 'bin')}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=found.media_type, headers=headers)


@require_POST
@desk(access.HOLD)
def remove_sheet(request: DeskRequest, code: str, number: int) -> HttpResponse:
    """Forget a sheet that was added by mistake."""
    row = own_event(request, code)
    sheets.remove_sheet(actor=request.actor, event=row, number=number)
    messages.success(request, _("The sheet is forgotten."))
    return redirect("event_desk", code)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.HOLD)
def add_picture(request: DeskRequest, code: str) -> HttpResponse:
    """Add a picture."""
    row = own_event(request, code)
    data = request.POST if request.method == "POST" else None
    form = PictureForm(data, request.FILES or None)

    def work() -> object:
        values = dict(form.cleaned_data)
        file = values.pop("file")
        said = pictures.Pictured(file.read(), file.content_type, **values)
        return pictures.add_picture(actor=request.actor, event=row, said=said)

    return ask(
        request, form, Asking(_("Add a picture"), way(row), work, _("The picture is added."))
    )


@require_safe
@desk(access.VIEW)
def picture(request: DeskRequest, code: str, pk: int) -> HttpResponse:
    """A picture at the desk, with consent or without."""
    found = queries.picture(seen_event(request, code), pk)
    with store.read(found.file_id) as file:
        content = file.read()
    headers = {"Cache-Control": "no-store, private"}
    return HttpResponse(content, content_type="image/jpeg", headers=headers)


@require_POST
@desk(access.HOLD)
def agree(request: DeskRequest, code: str, pk: int) -> HttpResponse:
    """Note consent, or take it back."""
    found = queries.picture(own_event(request, code), pk)
    has_consent = request.POST.get("consent") == "yes"
    pictures.agree(actor=request.actor, picture=found, has_consent=has_consent)
    messages.success(request, _("Saved."))
    return redirect("event_desk", code)


@require_POST
@desk(access.HOLD)
def remove_picture(request: DeskRequest, code: str, pk: int) -> HttpResponse:
    """Take a picture away."""
    found = queries.picture(own_event(request, code), pk)
    pictures.remove_picture(actor=request.actor, picture=found)
    messages.success(request, _("The picture is removed."))
    return redirect("event_desk", code)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.HOLD)
def add_link(request: DeskRequest, code: str) -> HttpResponse:
    """Note where others wrote about it."""
    row = own_event(request, code)
    form = LinkForm(request.POST or None)

    def work() -> object:
        return pictures.add_link(actor=request.actor, event=row, **form.cleaned_data)

    return ask(request, form, Asking(_("Add a link"), way(row), work, _("The link is added.")))


@require_POST
@desk(access.HOLD)
def remove_link(request: DeskRequest, code: str, pk: int) -> HttpResponse:
    """Take a link away."""
    row = own_event(request, code)
    found = Link.objects.select_related("event").filter(event=row, pk=pk).first()
    if found is not None:
        pictures.remove_link(actor=request.actor, link=found)
        messages.success(request, _("The link is removed."))
    return redirect("event_desk", code)
