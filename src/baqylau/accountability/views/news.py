"""News for everybody: the list, a post, its pictures, the feed."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baqylau.accountability.models import Picture, Post
from baqylau.accountability.queries import voices
from baqylau.files import store
from baqylau.web.queries import organisation

YEAR = 31_536_000
FIRST = 1
"""Pictures of a post that the list shows."""


def shown(posts: list[Post], most: int | None = None) -> list[dict[str, object]]:
    """Posts with their texts in the active language, and their pictures."""
    pictures = voices.pictures_of(posts)
    return [
        {
            "post": post,
            "title": voices.said(post, "title"),
            "text": voices.said(post, "text"),
            "pictures": [
                {"row": one, "alt": voices.said(one, "alt")}
                for one in pictures.get(post.pk, [])[:most]
            ],
        }
        for post in posts
    ]


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    page = Paginator(voices.news(), voices.NEWS_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": shown(list(page.object_list), FIRST)}
    return render(request, "accountability/news.html", context)


@require_safe
def post(request: HttpRequest, code: str) -> HttpResponse:
    """One post."""
    found = voices.news().filter(code=code).first()
    if found is None:
        raise voices.UnknownPostError(_("There is no such news, or it was taken back."))
    context = {"each": shown([found])[0], "link": request.build_absolute_uri(request.path)}
    return render(request, "accountability/post.html", context)


@require_safe
def picture(_request: HttpRequest, digest: str) -> HttpResponse:
    """A picture of a published post; its address names its content, so it may be kept for ever."""
    rows = Picture.objects.filter(file=digest).exclude(post__published_at=None)
    if not rows.exists():
        raise Http404
    return drawn(digest, f"public, max-age={YEAR}, immutable")


def drawn(digest: str, kept: str) -> HttpResponse:
    """A picture, which is light; `kept` says how long it may be."""
    with store.read(digest) as file:
        content = file.read()
    return HttpResponse(content, content_type="image/jpeg", headers={"Cache-Control": kept})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest posts as Atom, in the language of the address."""
    rows = shown(list(voices.news()[: voices.FEED]))
    here = request.build_absolute_uri
    made = feedgenerator.Atom1Feed(
        title=_("News of %(organisation)s") % {"organisation": organisation()},
        link=here(reverse("news")),
        description="",
        language=get_language() or "kk",
        feed_url=here(request.path),
        feed_guid=here(request.path),
    )
    for row in rows:
        one, title, text = row["post"], row["title"], row["text"]
        address = here(reverse("news_post", args=[one.code]))  # type: ignore[attr-defined]  # a post, as `shown` makes it
        made.add_item(
            title=str(getattr(title, "text", "")),
            link=address,
            unique_id=address,
            description=str(getattr(text, "text", "")),
            pubdate=getattr(one, "published_at", None),
            updateddate=getattr(one, "changed_at", None),
        )
    return HttpResponse(
        made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
