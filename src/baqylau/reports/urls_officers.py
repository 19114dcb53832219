"""Pages of officers: the list, the key, each report."""

from django.urls import URLPattern, path, re_path

from baqylau.reports.views import (
    listing,
    reading,
    taking,
    unlocking,
    working,
)
from baqylau.reports.views.unlocking import Outer


def _of(rest: str, view: Outer[...], name: str) -> URLPattern:
    """A page of one report, below its opaque id."""
    return re_path(rf"^reports/(?P<report>[0-9a-f]{{32}})/{rest}$", view, name=name)


NUMBER = "(?P<number>[0-9]{1,6})"
EXPORT = "(?P<number>[0-9a-f]{32})"

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
    _of(f"files/{NUMBER}/", taking.original, "report_original"),
    _of(f"files/{NUMBER}/clean/", taking.clean, "report_clean"),
    _of("export/", taking.export, "report_export"),
    _of(f"export/{EXPORT}/agree/", taking.agree, "report_export_agree"),
    _of(f"export/{EXPORT}/take/", taking.take, "report_export_take"),
]
