"""The list of checks by call that were answered."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baqylau.kernel.places import read_place
from baqylau.reception import access
from baqylau.reception.queries.checks import PAGE, Wanted, page
from baqylau.reception.taxonomy import Happened, Solved
from baqylau.web.desk import DeskRequest, desk


@require_safe
@desk(access.OVERSEE)
def checks(request: DeskRequest) -> HttpResponse:
    """The newest fifty, for those who read all rooms; no total is counted."""
    wanted = _wanted(request.GET.dict())
    before = request.GET.get("before", "")[:40]
    found = page(request.actor, wanted, read_place(before))
    last = found[PAGE - 1] if len(found) > PAGE else None
    context = {
        "rows": found[:PAGE],
        "wanted": wanted,
        "last_on": wanted.until and wanted.until - timedelta(days=1),
        "solved_label": Solved(wanted.solved).label if wanted.solved else "",
        "happened_label": Happened(wanted.happened).label if wanted.happened else "",
        "is_first_page": not before,
        "next": f"{last.closed_on}~{last.pk}" if last else "",
    }
    return render(request, "reception/checks.html", context)


def _wanted(data: dict[str, str]) -> Wanted:
    """What the address asks for; what cannot be read counts as not asked for."""
    last = _day(data.get("until", ""))
    solved, happened = data.get("solved", ""), data.get("happened", "")
    return Wanted(
        first=_day(data.get("from", "")),
        until=last + timedelta(days=1) if last and last < date.max else None,
        solved=solved if solved in Solved.values else "",
        happened=happened if happened in Happened.values else "",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
