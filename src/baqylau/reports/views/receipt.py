"""The receipt: the answer to sending, alone on its page; it is kept nowhere but there."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baqylau.kernel.errors import DomainError
from baqylau.reports import access
from baqylau.reports.queries.site import site_name
from baqylau.reports.rules.clocks import acknowledge_by, feedback_by
from baqylau.reports.services.filing import Filed
from baqylau.reports.views.told import unkept
from baqylau.seal import receipts
from baqylau.web import strangers
from baqylau.web.desk import DeskRequest, desk

PURPOSE = "reports.receipt"
_signer = Signer(salt="reports.receipt")


def drawn_receipt(request: HttpRequest, filed: Filed, *, is_desk: bool) -> HttpResponse:
    """The receipt of a report that was just filed."""
    told: dict[str, Any] = {
        "number": filed.receipt.number,
        "on": filed.filed_on.isoformat(),
        "readers": filed.readers,
        "slip": filed.slip,
        "again": filed.is_again,
    }
    return _page(request, told, is_desk=is_desk)


@require_http_methods(["GET", "HEAD", "POST"])
def report_receipt(request: HttpRequest) -> HttpResponse:
    """Tell whether the last group was copied rightly; the receipt stays on the page."""
    if request.method != "POST":
        return redirect("report")
    strangers.guard(request)
    return _checked(request, is_desk=False)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.ASSIST)
def assisted_receipt(request: DeskRequest) -> HttpResponse:
    """The same at the desk."""
    if request.method != "POST":
        return redirect("report_assisted")
    return _checked(request, is_desk=True)


assisted_receipt.keeps_nothing = True  # type: ignore[attr-defined]  # read by staff, from any view


def _checked(request: HttpRequest, *, is_desk: bool) -> HttpResponse:
    try:
        told = _signer.unsign_object(request.POST.get("told", ""))
    except (BadSignature, ValueError):
        raise DomainError(
            _("This is no receipt of ours. Open the channel with the digits that you wrote down.")
        ) from None
    receipt = receipts.read(told["number"])
    is_right = receipt.is_last_group(request.POST.get("last", ""))
    return _page(request, told, is_desk=is_desk, is_right=is_right)


def _page(
    request: HttpRequest, told: dict[str, Any], *, is_desk: bool, is_right: bool | None = None
) -> HttpResponse:
    filed_on = date.fromisoformat(told["on"])
    context = {
        "frame": "web/desk.html" if is_desk else "web/base.html",
        "is_assisted": is_desk,
        "digits": receipts.read(told["number"]).printed(),
        "filed_on": filed_on,
        "acknowledge_by": acknowledge_by(filed_on),
        "feedback_by": feedback_by(filed_on),
        "readers": told["readers"],
        "slip": told["slip"],
        "is_again": told["again"],
        "is_right": is_right,
        "told": _signer.sign_object(told),
        "site": site_name(),
        "is_training": settings.IS_TRAINING,
    }
    return unkept(render(request, "reports/receipt.html", context))
