"""Closing periods and correcting what was published, at the desk."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.figures import access, services, sheets, showing
from baqylau.figures.forms import GROUPS, CloseForm, CorrectionForm
from baqylau.figures.models import Cell, Closing
from baqylau.figures.queries import periods, preparing, published
from baqylau.figures.queries.closing import closing_of
from baqylau.figures.queries.definitions import figure as definition
from baqylau.figures.queries.moving import Moved, moved
from baqylau.figures.queries.telling import last_number
from baqylau.figures.rules.answers import from_plain
from baqylau.figures.rules.results import Answer
from baqylau.figures.rules.sealing import digest_of_answer
from baqylau.figures.rules.spans import Chosen, choose
from baqylau.figures.services import catch_up
from baqylau.imports.streaming import working
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.staff.labels import ROLE_LABELS
from baqylau.staff.queries import known
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

AT_ONCE = 500
"""Sums behind the tables of a quarter that are counted before the page answers."""
SEEN = 64
"""Signs of a digest: of what was looked at."""


def _asked(code: str) -> Chosen:
    chosen = choose(code)
    if chosen is None or chosen.period is None:
        raise Http404
    return chosen


@require_safe
@desk(access.CLOSE)
def listing(request: DeskRequest) -> HttpResponse:
    """Every period with where it is."""
    catch_up()
    found = periods.standings(clock.today())
    people = _people([each.closing for rows in found.values() for each in rows if each.closing])
    groups = [
        (
            label,
            [
                {
                    "standing": each,
                    "name": showing.name_of(each.chosen),
                    "by": people.get(each.closing.person, "") if each.closing else "",
                }
                for each in found[span]
            ],
        )
        for span, label in (GROUPS[1], GROUPS[2], GROUPS[0])
    ]
    return render(
        request, "figures/periods.html", {"groups": groups, "next": _next(periods.latest(found))}
    )


def _next(standing: periods.Standing | None) -> dict[str, str]:
    if standing is None:
        return {}
    return {"code": standing.chosen.code, "name": showing.name_of(standing.chosen)}


def _people(closings: list[Closing]) -> dict[str, str]:
    """By opaque key, in which role somebody closed a period: never who."""
    roles = {
        key: [str(label) for code, label in ROLE_LABELS.items() if code in person.roles]
        for key, person in known({each.person for each in closings}).items()
    }
    return {key: ", ".join(names) for key, names in roles.items()}


@require_safe
@desk(access.CLOSE)
def period(request: DeskRequest, code: str) -> HttpResponse:
    """One period: what closing it would publish, or what was published."""
    catch_up()
    chosen = _asked(code)
    if closing := closing_of(chosen):
        return _closed(request, chosen, closing)
    return _open(request, chosen)


def _open(
    request: DeskRequest, chosen: Chosen, form: CloseForm | None = None, status: int = 200
) -> HttpResponse:
    """What closing the period would publish."""
    today = clock.today()
    is_over = chosen.is_over(today)
    before = periods.in_the_way(chosen)
    prepared, made_at = _prepared(chosen) if is_over else (None, None)
    places = sheets.of_cells(prepared.cells) if prepared else []
    context = {
        "chosen": chosen,
        "name": showing.name_of(chosen),
        "is_over": is_over,
        "before": {"code": before.code, "name": showing.name_of(before)} if before else None,
        "prepared": prepared,
        "made_at": made_at,
        "since": max(0, last_number() - prepared.number) if prepared else 0,
        "has_tables": preparing.has_tables(chosen),
        "lines": sheets.wholes(places),
        "tables": sheets.tables(places),
        "form": form or CloseForm(),
    }
    return render(request, "figures/period_open.html", context, status=status)


def _prepared(chosen: Chosen) -> tuple[preparing.Prepared | None, object]:
    """What there is to be looked at: tables are counted when somebody asks, wholes at once."""
    if not preparing.has_tables(chosen):
        return preparing.prepare(chosen, clock.today()), None
    draft = preparing.draft_of(chosen)
    return (preparing.as_prepared(draft), draft.made_at) if draft else (None, None)


def _closed(request: DeskRequest, chosen: Chosen, closing: Closing) -> HttpResponse:
    """What was published, and where the records lead now."""
    numbers = published.everything(closing)
    places = sheets.of_numbers(numbers)
    lines = sheets.wholes(places)
    labels = {line.figure: line.name for line in lines}
    context = {
        "chosen": chosen,
        "name": showing.name_of(chosen),
        "closing": closing,
        "by": _people([closing]).get(closing.person, ""),
        "lines": lines,
        "tables": sheets.tables(places),
        "moved": [
            {
                "figure": each.number.cell.figure,
                "label": labels[each.number.cell.figure],
                "part": sheets.part_name(each.number.cell),
                "url": _correct_url(chosen, each.number.cell),
                "old": _said(each.number.answer),
                "new": _said(each.now),
            }
            for each in moved([closing])
        ],
        "corrections": [
            {
                "label": labels.get(each.cell.figure, each.cell.figure),
                "part": sheets.part_name(each.cell),
                "row": made,
                "old": _said(from_plain(made.old)),
                "new": _said(from_plain(made.new)),
            }
            for each in numbers
            for made in each.corrections
        ],
    }
    return render(request, "figures/period_closed.html", context)


def _correct_url(chosen: Chosen, cell: Cell) -> str:
    """Where a cell is corrected: of a part its dimension and value stand in the question."""
    address = reverse("period_correct", args=[chosen.code, cell.figure])
    part = {"by": cell.dimension, "value": cell.value}
    return f"{address}?{urlencode(part)}" if cell.dimension else address


def _said(answer: Answer) -> str:
    """The number with what stands beside it."""
    n = showing.count_behind(answer)
    return f"{showing.short(answer)} (n = {n})" if n else showing.short(answer)


@require_POST
@desk(access.CLOSE)
def count(request: DeskRequest, code: str) -> HttpResponse:
    """Count what closing the period would publish."""
    chosen = _asked(code)
    address = reverse("period", args=[chosen.code])
    if closing_of(chosen):
        return redirect(address)
    if preparing.size_of(chosen) <= AT_ONCE:
        services.count(actor=request.actor, chosen=chosen)
        return redirect(address)
    page: HttpResponseBase = working(
        request,
        _("The numbers are being counted"),
        lambda _progress: _ignored(services.count(actor=request.actor, chosen=chosen)),
        address,
    )
    return cast("HttpResponse", page)


def _ignored(_draft: object) -> None:
    """Nothing is left to say."""


@require_POST
@desk(access.CLOSE)
def close(request: DeskRequest, code: str) -> HttpResponse:
    """Fix the numbers that were looked at; who comes second is told that it is done."""
    chosen = _asked(code)
    form, status = CloseForm(request.POST), 400
    if form.is_valid():
        seen = request.POST.get("seen", "")[:SEEN] or "-"
        try:
            services.close(actor=request.actor, chosen=chosen, seen=seen)
        except DomainError as error:
            add_refusal(form, error)
            status = error.status
    if closing := closing_of(chosen):
        if closing.person != request.actor.key:
            messages.warning(
                request, _("Somebody else has closed this period meanwhile. It was closed once.")
            )
        return redirect("period", chosen.code)
    return _open(request, chosen, form, status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CORRECT)
def correct(request: DeskRequest, code: str, figure: str) -> HttpResponse:
    """Publish what the records say now of one number, with the reason."""
    chosen = _asked(code)
    closing = closing_of(chosen)
    by, value = request.GET.get("by", "")[:SEEN], request.GET.get("value", "")[:SEEN]
    number = published.cell_of(closing, figure, by, value) if closing else None
    if closing is None or number is None:
        raise Http404
    catch_up()
    change = next((each for each in moved([closing]) if each.number.cell == number.cell), None)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if change is None or (form.is_valid() and _has_corrected(request, form, number)):
        return redirect("period", chosen.code)
    return _correction_page(request, chosen, change, form)


def _has_corrected(request: DeskRequest, form: CorrectionForm, number: published.Number) -> bool:
    said = {language: form.cleaned_data[language] for language in ("kk", "ru", "en")}
    seen = request.POST.get("seen", "")[:SEEN]
    try:
        services.correct(actor=request.actor, cell=number.cell, reasons=said, seen=seen)
    except DomainError as error:
        add_refusal(form, error)
        return False
    return True


def _correction_page(
    request: DeskRequest, chosen: Chosen, change: Moved, form: CorrectionForm
) -> HttpResponse:
    known_as = definition(change.number.cell.figure)
    status = 400 if form.errors else 200
    context = {
        "chosen": chosen,
        "name": showing.name_of(chosen),
        "figure": known_as,
        "part": sheets.part_name(change.number.cell),
        "old": _said(change.number.answer),
        "new": _said(change.now),
        "form": form,
        "seen": digest_of_answer(change.now),
    }
    return render(request, "figures/correction.html", context, status=status)
