"""The public register of recommendations and promises: the list, a page of each, the feed."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baqylau.casework.forms import bodies_to_take
from baqylau.councils.forms.promises import RegisterForm
from baqylau.councils.models import Recommendation
from baqylau.councils.narrowing import narrowing
from baqylau.councils.queries import news, publication, register
from baqylau.councils.queries.chain import chain_of, overdue_days, shown_clock
from baqylau.councils.queries.origins import source_of
from baqylau.councils.queries.recommendations import is_shown, public, recommendation
from baqylau.councils.queries.said import said
from baqylau.files import handing
from baqylau.institutions.labels import name as body_name
from baqylau.kernel import clock
from baqylau.kernel.places import read_place
from baqylau.lawbook.queries.book import book
from baqylau.territories.queries import districts
from baqylau.web import qr
from baqylau.web.queries import organisation


def rows_of(found: register.Page) -> list[dict[str, object]]:
    """The rows of a page in words."""
    today = clock.today()
    return [shown(row, today) for row in found.rows]


def shown(row: Recommendation, today: date) -> dict[str, object]:
    """A recommendation as lists show it: its text, and how many days it is overdue."""
    return {"row": row, "text": said(row, "text"), "overdue": overdue_days(row, today)}


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """The register, narrowed; nothing is counted."""
    form = RegisterForm(request.GET or None, districts=districts())
    wanted = form.wanted(request.GET.dict()) if form.is_bound else register.Wanted()
    after = read_place(request.GET.get("after", "")[:40])
    page = register.page(wanted, clock.today(), after)
    context = {
        "form": form,
        "bodies": bodies_to_take(form) if form.is_bound else [],
        "page": page,
        "rows": rows_of(page),
        "is_first_page": after is None,
        "wanted": wanted,
        "is_narrowed": wanted != register.Wanted(),
        "narrowed_to": narrowing(wanted),
        "window": register.WINDOW,
    }
    return render(request, "councils/promises/register.html", context)


@require_safe
def promise(request: HttpRequest, number: str) -> HttpResponse:
    """One recommendation with its whole chain."""
    row = recommendation(number[:40], public())
    link = request.build_absolute_uri(request.path)
    context = {
        "chain": chain_of(row, clock.today(), book()),
        "source": source_of(row),
        "link": link,
        "qr": qr.svg(link, _("Way to the page")),
    }
    return render(request, "councils/promises/promise.html", context)


@require_safe
def document(request: HttpRequest, number: str) -> HttpResponse:
    """A published document: when, where, why, what was found, what was recommended."""
    row = publication.published(number[:40])
    law, today = book(), clock.today()
    found = publication.publication(row, request.GET.get("page", ""), law)
    link = request.build_absolute_uri(request.path)
    context = {
        "found": found,
        "row": row,
        "leaf": found.leaf,
        "rows": [shown(each, today) for each in found.recommendations],
        "shown": shown_clock(found.clock, today, law) if found.clock else None,
        "link": link,
        "qr": qr.svg(link, _("Way to the page")),
    }
    return render(request, "councils/promises/document.html", context)


@require_safe
def picture(_request: HttpRequest, digest: str) -> HttpResponse:
    """The picture of a check that stands."""
    if not is_shown(digest):
        raise Http404
    return handing.shown(digest)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What happened lately, as Atom, in the language of the address."""
    here = request.build_absolute_uri
    made = feedgenerator.Atom1Feed(
        title=_("Promises and recommendations: %(organisation)s")
        % {"organisation": organisation()},
        link=here(reverse("promises")),
        description="",
        language=get_language() or "kk",
        feed_url=here(request.path),
        feed_guid=here(request.path),
    )
    for told in news.latest():
        row, step = told.step.recommendation, told.step
        address = here(reverse("promise", args=[row.number]))
        what = ", ".join(filter(None, [str(step.get_kind_display()), told.finding]))
        made.add_item(
            title=f"{row.number}: {what}. {body_name(row.institution)}",
            link=address,
            unique_id=f"{address}#step-{step.number}",
            description=told.words.text or said(row, "text").text,
            pubdate=step.written_at,
            updateddate=step.written_at,
        )
    return HttpResponse(
        made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
