"""Pages of officers: the list, the key, each report."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from baqylau.reports.views import (
    listing,
    reading,
    taking,
    unlocking,
    working,
)
from baqylau.reports.views.unlocking import Outer


class Opaque(StringConverter):
    """An opaque id in an address."""

    regex = "[0-9a-f]{32}"


class Ordinal(StringConverter):
    """An item's number in an address: never too large for a database."""

    regex = "[0-9]{1,6}"


register_converter(Opaque, "opaque")
register_converter(Ordinal, "ordinal")


def _of(rest: str, view: Outer[...], name: str) -> URLPattern:
    """A page of one report, below its opaque id."""
    return path(f"reports/<opaque:report>/{rest}", view, name=name)


urlpatterns = [
    path("reports/", listing.reports, name="reports_list"),
    path("reports/unlock/", unlocking.unlock, name="reports_unlock"),
    path("reports/lock/", unlocking.lock, name="reports_lock"),
    _of("", reading.report, "report_read"),
    _of("answer/", reading.answer, "report_answer"),
    _of("acknowledge/", reading.acknowledge, "report_acknowledge"),
    _of("note/", reading.note, "report_note"),
    _of("send/", working.send, "report_send"),
    _of("ask/", working.ask, "report_ask"),
    _of("label/", working.label, "report_label"),
    _of("twin/", working.twin, "report_twin"),
    _of("colleague/", working.colleague, "report_colleague"),
    _of("recuse/", working.recuse, "report_recuse"),
    _of("case/", working.case, "report_case"),
    _of("close/", working.close, "report_close"),
    _of("files/<ordinal:number>/", taking.original, "report_original"),
    _of("files/<ordinal:number>/clean/", taking.clean, "report_clean"),
    _of("export/", taking.export, "report_export"),
    _of("export/<opaque:number>/agree/", taking.agree, "report_export_agree"),
    _of("export/<opaque:number>/take/", taking.take, "report_export_take"),
]
