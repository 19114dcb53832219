"""News, replies and complaints at the desk."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.accountability import access
from baqylau.accountability.forms.voices import (
    ComplaintForm,
    PictureForm,
    PostForm,
    ReplyForm,
    SettleForm,
)
from baqylau.accountability.models import Complaint, Picture, Post, Reply
from baqylau.accountability.queries import voices
from baqylau.accountability.services import news as writing
from baqylau.accountability.services import voices as noting
from baqylau.accountability.views.news import shown
from baqylau.casework.forms import name_body
from baqylau.files import handing
from baqylau.kernel import clock
from baqylau.kernel.permissions import may
from baqylau.web.asking import Asking, ask
from baqylau.web.desk import DeskRequest, desk

PAGE = 50


@require_safe
@desk(access.NEWS)
def posts(request: DeskRequest) -> HttpResponse:
    """Drafts and published news, the last changed first."""
    page = Paginator(Post.objects.order_by("-changed_at", "-pk"), PAGE).get_page(
        request.GET.get("page")
    )
    rows = [{"post": row, "title": voices.said(row, "title")} for row in page]
    return render(request, "accountability/desk_news.html", {"page": page, "rows": rows})


def _way(row: Post) -> tuple[tuple[object, str], ...]:
    here = voices.said(row, "title").text
    return ((_("News"), reverse("news_desk")), (here, reverse("news_look", args=[row.pk])))


@require_safe
@desk(access.NEWS)
def post(request: DeskRequest, pk: int) -> HttpResponse:
    """A post as it will look, with what can be done with it."""
    row = get_object_or_404(Post, pk=pk)
    context = {"each": shown([row])[0], "most": writing.PICTURES}
    return render(request, "accountability/desk_post.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.NEWS)
def write(request: DeskRequest, pk: int = 0) -> HttpResponse:
    """Write a post, or change one."""
    row = get_object_or_404(Post, pk=pk) if pk else None
    initial = {name: getattr(row, name) for name in PostForm.base_fields} if row else None
    form = PostForm(request.POST or None, initial=initial)
    made: list[Post] = []

    def work() -> None:
        seen = form.cleaned_data["revision"] or 0
        made.append(
            writing.write_post(actor=request.actor, said=form.said(), post=row, revision=seen)
        )

    way = _way(row) if row else ((_("News"), reverse("news_desk")),)
    answer = ask(request, form, Asking(_("A piece of news"), way, work, _("Saved.")))
    return redirect("news_look", made[0].pk) if made else answer


@require_POST
@desk(access.NEWS)
def publish(request: DeskRequest, pk: int) -> HttpResponse:
    """Publish a post, or take it back."""
    row = get_object_or_404(Post, pk=pk)
    is_public = request.POST.get("do") == "publish"
    writing.publish_post(actor=request.actor, post=row, is_public=is_public)
    messages.success(request, _("Published.") if is_public else _("Taken back."))
    return redirect("news_look", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.NEWS)
def add_picture(request: DeskRequest, pk: int) -> HttpResponse:
    """Add a picture."""
    row = get_object_or_404(Post, pk=pk)
    form = PictureForm(request.POST or None, request.FILES or None)
    asking = Asking(
        _("A picture"),
        _way(row),
        lambda: writing.add_picture(actor=request.actor, post=row, said=form.said()),
        _("The picture is there."),
    )
    return ask(request, form, asking)


@require_safe
@desk(access.NEWS)
def picture(_request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """A picture of a post that may be a draft still."""
    row = get_object_or_404(Picture, pk=key, post=pk)
    return handing.shown(row.file_id, "no-store")


@require_POST
@desk(access.NEWS)
def remove_picture(request: DeskRequest, pk: int, key: int) -> HttpResponse:
    """Take a picture out."""
    row = get_object_or_404(Picture.objects.select_related("post"), pk=key, post=pk)
    writing.remove_picture(actor=request.actor, picture=row)
    messages.success(request, _("The picture is gone."))
    return redirect("news_look", pk)


@require_safe
@desk(access.REPLIES)
def replies(request: DeskRequest) -> HttpResponse:
    """What bodies have replied."""
    found = Reply.objects.select_related("institution").order_by("-replied_on", "-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [{"row": row, "text": voices.said(row, "text")} for row in page]
    return render(request, "accountability/desk_replies.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.REPLIES)
def note_reply(request: DeskRequest) -> HttpResponse:
    """Publish a body's reply."""
    start = {"replied_on": clock.today(), "institution": request.GET.get("institution", "")[:8]}
    form = ReplyForm(request.POST or None, request.FILES or None, initial=start)
    name_body(form, "institution")
    asking = Asking(
        _("A body's reply"),
        ((_("Replies of bodies"), reverse("replies")),),
        lambda: noting.note_reply(actor=request.actor, said=form.said()),
        _("The reply stands on the body's page."),
    )
    return ask(request, form, asking)


@require_safe
@desk(access.REPLIES)
def reply_letter(_request: DeskRequest, pk: int) -> HttpResponse:
    """The letter itself."""
    row = get_object_or_404(Reply.objects.select_related("file"), pk=pk)
    if row.file is None:
        raise Http404
    return handing.taken(row.file, f"reply-{row.pk}")


@require_POST
@desk(access.REPLIES)
def withdraw_reply(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a reply off its page."""
    row = get_object_or_404(Reply.objects.select_related("institution"), pk=pk)
    noting.withdraw_reply(actor=request.actor, reply=row)
    messages.success(request, _("Taken back."))
    return redirect("replies")


@require_safe
@desk(access.COMPLAINTS)
def complaints(request: DeskRequest) -> HttpResponse:
    """Complaints against the programme; those without an answer first."""
    found = Complaint.objects.order_by(F("answered_on").desc(nulls_first=True), "-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "row": row,
            "summary": voices.said(row, "summary"),
            "can_settle": row.answered_on is None
            and row.noted_by != request.actor.key
            and may(request.actor, access.SETTLE),
        }
        for row in page
    ]
    return render(request, "accountability/desk_complaints.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.COMPLAINTS)
def note_complaint(request: DeskRequest) -> HttpResponse:
    """Write down a complaint against the programme."""
    form = ComplaintForm(request.POST or None, initial={"received_on": clock.today()})
    asking = Asking(
        _("A complaint against us"),
        ((_("Complaints against us"), reverse("complaints_desk")),),
        lambda: noting.note_complaint(actor=request.actor, said=form.said()),
        _("Written down: everybody can read it, and a colleague answers."),
    )
    return ask(request, form, asking)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.SETTLE)
def settle(request: DeskRequest, pk: int) -> HttpResponse:
    """Answer a complaint."""
    row = get_object_or_404(Complaint, pk=pk)
    form = SettleForm(request.POST or None)
    asking = Asking(
        _("Answer complaint %(number)s") % {"number": row},
        ((_("Complaints against us"), reverse("complaints_desk")),),
        lambda: noting.settle(actor=request.actor, complaint=row, said=form.said()),
        _("The answer is published."),
        voices.said(row, "summary").text,
    )
    return ask(request, form, asking)
