"""The year of the reports in one table, for those who check us: it opens no content."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from baqylau.documents.tables import Sheet, Value, write_csv, write_xlsx
from baqylau.kernel import clock
from baqylau.reports.access import COUNT
from baqylau.reports.models import Counter, Uncounted
from baqylau.reports.queries import yearly
from baqylau.reports.queries.yearly import GONE, KEPT, MISSED, RUNNING, Month
from baqylau.reports.taxonomy import State
from baqylau.reports.views.told import unkept
from baqylau.web.desk import DeskRequest, desk

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@desk(COUNT)
def figures(request: DeskRequest) -> HttpResponse:
    """The year's table as a page, or as a file with `?form=csv` or `?form=xlsx`."""
    today = clock.today()
    known = yearly.years(today)
    year = _year(request, known)
    form = request.GET.get("form", "")
    if form in FILES:
        return FILES[form](year)
    found = yearly.months(year, today)
    context = {
        "year": year,
        "years": known,
        "head": _head(),
        "months": [(row.first, _cells(row)) for row in found[:-1] if row.first <= today],
        "total": _cells(found[-1]),
        "labels": [_labels(by, year) for by in (Counter.By.DISTRICT, Counter.By.CONDUCT)],
    }
    context["are_waiting"] = Uncounted.objects.exists()
    return unkept(render(request, "reports/yearly.html", context))


def _year(request: HttpRequest, known: object) -> int:
    asked = request.GET.get("year", "")
    years: list[int] = list(known)  # type: ignore[call-overload]  # a sequence of numbers
    if not asked:
        return years[0]
    if asked not in map(str, years):
        raise Http404
    return int(asked)


def _head() -> list[str]:
    states = [str(state.label) for state in State]
    said = [str(yearly.STANDINGS[each]) for each in (KEPT, MISSED, RUNNING, GONE)]
    return [
        pgettext("reports", "filed"),
        *states,
        *(_("acknowledged: %(how)s") % {"how": each} for each in said),
        *(_("answered: %(how)s") % {"how": each} for each in said),
    ]


def _cells(row: Month) -> list[int]:
    order = (KEPT, MISSED, RUNNING, GONE)
    return [
        row.filed,
        *(row.states[state] for state in State.values),
        *(row.acknowledged[each] for each in order),
        *(row.answered[each] for each in order),
    ]


def _labels(by: Counter.By, year: int) -> dict[str, object]:
    """A counter of the year as it may be shown to anybody."""
    found = yearly.gated(by, year)
    called = yearly.names(by, found.shown)
    rows = sorted(found.shown.items(), key=lambda pair: -pair[1])
    return {
        "title": yearly.COUNTED[by],
        "rows": [(called[value], number) for value, number in rows],
        "hidden": len(found.hidden),
        "together": found.together,
    }


def _rows(year: int) -> Iterator[list[Value]]:
    found = yearly.months(year, clock.today())
    for row in found[:-1]:
        yield [f"{row.first:%Y-%m}", *_cells(row)]
    yield [_("the year"), *_cells(found[-1])]


def _label_rows(year: int) -> Iterator[list[Value]]:
    for by in (Counter.By.DISTRICT, Counter.By.CONDUCT):
        shown = _labels(by, year)
        for name, number in shown["rows"]:  # type: ignore[attr-defined]  # pairs, as made above
            yield [str(yearly.COUNTED[by]), str(name), number]
        if shown["hidden"]:
            yield [str(yearly.COUNTED[by]), _("groups too small to be shown"), shown["together"]]  # type: ignore[list-item]  # a number or None


def _csv(year: int) -> HttpResponse:
    content = write_csv([[_("month"), *_head()], *_rows(year)])
    return _file(content, "text/csv; charset=utf-8", f"reports-{year}.csv")


def _xlsx(year: int) -> HttpResponse:
    labels = [_("counted by"), _("group"), _("number, rounded")]
    sheets = [
        Sheet(str(year), [_("month"), *_head()], _rows(year)),
        Sheet(_("Labels"), labels, _label_rows(year)),
    ]
    return _file(write_xlsx(sheets), XLSX, f"reports-{year}.xlsx")


FILES = {"csv": _csv, "xlsx": _xlsx}


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = unkept(HttpResponse(content, content_type=kind))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
