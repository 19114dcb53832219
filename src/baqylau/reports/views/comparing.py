"""The page on which the digits of a colleague's key are compared."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError, NotAllowedError
from baqylau.reports import access
from baqylau.reports.forms.keys import CompareForm
from baqylau.reports.queries.comparing import may_speak
from baqylau.reports.queries.keys import holders
from baqylau.reports.services.comparing import confirm, doubt
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEY)
def compare(request: DeskRequest, holder: str) -> HttpResponse:
    """Type the last digits that a colleague reads out; or say that they differ."""
    found = next((each for each in holders(clock.today()) if each.row.holder == holder), None)
    if found is None:
        raise Http404
    if not may_speak(request.actor, holder):
        raise NotAllowedError(_("Say whether the digits of a key are right"))
    if request.method == "POST" and request.POST.get("do") == "differ":
        doubt(actor=request.actor, holder=holder)
        messages.warning(request, _("From now on no new report is sealed to this key."))
        return redirect("reports_keys")
    form = CompareForm(request.POST or None)
    if form.is_valid():
        try:
            is_trusted = confirm(actor=request.actor, holder=holder, last=form.cleaned_data["last"])
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _told(is_trusted=is_trusted))
            return redirect("reports_keys")
    context = {"form": form, "holder": found}
    status = 400 if form.errors else 200
    return render(request, "reports/key_compare.html", context, status=status)


def _told(*, is_trusted: bool) -> str:
    if is_trusted:
        return _("The key is compared: new reports are sealed to it.")
    return _("Noted. An officer and a custodian both have to compare this key.")
