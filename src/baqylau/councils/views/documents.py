"""Final documents and letters at the desk: drafting, signing, sending, on paper."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.db.models import Q
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.casework.forms import bodies_to_take
from baqylau.casework.services.writing import AbolishedError
from baqylau.councils import access
from baqylau.councils.forms.documents import (
    LABELS,
    DeliveryForm,
    DocumentForm,
    PublicationForm,
    RecommendationForm,
    SignForm,
    TakeBackForm,
)
from baqylau.councils.models import Council, FinalDocument, Recommendation
from baqylau.councils.queries import documents as queries
from baqylau.councils.queries.chain import shown_clock
from baqylau.councils.queries.documents import last_sent
from baqylau.councils.queries.printing import LANGUAGES, languages_of, paper_of
from baqylau.councils.queries.said import said
from baqylau.councils.services import deliveries, publishing
from baqylau.councils.services import documents as services
from baqylau.documents.letters import LetterError, write_docx, write_pdf
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may, require
from baqylau.lawbook.queries.book import book
from baqylau.territories.queries import districts
from baqylau.web.asking import Asking, ask
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

WRITERS: Final = {
    "pdf": (write_pdf, "application/pdf"),
    "docx": (
        write_docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}
BUSY: Final[Mapping[str, Callable[..., object]]] = {
    "send": deliveries.send,
    "receive": deliveries.receive,
    "take-back": deliveries.take_back,
}
"""What is written down of a body's own copy."""


@require_safe
@desk(access.SEE)
def documents(request: DeskRequest) -> HttpResponse:
    """All of them, those of the latest control first."""
    after = request.GET.get("after", "")
    first = int(after) if after.isdecimal() and len(after) < 7 else None
    rows, following = queries.newest(first)
    context = {
        "rows": rows,
        "next": following,
        "is_first_page": not first,
        "can_write": may(request.actor, access.WRITE),
    }
    return render(request, "councils/documents/list.html", context)


@require_safe
@desk(access.SEE)
def document(request: DeskRequest, code: str) -> HttpResponse:
    """A document: its parts, its recommendations, whom it reached, its term."""
    row = queries.document(code)
    page = queries.page_of(row, book())
    is_draft = row.signed_on is None
    context = {
        "page": page,
        "row": row,
        "parts": [(LABELS[name], getattr(row, name)) for name in LABELS if getattr(row, name)],
        "shown": shown_clock(page.clock, clock.today(), book()) if page.clock else None,
        "printed_in": languages_of(row, page.recommendations),
        "is_draft": is_draft,
        "can_write": is_draft and may(request.actor, access.WRITE),
        "sign_form": SignForm(initial={"revision": row.revision})
        if is_draft and may(request.actor, access.SIGN)
        else None,
        "can_send": may(request.actor, access.SIGN),
        "is_sent": bool(page.deliveries) and last_sent(page.deliveries) is not None,
        "can_follow": may(request.actor, access.FOLLOW),
    }
    return render(request, "councils/documents/document.html", context)


def _councils() -> list[tuple[str, str]]:
    """The councils that there are today, for choosing."""
    there = Q(until_on=None) | Q(until_on__gt=clock.today())
    rows = Council.objects.filter(there).order_by("name_kk", "pk")
    return [(row.code, said(row, "name").text) for row in rows]


def _form_page(
    request: DeskRequest,
    title: object,
    form: Form,
    row: FinalDocument | None = None,
    heir: str = "",
) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "row": row,
        "bodies": bodies_to_take(form) if "body" in form.fields else [],
        "heir": heir,
    }
    status = 400 if form.errors else 200
    return render(request, "councils/documents/form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.WRITE)
def new(request: DeskRequest) -> HttpResponse:
    """Begin a document."""
    data = request.POST if request.method == "POST" else None
    form = DocumentForm(data, councils=_councils())
    if form.is_valid():
        try:
            row = services.write_document(actor=request.actor, said=form.written())
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Written down."))
            return redirect("final_document", row.code)
    return _form_page(request, _("A new document"), form)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.WRITE)
def edit(request: DeskRequest, code: str) -> HttpResponse:
    """Change a draft."""
    row = queries.document(code)
    names = ("kind", "first_on", "completed_on", "form", "signer", "revision", *LABELS)
    initial = {name: getattr(row, name) for name in names}
    initial["council"] = row.council.code if row.council else ""
    data = request.POST if request.method == "POST" else None
    form = DocumentForm(data, initial=initial, councils=_councils())
    if form.is_valid():
        try:
            services.write_document(
                actor=request.actor,
                said=form.written(),
                code=code,
                revision=form.cleaned_data["revision"],
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Written down."))
            return redirect("final_document", code)
    return _form_page(request, _("Change the document"), form, row)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.WRITE)
