"""Taking consultations out: first what would be taken, then the file."""

from typing import IO, Final, cast

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baqylau.imports.exports import heading
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reception import access
from baqylau.reception.forms.listing import ListForm
from baqylau.reception.importing.columns import COLUMNS
from baqylau.reception.queries.exporting import MORE
from baqylau.reception.queries.rights import at_the_desk, rooms_to_choose
from baqylau.reception.services.exporting import FORMATS, MOST, export_consultations
from baqylau.territories.queries import districts
from baqylau.web.desk import DeskRequest, desk

TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
FILTERS: Final = 1_000
"""Characters of a filter that is carried on."""


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.EXPORT)
def export(request: DeskRequest) -> HttpResponse:
    """The filters of the list; sent, the file that they give."""
    actor = at_the_desk(request.actor, clock.today())
    typed = request.POST if request.method == "POST" else request.GET
    asked = {name: text[:FILTERS] for name, text in typed.dict().items()}
    form = ListForm(asked, rooms=rooms_to_choose(actor), districts=districts())
    wanted = form.wanted(actor)
    refusal = ""
    if request.method == "POST" and asked.get("format") in FORMATS:
        headings = [(column.code, heading(column)) for column in COLUMNS]
        headings += [(code, str(label)) for code, label in MORE]
        try:
            file = export_consultations(
                actor=actor,
                wanted=wanted,
                words=form.query,
                form=asked["format"],
                headings=headings,
                title=_("Consultations"),
            )
        except DomainError as error:
            refusal = str(error)
        else:
            return cast("HttpResponse", _file(file, asked["format"]))
    context = {"form": form, "wanted": wanted, "most": MOST, "refusal": refusal}
    return render(request, "reception/export.html", context, status=400 if refusal else 200)


def _file(file: IO[bytes], form: str) -> FileResponse:
    name = f"consultations-{clock.today():%Y-%m-%d}.{form}"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[form])
    answer.headers["Cache-Control"] = "no-store"
    return answer
