"""Letter templates at the desk: the list, a letter with its places, a new version, the check."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may
from baqylau.lawbook.forms import LetterForm, VerifyForm
from baqylau.lawbook.labels import LETTERS, allowed_places
from baqylau.lawbook.queries import letters as queries
from baqylau.lawbook.queries.people import names
from baqylau.lawbook.rights import EDIT, SEE
from baqylau.lawbook.services import letters as services
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

METHODS = ["GET", "HEAD", "POST"]


@require_safe
@desk(SEE)
def letters(request: DeskRequest) -> HttpResponse:
    """Every letter in every language."""
    rows = [(row, LETTERS[row.template_id]) for row in queries.letters()]
    return render(request, "lawbook/letters.html", {"rows": rows})


@require_safe
@desk(SEE)
def letter(request: DeskRequest, code: str, language: str) -> HttpResponse:
    """A letter as it would look, its places, and its versions."""
    rows = queries.versions(code, language)
    number = request.GET.get("version", "")
    row = next((row for row in rows if str(row.number) == number), rows[0])
    context = {
        "row": row,
        "rows": rows,
        "label": LETTERS[code],
        "preview": queries.preview(code, language, row.title, row.body),
        "names": names(row.created_by for row in rows),
        "may_edit": may(request.actor, EDIT),
    }
    return render(request, "lawbook/letter.html", context)


@require_http_methods(METHODS)
@desk(EDIT)
def enter(request: DeskRequest, code: str, language: str) -> HttpResponse:
    """Enter the next version of a letter, with a preview before it is saved."""
    last = queries.letter(code, language)
    data = request.POST if request.method == "POST" else None
    initial = {"base": last.number, "title": last.title, "body": last.body}
    form = LetterForm(data, initial=initial)
    preview, status = None, 200
    if form.is_valid():
        entered = form.cleaned_data
        try:
            if "save" in request.POST:
                services.enter_letter(code=code, language=language, actor=request.actor, **entered)
                messages.success(request, _("Saved. The new version is not checked yet."))
                return redirect("lawbook_letter", code, language)
            services.refuse_strange(code, entered["title"], entered["body"])
            preview = queries.preview(code, language, entered["title"], entered["body"])
        except DomainError as error:
            add_refusal(form, error)
            status = error.status
    context = {
        "form": form,
        "row": last,
        "label": LETTERS[code],
        "places": allowed_places(code),
        "preview": preview,
    }
    return render(request, "lawbook/letter_form.html", context, status=status)


@require_http_methods(METHODS)
@desk(EDIT)
def verify(request: DeskRequest, code: str, language: str, number: int) -> HttpResponse:
    """Mark the version in use as checked."""
    row = queries.letter(code, language)
    name = names([request.actor.key]).get(request.actor.key, "")
    data = request.POST if request.method == "POST" else None
    form = VerifyForm(data, initial={"verified_by": name, "verified_on": clock.today()})
    status = 200
    if form.is_valid():
        try:
            services.verify_letter(
                code=code,
                language=language,
                number=number,
                actor=request.actor,
                **form.cleaned_data,
            )
        except DomainError as error:
            add_refusal(form, error)
            status = error.status
        else:
            messages.success(request, _("Marked as checked."))
            return redirect("lawbook_letter", code, language)
    context = {"form": form, "row": row, "label": LETTERS[code]}
    return render(request, "lawbook/letter_verify.html", context, status=status)
