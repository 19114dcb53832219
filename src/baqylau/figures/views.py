"""Figures at the desk."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from baqylau.figures import access, drawing, showing
from baqylau.figures.exporting import group_name, table_csv
from baqylau.figures.forms import FigureForm, PeriodForm
from baqylau.figures.queries import pages
from baqylau.figures.queries.definitions import dimension
from baqylau.figures.queries.definitions import figure as definition
from baqylau.figures.rules.results import Exact, Withheld, is_nothing
from baqylau.figures.services import catch_up
from baqylau.kernel import clock
from baqylau.kernel.figures import Figure, Live
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.worklist import at_work


def _shown(row: pages.Row, *, is_live: bool = False) -> dict[str, object]:
    return {
        "row": row,
        "name": group_name(row),
        "number": showing.short(row.answer),
        "interval": showing.interval(row.answer),
        "n": showing.count_behind(row.answer),
        "is_live": is_live,
        "is_words": isinstance(row.answer, Withheld),
        "part": showing.part_behind(row.answer) if row.counted else "",
    }


@require_safe
@desk(access.SEE)
def listing(request: DeskRequest) -> HttpResponse:
    """Every figure with its number for a period."""
    catch_up()
    today = clock.today()
    form = PeriodForm(request.GET, since=pages.since(today), today=today)
    chosen = form.chosen()
    form = PeriodForm({"period": chosen.code}, since=pages.since(today), today=today)
    asked = pages.Asked(request.actor, chosen, today)
    context = {
        "form": form,
        "when": showing.name_of(chosen),
        "rows": [
            {
                **_shown(card.whole, is_live=isinstance(card.figure.kind, Live)),
                "page": _address("figure", card.figure, chosen.code),
            }
            for card in pages.cards(asked)
        ],
        "version": pages.version(None, today),
    }
    return render(request, "figures/list.html", context)


def _address(name: str, figure: Figure, period: str, **words: str) -> str:
    query = urlencode({"period": period, **{key: value for key, value in words.items() if value}})
    return f"{reverse(name, args=[figure.code])}?{query}"


def _asked(request: DeskRequest, figure: Figure) -> tuple[FigureForm, pages.Asked, str]:
    """The form as it was understood, who asks for what, and the dimension's code."""
    today = clock.today()
    build = partial(FigureForm, since=pages.since(today), today=today, dimensions=figure.dimensions)
    typed = build(request.GET)
    chosen, by = typed.chosen(), dimension(figure, typed.by_code())
    code = by.code if by else ""
    form = build({"period": chosen.code, "by": code})
    if isinstance(figure.kind, Live):
        del form.fields["period"]
    if not figure.dimensions:
        del form.fields["by"]
    return form, pages.Asked(at_work(request.actor, today), chosen, today), code


def _when(figure: Figure, asked: pages.Asked) -> str:
    if isinstance(figure.kind, Live):
        return date_format(asked.today, "DATE_FORMAT")
    return showing.name_of(asked.chosen)


@require_safe
@desk(access.SEE)
def figure(request: DeskRequest, code: str) -> HttpResponse:
    """One figure: its sentence, its number, charts, the table."""
    known = definition(code)
    catch_up()
    form, asked, by = _asked(request, known)
    is_all = "all" in request.GET
    whole, table = pages.whole(known, asked), pages.table(known, asked, by, is_all=is_all)
    points = pages.points(known, asked, pages.since(asked.today))
    by_label = str(chosen.label) if (chosen := dimension(known, by)) else ""
    address = partial(_address, figure=known, period=asked.chosen.code, by=by)
    context = {
        "figure": known,
        "form": form,
        "when": _when(known, asked),
        "whole": _shown(whole),
        "sentence": ""
        if isinstance(whole.answer, Exact | Withheld)
        else showing.sentence(known, whole.answer, asked.chosen, asked.today),
        "method": showing.method(known),
        "is_open": asked.is_open(known),
        "is_closed_list": asked.is_open(known) and not (whole.url or is_nothing(whole.answer)),
        "by": by_label,
        "rows": [_shown(row) for row in table.rows],
        "refused": showing.REASONS[table.refused] if table.refused else "",
        "more": table.more,
        "chart": drawing.by_group(known, table.rows, by_label, _when(known, asked)),
        "time": drawing.over_time(known, points, asked.chosen),
        "points": [{**_shown(row), "name": showing.name_of(each)} for each, row in points],
        "all_url": address("figure", all="1"),
        "csv_url": address("figure_table", all="1" if is_all else ""),
        "version": pages.version(known, asked.today),
    }
    return render(request, "figures/figure.html", context)


@require_safe
@desk(access.SEE)
def table(request: DeskRequest, code: str) -> HttpResponse:
    """The table of the page, to take away."""
    known = definition(code)
    catch_up()
    _form, asked, by = _asked(request, known)
    rows = pages.table(known, asked, by, is_all="all" in request.GET)
    chosen = dimension(known, by)
    content = table_csv(
        known,
        pages.whole(known, asked),
        rows,
        by=str(chosen.label) if chosen else "",
        when=_when(known, asked),
    )
    name = f"{known.code}-{asked.chosen.code}-{by or 'all'}.csv"
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
