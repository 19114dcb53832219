"""The list of consultations."""

import re
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baqylau.catalogue.models import PublicService
from baqylau.institutions.models import Institution
from baqylau.kernel import clock
from baqylau.kernel.places import read_place
from baqylau.reception import access
from baqylau.reception.forms.listing import ListForm
from baqylau.reception.queries.listing import WINDOW, page
from baqylau.reception.queries.rights import at_the_desk, rooms_to_choose
from baqylau.reception.queries.wording import with_words
from baqylau.territories.queries import districts
from baqylau.web.desk import DeskRequest, desk

WORD_PLACE: Final = re.compile(r"\d{1,18}", re.ASCII)


@require_safe
@desk(access.SEE)
def consultations(request: DeskRequest) -> HttpResponse:
    """The newest fifty that fit and that the actor may read; no total is counted."""
    actor = at_the_desk(request.actor, clock.today())
    form = ListForm(request.GET.dict(), rooms=rooms_to_choose(actor), districts=districts())
    wanted = form.wanted(actor)
    before = request.GET.get("before", "")[:40]
    context: dict[str, object] = {
        "form": form,
        "me": actor.key,
        "is_first_page": not before,
        "window": WINDOW,
        "service": PublicService.objects.filter(code=wanted.service).first()
        if wanted.service
        else None,
        "body": Institution.objects.filter(code=wanted.body).first() if wanted.body else None,
        "wanted": wanted,
    }
    if form.query:
        at = int(before) if WORD_PLACE.fullmatch(before) else None
        matches = with_words(actor, form.query, wanted, at)
        context |= {"rows": matches.rows, "is_cut": matches.is_cut, "next": matches.next or ""}
    else:
        found = page(actor, wanted, read_place(before))
        link = str(found.next or "")
        context |= {"rows": found.rows, "is_cut": found.is_cut, "next": link}
    return render(request, "reception/list.html", context)