def recommend(request: DeskRequest, code: str, each: str = "") -> HttpResponse:
    """Add a recommendation to a draft, or change one; an abolished body's successor is offered."""
    row = queries.document(code)
    initial = _initial(row, each)
    data = request.POST if request.method == "POST" else None
    if "take_body" in request.POST:
        # A body was taken from the list: the form is drawn again with it, and nothing is written.
        initial |= {**request.POST.dict(), "body": request.POST["take_body"][:24]}
        data = None
    form = RecommendationForm(data, initial=initial, districts=districts())
    heir = ""
    if form.is_valid():
        try:
            services.write_recommendation(
                actor=request.actor, document=code, code=each, **form.cleaned_data
            )
        except DomainError as error:
            heir = error.heir if isinstance(error, AbolishedError) else ""
            add_refusal(form, error)
        else:
            messages.success(request, _("Written down."))
            return redirect("final_document", code)
    title = _("Change the recommendation") if each else _("Add a recommendation")
    return _form_page(request, title, form, row, heir)


def _initial(row: FinalDocument, each: str) -> dict[str, Any]:
    if not each:
        return {"origin": "control"}
    found = Recommendation.objects.select_related("institution").filter(document=row, code=each)
    one = found.first()
    if one is None:
        raise Http404
    names = ("text_kk", "text_ru", "origin", "source")
    said_so = {name: getattr(one, name) for name in names}
    return {**said_so, "body": one.institution.code, "district": one.territory_id}


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.WRITE)
def leave_out(request: DeskRequest, code: str, each: str) -> HttpResponse:
    """Take a recommendation out of a draft, after a question."""
    row = queries.document(code)
    if request.method == "POST":
        services.remove_recommendation(actor=request.actor, document=code, code=each)
        messages.success(request, _("It is left out."))
        return redirect("final_document", code)
    return _form_page(request, _("Leave the recommendation out"), Form(), row)


@require_http_methods(["POST"])
@desk(access.SIGN)
def sign(request: DeskRequest, code: str) -> HttpResponse:
    """Sign a draft; what is lacking is said field by field."""
    row = queries.document(code)
    form = SignForm(request.POST)
    if form.is_valid():
        try:
            made = services.sign(
                actor=request.actor, code=code, revision=form.cleaned_data["revision"]
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Signed: № %(number)s.") % {"number": made.number})
            return redirect("final_document", code)
    return _form_page(request, _("Sign"), form, row)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.SIGN)
def publish(request: DeskRequest, code: str) -> HttpResponse:
    """Show a document to everybody, after somebody has read it once more."""
    row = queries.document(code)
    form = PublicationForm(request.POST or None, initial={"revision": row.revision})
    asking = Asking(
        _("Publish the document"),
        (
            (_("Final documents and letters"), reverse("final_documents")),
            (said(row, "title").text, reverse("final_document", args=[code])),
        ),
        lambda: publishing.publish_document(
            actor=request.actor, code=code, revision=form.cleaned_data["revision"]
        ),
        _("It is published. Each of its recommendations leads to it."),
        lead=_(
            "Everybody will read its title, days, place, tasks, whom it was about, what was found, "
            "and when it went to each body. The name under it is left out."
        ),
        press=_("Publish"),
    )
    return ask(request, form, asking)


@require_POST
@desk(access.SIGN)
def hide(request: DeskRequest, code: str) -> HttpResponse:
    """Take a published document away again."""
    publishing.hide_document(actor=request.actor, code=code)
    messages.success(request, _("It is not public any more."))
    return redirect("final_document", code)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.FOLLOW)
def deliver(request: DeskRequest, code: str, body: str, what: str) -> HttpResponse:
    """Write down that it went to a body or arrived there, or take that back."""
    if what not in BUSY:
        raise Http404
    row = queries.document(code)
    if what == "send":
        require(request.actor, access.SIGN)
    data = request.POST if request.method == "POST" else None
    initial = {"on": clock.today()}
    form: Form
    if what == "take-back":
        form = TakeBackForm(data)
    else:
        form = DeliveryForm(data, initial=initial, is_arrival=what == "receive")
    if form.is_valid():
        try:
            BUSY[what](actor=request.actor, document=code, body=body, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Written down."))
            return redirect("final_document", code)
    titles = {
        "send": _("Write down that it was sent"),
        "receive": _("Write down that it arrived"),
        "take-back": _("Take back what was written down"),
    }
    return _form_page(request, titles[what], form, row)


@require_safe
@desk(access.SEE)
def download(_request: DeskRequest, code: str, language: str, form: str) -> HttpResponse:
    """The document on paper, as PDF or DOCX."""
    if language not in LANGUAGES or form not in WRITERS:
        raise Http404
    row = queries.document(code)
    write, media_type = WRITERS[form]
    try:
        content = write(paper_of(queries.page_of(row, book()), language))
    except LetterError as error:
        raise DomainError(_("This document cannot be printed: it is too long.")) from error
    name = f"{row.number or row.code}-{language}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)
