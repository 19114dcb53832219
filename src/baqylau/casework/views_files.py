"""Files of a case at the desk."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.casework import access, services
from baqylau.casework.forms import AttachForm
from baqylau.casework.queries import attachments as queries
from baqylau.casework.queries.cases import case as find_case
from baqylau.casework.rules.papers import KINDS, MEDIA_TYPES
from baqylau.casework.taxonomy import Paper
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require
from baqylau.web.asking import ask_again
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


def sheet_of(data: dict[str, Any]) -> services.Sheet:
    """The file of a form as the service takes it."""
    file = data["file"]
    return services.Sheet(file.read(), KINDS[file.content_type], is_cleaned=data["is_cleaned"])


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.WORK)
def attach(request: DeskRequest, reference: str) -> HttpResponse:
    """Add a file to a step."""
    row = find_case(reference)
    require(request.actor, access.WORK, row)
    steps = queries.steps_with_files(row)
    last = steps[-1].number if steps else None
    initial = {
        "step": request.GET.get("step", last),
        "seen": len(queries.attachments_of(row)),
    }
    data = request.POST if request.method == "POST" else None
    form = AttachForm(data, request.FILES or None, initial=initial, steps=steps)
    if form.is_valid():
        try:
            services.attach(
                actor=request.actor,
                number=row.number,
                step=int(form.cleaned_data["step"]),
                sheet=sheet_of(form.cleaned_data),
                seen=form.cleaned_data["seen"],
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The file is added."))
            return redirect("case", reference)
    ask_again(form)
    context = {"title": _("Add a file"), "form": form, "case": row, "reference": reference}
    return render(request, "casework/form.html", context, status=400 if form.errors else 200)


@require_safe
@desk(access.SEE)
def file(request: DeskRequest, reference: str, number: int) -> HttpResponse:
    """The file itself, to be saved: no browser shows it on our pages."""
    row = find_case(reference)
    require(request.actor, access.SEE, row)
    found, content = services.open_attachment(
        actor=request.actor, number=row.number, attached=number
    )
    name = f"{row.year}-{row.serial:06}-{found.number}.{found.kind}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=MEDIA_TYPES[Paper(found.kind)], headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.WORK)
def remove(request: DeskRequest, reference: str, number: int) -> HttpResponse:
    """Take a wrong file away, after a question."""
    row = find_case(reference)
    require(request.actor, access.WORK, row)
    found = queries.attachment(row, number)
    if request.method == "POST":
        services.remove_attachment(actor=request.actor, number=row.number, attached=number)
        messages.success(request, _("The file is removed."))
        return redirect("case", reference)
    context = {"case": row, "file": found, "reference": reference}
    return render(request, "casework/remove.html", context)
