"""Files of a report, and its way out of the house."""

import mimetypes

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.casework.queries.listing import names
from baqylau.documents.clean.copying import clean_copy
from baqylau.kernel.errors import DomainError
from baqylau.reports import access
from baqylau.reports.forms.officer import ExportForm, TakeForm
from baqylau.reports.models import Export, Item, Part, Report
from baqylau.reports.rules.contents import read_head
from baqylau.reports.services import exporting
from baqylau.reports.services.opening import open_evidence
from baqylau.reports.views.reading import find, talk_of
from baqylau.reports.views.unlocking import KeyRequest, unlocked
from baqylau.seal import keys
from baqylau.seal.keys import Use
from baqylau.web.desk import desk
from baqylau.web.forms import add_refusal

METHODS = ["GET", "HEAD", "POST"]


def as_attachment(answer: HttpResponseBase, name: str) -> None:
    """To be saved, never shown on our pages, kept by no browser. `name` tells nothing."""
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store"


@desk(access.READ)
@unlocked
@require_safe
def original(request: KeyRequest, report: str, number: str) -> HttpResponse:
    """A file as it was sent: it may hold a program, and who made it."""
    row = find(request, report)
    if not is_file(row, int(number)):
        raise Http404
    file = open_evidence(actor=request.actor, own=request.key, report=row, number=int(number))
    head = read_head(file)
    answer = FileResponse(file, content_type="application/octet-stream")
    as_attachment(answer, f"original-{number}{ending(head.media_type)}")
    return answer  # type: ignore[return-value] # a streaming answer, as views give


@desk(access.READ)
@unlocked
@require_safe
def clean(request: KeyRequest, report: str, number: str) -> HttpResponse:
    """A copy of a file that holds its pixels and nothing else; made now, kept nowhere."""
    row = find(request, report)
    if not is_file(row, int(number)):
        raise Http404
    with open_evidence(
        actor=request.actor, own=request.key, report=row, number=int(number)
    ) as file:
        head = read_head(file)
        copy = clean_copy(file.read(), head.media_type)
    answer = HttpResponse(copy.content, content_type="application/octet-stream")
    as_attachment(answer, f"clean-{number}{ending(copy.media_type)}")
    return answer


def is_file(row: Report, number: int) -> bool:
    """Whether the item of R is a file."""
    return Item.objects.filter(
        report=row.pk, part=Part.REPORT, number=number, ciphertext=None
    ).exists()


def ending(media_type: str) -> str:
    """The ending of a file's name, by what it is."""
    return mimetypes.guess_extension(media_type) or ".bin"


@require_http_methods(METHODS)
@desk(access.READ)
@unlocked
def export(request: KeyRequest, report: str) -> HttpResponse:
    """Ask for an export, agree to a colleague's, take one's own."""
    row = find(request, report)
    form = ExportForm(request.POST or None)
    if form.is_valid():
        try:
            exporting.ask_export(actor=request.actor, report=row, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Now another officer has to agree."))
            return redirect("report_export", row.pk)
    rows = list(Export.objects.filter(report=row).order_by("asked_on", "pk"))
    context = {
        "report": row,
        "form": form,
        "exports": rows,
        "names": names(key for one in rows for key in (one.asker, one.second)),
        "me": request.actor.key,
    }
    return render(request, "reports/desk/exports.html", context, status=400 if form.errors else 200)


def _export(row: Report, number: str) -> Export:
    found = Export.objects.select_related("report").filter(report=row, pk=number).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(METHODS)
@desk(access.READ)
@unlocked
def agree(request: KeyRequest, report: str, number: str) -> HttpResponse:
    """Agree to a colleague's export as the second officer."""
    row = find(request, report)
    if request.method == "POST":
        exporting.agree_export(actor=request.actor, export=_export(row, number))
        messages.success(request, _("You have agreed. Your colleague may take the export once."))
    return redirect("report_export", row.pk)


@require_http_methods(METHODS)
@desk(access.READ)
@unlocked
def take(request: KeyRequest, report: str, number: str) -> HttpResponse:
    """Show a key that was drawn for this export alone; then give the archive, once."""
    row = find(request, report)
    wanted = _export(row, number)
    form = TakeForm(request.POST or None)
    if form.is_valid():
        archive = exporting.take_export(
            actor=request.actor,
            export=wanted,
            talk=talk_of(request, row),
            public=request.POST.get("public", "")[:80],
        )
        answer = FileResponse(archive, content_type="application/octet-stream")
        as_attachment(answer, "report.zip")
        return answer  # type: ignore[return-value] # a streaming answer, as views give
    exporting.require_ready(actor=request.actor, export=wanted)
    drawn = keys.generate(Use.REPORT)
    context = {"report": row, "form": form, "drawn": drawn}
    return render(request, "reports/desk/take.html", context, status=400 if form.errors else 200)
