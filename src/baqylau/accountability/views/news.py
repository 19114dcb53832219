"""News for everybody: the list, a post, its pictures, the feed."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.html import linebreaks
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baqylau.accountability.models import Picture, Post
from baqylau.accountability.queries import voices
from baqylau.files import handing
from baqylau.web.queries import organisation

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
    """A picture of a published post."""
    rows = Picture.objects.filter(file=digest).exclude(post__published_at=None)
    if not rows.exists():
        raise Http404
    return handing.shown(digest)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest posts as Atom, in the language of the address."""
    here = request.build_absolute_uri
    made = feedgenerator.Atom1Feed(
        title=_("News of %(organisation)s") % {"organisation": organisation()},
        link=here(reverse("news")),
        description="",
        language=get_language() or "kk",
        feed_url=here(request.path),
        feed_guid=here(request.path),
    )
    for one in voices.news()[: voices.FEED]:
        address = here(reverse("news_post", args=[one.code]))
        published = one.published_at or one.changed_at
        made.add_item(
            title=voices.said(one, "title").text,
            link=address,
            unique_id=address,
            # The feed calls it HTML: so signs of the text are escaped, and paragraphs kept.
            description=linebreaks(voices.said(one, "text").text, autoescape=True),
            pubdate=published,
            updateddate=max(published, one.changed_at),
        )
    return HttpResponse(
        made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
