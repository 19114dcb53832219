"""Reading and answering comments at the desk."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baqylau.councils import access
from baqylau.councils.forms.drafts import AnswerForm, ReadForm
from baqylau.councils.models import Comment
from baqylau.councils.queries import comments, discussion
from baqylau.councils.queries import drafts as reading
from baqylau.councils.services.moderating import answer_comments, read_comment
from baqylau.kernel.errors import DomainError
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.MODERATE)
def listing(request: DeskRequest, code: str) -> HttpResponse:
    """A draft's comments; those that are ticked get one answer."""
    row = reading.draft(code)
    only = request.GET.get("only", "")
    form = AnswerForm(request.POST or None)
    ticked = request.POST.getlist("comment")
    if request.method == "POST" and form.is_valid():
        try:
            found = answer_comments(
                actor=request.actor, draft=row, codes=ticked, replied=form.replied()
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Comments answered: %(count)s") % {"count": len(found)})
            return redirect(f"{reverse('draft_comments_desk', args=[code])}?only={_known(only)}")
    page = Paginator(comments.of_draft(row, only), PAGE).get_page(request.GET.get("page"))
    context = {
        "draft": row,
        "title": reading.title(row),
        "only": only,
        "page": page,
        "rows": [{"row": each, "point": reading.name_of(each.point)} for each in page],
        "ticked": ticked,
        "form": form,
        "came": discussion.came(row),
    }
    status = 400 if form.errors else 200
    return render(request, "councils/desk_comments.html", context, status=status)


def _known(only: str) -> str:
    return only if only in {"waiting", "unanswered", "refused"} else ""


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.MODERATE)
def look(request: DeskRequest, code: str) -> HttpResponse:
    """One comment: publish it, or refuse it by a rule."""
    row = comments.comment(code)
    start = {"revision": row.revision, "refusal": row.refusal, "note": row.refusal_note}
    form = ReadForm(request.POST or None, initial=start)
    is_refused = request.POST.get("do") == "refuse"
    if request.method == "POST" and form.is_valid():
        if is_refused and not form.cleaned_data["refusal"]:
            form.add_error("refusal", _("Choose one of the rules."))
        elif _read(request, row, form, is_refused=is_refused):
            return _to_waiting(row)
    context = {
        "row": row,
        "draft": row.point.draft,
        "title": reading.title(row.point.draft),
        "point": reading.name_of(row.point),
        "form": form,
    }
    return render(
        request, "councils/desk_comment.html", context, status=400 if form.errors else 200
    )


def _read(request: DeskRequest, row: Comment, form: ReadForm, *, is_refused: bool) -> bool:
    """Whether it is done; else the form says why not."""
    try:
        read_comment(
            actor=request.actor,
            comment=row,
            revision=form.cleaned_data["revision"],
            refusal=form.cleaned_data["refusal"] if is_refused else "",
            note=form.cleaned_data["note"] if is_refused else "",
        )
    except DomainError as error:
        add_refusal(form, error)
        return False
    said = _("Not published: the author sees why.") if is_refused else _("Published.")
    messages.success(request, said)
    return True


def _to_waiting(row: Comment) -> HttpResponse:
    return redirect(f"{reverse('draft_comments_desk', args=[row.point.draft.code])}?only=waiting")


@require_POST
@desk(access.MODERATE)
def publish(request: DeskRequest, code: str) -> HttpResponse:
    """Publish a comment from the list by one press."""
    row = comments.comment(code)
    form = ReadForm(request.POST)
    if not (form.is_valid() and _read(request, row, form, is_refused=False)):
        for sentence in form.non_field_errors():
            messages.error(request, str(sentence))
    return _to_waiting(row)
