"""Drafts at the desk: writing, bringing a file, publishing, papers."""

import secrets
from collections.abc import Callable, Iterable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.councils import access
from baqylau.councils.forms.drafts import FileForm, HeadForm, LastDayForm, PaperForm, TextForm
from baqylau.councils.models import Council, Draft
from baqylau.councils.queries import comments, discussion
from baqylau.councils.queries import drafts as reading
from baqylau.councils.queries.said import said
from baqylau.councils.rules.points import Pair, from_paragraphs, paired, words_of
from baqylau.councils.services import drafting
from baqylau.councils.services.typing_in import type_paper
from baqylau.documents.wording import LeftOut, Wording
from baqylau.files import store
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

PAGE = 50


@require_safe
@desk(access.SEE)
def listing(request: DeskRequest) -> HttpResponse:
    """All drafts, those still written first."""
    today = clock.today()
    page = Paginator(reading.all_drafts(), PAGE).get_page(request.GET.get("page"))
    work = {each.draft.pk: each for each in comments.work()}
    rows = [
        {
            "draft": row,
            "title": reading.title(row),
            "phase": reading.phase_of(row, today),
            "last_on": reading.last_day(row),
            "work": work.get(row.pk),
        }
        for row in page
    ]
    return render(request, "councils/desk_drafts.html", {"page": page, "rows": rows})


@require_safe
@desk(access.SEE)
def look(request: DeskRequest, code: str) -> HttpResponse:
    """A draft with what can be done with it."""
    row = reading.draft(code)
    phase = reading.phase_of(row, clock.today())
    context = {
        "draft": row,
        "title": reading.title(row),
        "phase": phase,
        "last_on": reading.last_day(row),
        "pairs": [Pair(each.label, each.text_kk, each.text_ru) for each in reading.points(row)],
        "came": discussion.came(row),
        "term": reading.shown_term(row),
    }
    return render(request, "councils/desk_draft.html", context)


def _councils() -> list[tuple[str, str]]:
    return [(row.code, said(row, "name").text) for row in Council.objects.order_by("name_kk", "pk")]


def _form_page(
    request: HttpRequest, form: forms.Form, heading: str, row: Draft | None, lead: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "draft": row,
        "title": reading.title(row) if row else None,
        "lead": lead,
    }
    status = 400 if form.errors else 200
    return render(request, "councils/desk_draft_form.html", context, status=status)


def _done(form: forms.Form, work: Callable[[], object]) -> bool:
    """Whether the form was whole and its work was done; else it says what is wrong."""
    if not form.is_valid():
        return False
    try:
        work()
    except DomainError as error:
        add_refusal(form, error)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.DISCUSS)
def head(request: DeskRequest, code: str = "") -> HttpResponse:
    """Begin a draft, or change what stands at its head."""
    row = reading.draft(code) if code else None
    form = HeadForm(request.POST or None, initial=_initial(row), councils=_councils())
    made: list[Draft] = []

    def work() -> None:
        seen = form.cleaned_data["revision"] or 0
        made.append(
            drafting.write_draft(actor=request.actor, head=form.head(), draft=row, revision=seen)
        )

    if request.method == "POST" and _done(form, work):
        messages.success(request, _("Saved."))
        return redirect("draft_look" if row else "draft_text", made[0].code)
    return _form_page(request, form, _("Head of the draft") if row else _("A new draft"), row)


def _initial(row: Draft | None) -> dict[str, object]:
    if row is None:
        return {"opens_on": clock.today()}
    return {
        "kind": row.kind,
        "title_kk": row.title_kk,
        "title_ru": row.title_ru,
        "institution": row.institution.code,
        "council": row.council.code if row.council else "",
        "opens_on": row.opens_on,
        "last_on": reading.last_day(row),
        "revision": row.revision,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.DISCUSS)
def text(request: DeskRequest, code: str) -> HttpResponse:
    """Write the text; `do` is preview, save, or file."""
    row = reading.draft(code)
    kk, ru = reading.texts(row)
    start = {"text_kk": kk, "text_ru": ru, "revision": row.revision}
    if request.method != "POST":
        return _text_page(request, row, TextForm(initial=start), FileForm())
    if request.POST.get("do") == "file":
        return _from_file(request, row, start)
    form = TextForm(request.POST)
    if request.POST.get("do") == "preview":
        form.is_valid()
        return _text_page(request, row, form, FileForm())

    def work() -> None:
        typed = form.cleaned_data
        drafting.write_points(actor=request.actor, draft=row, **typed)

    if _done(form, work):
        messages.success(request, _("Saved."))
        return redirect("draft_look", row.code)
    return _text_page(request, row, form, FileForm(), 400)


