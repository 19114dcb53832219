"""Documents of an account, its pictures, and the organisation's own template."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.accountability import access
from baqylau.accountability.forms.accounts import PictureForm, TemplateForm
from baqylau.accountability.models import Account
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.services import making, writing
from baqylau.accountability.views.accounts import way
from baqylau.documents.accounts import word
from baqylau.files import store
from baqylau.files.handing import taken
from baqylau.imports.streaming import working
from baqylau.kernel.errors import DomainError
from baqylau.kernel.imports import Progress
from baqylau.web.asking import Asking, ask
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


@require_POST
@desk(access.APPROVE)
def make(request: DeskRequest, pk: int) -> HttpResponse:
    """Make the documents, showing how far it is."""
    row = queries.account(pk)

    def work(progress: Progress) -> None:
        making.make(actor=request.actor, account=row, progress=progress)

    page = working(
        request, _("The documents are being made"), work, reverse("account", args=[row.pk])
    )
    return cast("HttpResponse", page)


@require_safe
@desk(access.APPROVE)
def document(_request: DeskRequest, pk: int, language: str, form: str) -> HttpResponse:
    """A document of an account."""
    return given(queries.account(pk), language, form)


def given(row: Account, language: str, form: str) -> HttpResponse:
    """A document to take away."""
    found = queries.document(row, language, form)
    draft = "" if row.sealed_at else "-draft"
    return taken(found.file, f"account-{row.period}-v{row.version}-{language}{draft}")


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.DRAFT)
def picture(request: DeskRequest, pk: int) -> HttpResponse:
    """Add a picture."""
    row = queries.account(pk)
    form = PictureForm(request.POST or None, request.FILES or None)
    asking = Asking(
        _("A picture"),
        way(row),
        lambda: writing.add_picture(actor=request.actor, account=row, said=form.said()),
        _("The picture is added."),
    )
    return ask(request, form, asking)


@require_safe
@desk(access.APPROVE)
def picture_content(_request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """A picture as it stands in the account."""
    found = queries.picture(queries.account(pk), key).file
    with store.read(found.digest) as file:
        return HttpResponse(file.read(), content_type=found.media_type)


@require_POST
@desk(access.DRAFT)
def picture_remove(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """Take a picture out."""
    row = queries.account(pk)
    writing.remove_picture(actor=request.actor, account=row, picture=queries.picture(row, key))
    messages.success(request, _("The picture is taken out."))
    return redirect("account", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.DRAFT)
def templates(request: DeskRequest) -> HttpResponse:
    """The organisation's own template for Word: which holds, and another one."""
    form = TemplateForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            making.set_template(
                actor=request.actor,
                language=form.cleaned_data["language"],
                content=form.cleaned_data["file"].read(),
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Accounts are set in this template from now on."))
            return redirect("account_templates")
    own = {code: queries.template(code) for code in queries.LANGUAGES}
    context = {"form": form, "own": own, "way": way()}
    status = 400 if form.errors else 200
    return render(request, "accountability/templates.html", context, status=status)


@require_POST
@desk(access.DRAFT)
def template_drop(request: DeskRequest, language: str) -> HttpResponse:
    """Go back to the program's own template."""
    if language in queries.LANGUAGES:
        making.drop_template(actor=request.actor, language=language)
        messages.success(request, _("The program's own template holds again."))
    return redirect("account_templates")


@require_safe
@desk(access.DRAFT)
def template_ours(_request: DeskRequest) -> HttpResponse:
    """The program's own template, to start from."""
    headers = {"Content-Disposition": 'attachment; filename="account.docx"'}
    return HttpResponse(word.default_template(), content_type=making.DOCX, headers=headers)
