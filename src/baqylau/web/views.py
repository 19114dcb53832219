"""The home page, and the desk's frame pages that are built from the registry."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from baqylau.kernel import clock
from baqylau.kernel.modules import registry
from baqylau.kernel.permissions import may_somewhere
from baqylau.web import worklist as work
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.trees import own_address

SEARCH_LIMIT = 200
"""Characters of a query that are read."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and the doors of the rooms that are installed."""
    doors = [
        {"label": door.label, "sentence": door.sentence, "url": reverse(door.url_name)}
        for door in registry.gather("doors")
    ]
    parts = [
        {"template": template, "context": context}
        for room in registry
        if room.home
        for template, context in room.home().items()
    ]
    parts.sort(key=_order)
    return render(request, "web/home.html", {"doors": doors, "parts": parts})


def _order(part: dict[str, object]) -> int:
    """Where the part stands on the home page: its context's own `order`, else the middle."""
    context = part["context"]
    return int(context.get("order", 50)) if isinstance(context, Mapping) else 50


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this programme is, who answers, and what is kept about a visitor."""
    return render(request, "web/about.html")


@require_safe
@desk()
def worklist(request: DeskRequest) -> HttpResponse:
    """What is to be done, nearest date first; tasks without a date last."""
    today = clock.today()
    only = work.read_only(request.GET.get("only", ""))
    after = request.GET.get("after", "")[:100]
    part = work.part(work.at_work(request.actor, today), today, only, after)
    context = {
        "tasks": part.tasks,
        "next": part.next,
        "is_first": work.read_place(after) is None,
        "today": today,
        "filters": [(code.value, label, code is only) for code, label in work.LABELS.items()],
        "beside": [
            item
            for item in registry.gather("beside_worklist")
            if may_somewhere(request.actor, item.action)
        ],
    }
    return render(request, "web/worklist.html", context)


@require_safe
@desk()
def search(request: DeskRequest) -> HttpResponse:
    """What the rooms find for the words, each within the actor's own rights; exact rows first."""
    query = request.GET.get("q", "").strip()[:SEARCH_LIMIT]
    hits = [
        hit
        for room in registry
        if query and room.search
        for hit in room.search(request.actor, query)
    ]
    hits.sort(key=lambda hit: not hit.is_exact)
    return render(request, "web/search.html", {"query": query, "hits": hits})


@require_safe
@desk()
def keys(request: DeskRequest) -> HttpResponse:
    """The keys of the desk, for those who cannot open the dialog."""
    return render(request, "web/keys.html")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Change the desk's language and go back to the same page."""
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        request.session["language"] = code
    return redirect(own_address(request, request.POST.get("next", "")))