def _from_file(request: DeskRequest, row: Draft, start: dict[str, object]) -> HttpResponse:
    """The page with the file's words in the place of what stood there; nothing is saved yet."""
    chosen = FileForm(request.POST, request.FILES)
    found: list[Wording] = []

    def work() -> None:
        content = chosen.cleaned_data["file"].read()
        found.append(drafting.take_file(actor=request.actor, draft=row, content=content))

    if not _done(chosen, work):
        return _text_page(request, row, TextForm(initial=start), chosen, 400)
    language = chosen.cleaned_data["language"]
    words = from_paragraphs(found[0].paragraphs)
    form = TextForm({**start, f"text_{language}": words})
    form.is_valid()
    return _text_page(request, row, form, FileForm(), besides=_besides(found[0].besides))


BESIDES = {
    LeftOut.TABLES: lambda: _("Tables became lines of text, a line a row."),
    LeftOut.PICTURES: lambda: _("Pictures are left out: describe them in words where needed."),
    LeftOut.NOTES: lambda: _("Footnotes are left out."),
    LeftOut.FORMULAS: lambda: _("Formulas are left out: type them."),
    LeftOut.CHANGES: lambda: _("Struck-out words are left out, inserted ones are taken."),
}
"""What is said of what a file held besides its words."""


def _besides(found: Iterable[LeftOut]) -> list[str]:
    return [BESIDES[each]() for each in sorted(found)]


def _text_page(
    request: HttpRequest,
    row: Draft,
    form: TextForm,
    file: FileForm,
    status: int = 200,
    besides: Iterable[str] = (),
) -> HttpResponse:
    kk, ru = (str(form[name].value() or "") for name in ("text_kk", "text_ru"))
    context = {
        "draft": row,
        "title": reading.title(row),
        "form": form,
        "file": file,
        "besides": besides,
        "pairs": paired(words_of(kk), words_of(ru)) if form.is_bound else [],
    }
    return render(request, "councils/desk_draft_text.html", context, status=status)


@require_safe
@desk(access.DISCUSS)
def file(_request: DeskRequest, code: str) -> HttpResponse:
    """The file that was brought last."""
    row = reading.draft(code)
    if row.file is None:
        raise Http404
    with store.read(row.file.digest) as opened:
        content = opened.read()
    named = f'attachment; filename="draft-{row.code}.docx"'
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=drafting.DOCX, headers=headers)


@require_POST
@desk(access.DISCUSS)
def publish(request: DeskRequest, code: str) -> HttpResponse:
    """Put a draft before the people."""
    row = reading.draft(code)
    seen = request.POST.get("revision", "")
    revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    try:
        drafting.publish_draft(actor=request.actor, draft=row, revision=revision)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Published."))
    return redirect("draft_look", code)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.DISCUSS)
def extend(request: DeskRequest, code: str) -> HttpResponse:
    """Leave a draft open for longer."""
    row = reading.draft(code)
    form = LastDayForm(request.POST or None, initial={"last_on": reading.last_day(row)})

    def work() -> None:
        last_on = form.cleaned_data["last_on"]
        drafting.extend_draft(actor=request.actor, draft=row, last_on=last_on)

    if request.method == "POST" and _done(form, work):
        messages.success(request, _("Saved."))
        return redirect("draft_look", code)
    return _form_page(request, form, _("Leave it open for longer"), row)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.DISCUSS)
def paper(request: DeskRequest, code: str) -> HttpResponse:
    """Type in what came on paper or was said aloud."""
    row = reading.draft(code)
    known = list(reading.points(row))
    offered = [(str(each.order), _offered(reading.name_of(each), each.text_kk)) for each in known]
    start = {"written_on": clock.today(), "key": secrets.token_hex(16)}
    form = PaperForm(request.POST or None, initial=start, points=offered)

    def work() -> None:
        chosen = reading.point(row, int(form.cleaned_data["point"]))
        made = type_paper(actor=request.actor, point=chosen, paper=form.paper())
        if made:
            messages.info(
                request,
                _("Its code, for the author: %(code)s. A person reads it first.")
                % {"code": made.code},
            )

    if request.method == "POST" and _done(form, work):
        messages.success(request, _("Taken: it counts as those of the site."))
        return redirect("draft_paper", code)
    lead = _("A sheet with many signatures: type how many agree, disagree or pass.")
    return _form_page(request, form, _("What came on paper"), row, lead)


def _offered(name: str, words: str) -> str:
    return f"{name} {words[:60]}"
