"""What residents read: services, law cards, their histories."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from baqylau.catalogue.models import Card, CardVersion, LifeSituation, PublicService
from baqylau.catalogue.queries import published
from baqylau.catalogue.queries.desk import is_valid
from baqylau.catalogue.queries.history import compare, history, versions
from baqylau.catalogue.queries.readings import reading
from baqylau.catalogue.queries.search import found_law, found_services
from baqylau.catalogue.services.words import note_missed
from baqylau.kernel import clock

QUERY_LIMIT = 200
"""Characters of a query that are read."""


def _language() -> str:
    return get_language() or "kk"


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Services by life situation, the services of one situation, or what a query found."""
    query = request.GET.get("q", "").strip()[:QUERY_LIMIT]
    if query:
        return _results(request, query)
    if group := request.GET.get("group", ""):
        return _group(request, group)
    found = published.situations(_language(), clock.today())
    return render(request, "catalogue/services.html", {"situations": found, "query": ""})


def _results(request: HttpRequest, query: str) -> HttpResponse:
    found = found_services(query, _language())
    law = found_law(query, _language())
    if not found and not law:
        note_missed(query)
    context = {"query": query, "found": found, "law": law}
    return render(request, "catalogue/results.html", context)


def _group(request: HttpRequest, group: str) -> HttpResponse:
    if group not in LifeSituation.values:
        raise Http404
    page = published.group_page(group, _language(), clock.today(), request.GET.get("page", "1"))
    context = {"group": LifeSituation(group), "page": page, "query": ""}
    return render(request, "catalogue/group.html", context)


@require_safe
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """A service: the answer in five lines, then the law and who checked it."""
    found = _service_or_404(slug)
    language = _language()
    card = published.service_card(found)
    version = published.published(card) if card else None
    context = {
        "service": found,
        "name": published.name_of(found, language),
        "name_language": published.name_language(found, language),
        "group": LifeSituation(found.group),
        "is_valid": is_valid(found, clock.today()),
        "reading": reading(card, version, language) if card and version else None,
        "was_withdrawn": bool(card and not version and versions(card)),
        "history_url": "service_history",
        "slug": slug,
    }
    if found.successor:
        context["successor_name"] = published.name_of(found.successor, language)
    return render(request, "catalogue/service.html", context)


def _service_or_404(slug: str) -> PublicService:
    found = published.service_at(slug)
    if found is None:
        raise Http404
    return found


@require_safe
def laws(request: HttpRequest) -> HttpResponse:
    """The law cards, “you were asked for money” first."""
    return render(request, "catalogue/laws.html", {"law": published.law_readings(_language())})


@require_safe
def law(request: HttpRequest, slug: str) -> HttpResponse:
    """A law card: the plain answer, what to do, then the law and who checked it."""
    card = _law_or_404(slug)
    version = published.published(card)
    context = {
        "reading": reading(card, version, _language()) if version else None,
        "history_url": "law_history",
        "slug": slug,
    }
    return render(request, "catalogue/law.html", context, status=200 if version else 410)


def _law_or_404(slug: str) -> Card:
    """The card, if the public has ever read it."""
    card = published.law_card(slug)
    if card is None or not versions(card):
        raise Http404
    return card


@require_safe
def service_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in a service card, and when."""
    found = _service_or_404(slug)
    card = published.service_card(found)
    return _history(request, card, slug, "service")


@require_safe
def law_history(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed in a law card, and when."""
    return _history(request, _law_or_404(slug), slug, "law")


def _history(request: HttpRequest, card: Card | None, slug: str, kind: str) -> HttpResponse:
    steps = history(card) if card else []
    if card is None or not steps:
        raise Http404
    context = {
        "title": reading(card, steps[0].version, _language()).text.title,
        "steps": steps,
        "slug": slug,
        "card_url": kind,
        "version_url": f"{kind}_version",
    }
    return render(request, "catalogue/history.html", context)


@require_safe
def service_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A service card as it was in one version, and what that version changed."""
    card = published.service_card(_service_or_404(slug))
    return _version(request, card, slug, number, "service")


@require_safe
def law_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A law card as it was in one version, and what that version changed."""
    return _version(request, _law_or_404(slug), slug, number, "law")


def _version(
    request: HttpRequest, card: Card | None, slug: str, number: int, kind: str
) -> HttpResponse:
    known: list[CardVersion] = versions(card) if card else []
    shown = next((one for one in known if one.number == number), None)
    if card is None or shown is None:
        raise Http404
    older = next((one for one in known if one.number < number), None)
    context = {
        "reading": reading(card, shown, _language()),
        "differences": compare(card.kind, older, shown) if older else [],
        "older": older,
        "slug": slug,
        "card_url": kind,
        "history_url": f"{kind}_history",
    }
    return render(request, "catalogue/version.html", context)
