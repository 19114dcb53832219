"""Bring a table, look at what it would change, write it."""

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.imports import exports, queries, services
from baqylau.imports.forms import ApplyForm, UploadForm
from baqylau.imports.models import Run
from baqylau.imports.rules import problems_from_data
from baqylau.imports.sentences import sentence
from baqylau.imports.streaming import working
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.imports import Importer
from baqylau.kernel.permissions import require_role
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

AT_ONCE = 200_000
"""Bytes of a file that is read before the page answers; larger ones show progress."""
PAGE = 100
"""Lines of the report on one page."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _importer(request: DeskRequest, kind: str) -> Importer:
    found = queries.importer(kind)
    require_role(request.actor, found.action)
    return found


@require_safe
@desk()
def kinds(request: DeskRequest) -> HttpResponse:
    """The kinds of tables that one may bring."""
    return render(
        request, "imports/kinds.html", {"importers": queries.importers_for(request.actor)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk()
def bring(request: DeskRequest, kind: str) -> HttpResponse:
    """What a table of this kind holds, and the form to bring one."""
    importer = _importer(request, kind)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        run = services.receive(actor=request.actor, kind=kind, name=file.name, data=file.read())
        return _look(request, run, size=file.size)
    columns = [(column, exports.heading(column)) for column in importer.columns]
    context = {
        "importer": importer,
        "form": form,
        "columns": columns,
        "runs": queries.recent(kind),
    }
    return render(request, "imports/bring.html", context, status=400 if form.errors else 200)


def _look(request: DeskRequest, run: Run, size: int) -> HttpResponse:
    address = reverse("import_run", args=[run.token])
    if size <= AT_ONCE:
        services.examine(run=run)
        return redirect(address)
    page: HttpResponseBase = working(
        request,
        _("The table is being read"),
        lambda progress: _done(services.examine(run=run, progress=progress)),
        address,
    )
    return cast("HttpResponse", page)


def _done(_run: Run) -> None:
    """Nothing is left to say."""


@require_safe
@desk()
def show(request: DeskRequest, token: str) -> HttpResponse:
    """What the table would change, or has changed."""
    run = queries.run(token)
    return _page(request, run, ApplyForm())


def _page(request: DeskRequest, run: Run, form: ApplyForm, status: int = 200) -> HttpResponse:
    importer = _importer(request, run.kind)
    report = run.report
    problems = problems_from_data(report.get("problems", []))
    notes = problems_from_data(report.get("notes", []))
    lines = Paginator(report.get("lines", []), PAGE)
    context = {
        "run": run,
        "importer": importer,
        "form": form,
        "refusal": report.get("refusal", ""),
        "counts": report.get("counts", {}),
        "problems": [(problem, sentence(problem)) for problem in problems],
        "notes": [(note, sentence(note)) for note in notes],
        "has_sheets": any(found.sheet for found in (*problems, *notes)),
        "lines": lines.get_page(request.GET.get("page")),
        "can_apply": bool(report.get("lines")) and bool(run.content),
    }
    return render(request, "imports/run.html", context, status=status)


@require_POST
@desk()
def apply(request: DeskRequest, token: str) -> HttpResponse:
    """Write what was shown."""
    run = queries.run(token)
    _importer(request, run.kind)
    form = ApplyForm(request.POST)
    despite = form.is_valid() and form.cleaned_data["despite_errors"]
    address = reverse("import_run", args=[token])
    if len(run.content) > AT_ONCE:
        page: HttpResponseBase = working(
            request,
            _("The table is being written"),
            lambda progress: _done(
                services.apply(
                    actor=request.actor, token=token, despite_errors=despite, progress=progress
                )
            ),
            address,
        )
        return cast("HttpResponse", page)
    try:
        services.apply(actor=request.actor, token=token, despite_errors=despite)
    except DomainError as error:
        if isinstance(error, ConflictError):
            run = services.examine(run=queries.run(token))
        add_refusal(form, error)
        return _page(request, run, form, status=error.status)
    return redirect(address)


def _workbook(name: str, data: bytes) -> HttpResponse:
    disposition = f'attachment; filename="{name}.xlsx"'
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": disposition})


@require_safe
@desk()
def blank(request: DeskRequest, kind: str) -> HttpResponse:
    """A workbook with the headings only."""
    return _workbook(kind, exports.blank(_importer(request, kind)))


@require_safe
@desk()
def export(request: DeskRequest, kind: str) -> HttpResponse:
    """What the room holds, ready to be changed and brought again."""
    return _workbook(kind, exports.as_xlsx(_importer(request, kind)))
