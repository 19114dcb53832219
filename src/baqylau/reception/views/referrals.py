"""Whether a body may be told: asked for each body, before anything is passed on."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baqylau.institutions.queries import institution
from baqylau.kernel.errors import DomainError
from baqylau.reception.access import LETTERS
from baqylau.reception.forms.addressees import ReferralForm, WhichBodyForm, WithdrawForm
from baqylau.reception.services.referrals import agree_referral, withdraw_referral
from baqylau.reception.views.helping import allowed
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@desk(LETTERS)
def refer(request: DeskRequest, reference: str) -> HttpResponse:
    """First the body; then the text about it in three languages, and the yes."""
    row = allowed(request, reference)
    context = {"consultation": row, "reference": reference}
    which = WhichBodyForm(request.POST or request.GET or None)
    if not which.is_valid():
        status = 400 if which.errors else 200
        return render(request, "reception/referral.html", {**context, "form": which}, status=status)
    body = institution(which.cleaned_data["body"])
    form = ReferralForm(request.POST or None, initial={"body": body.code})
    if form.is_valid():
        try:
            agree_referral(
                actor=request.actor,
                number=row.number,
                body=body.code,
                language=form.cleaned_data["language"],
            )
        except DomainError as error:
            form.add_error(None, error.message) if error.field == "body" else add_refusal(
                form, error
            )
        else:
            messages.success(request, _("The yes is written down, for this body alone."))
            return redirect("consultation_help", reference)
    status = 400 if form.errors else 200
    context |= {"form": form, "body": body, "codes": [code for code, _name in settings.LANGUAGES]}
    return render(request, "reception/referral.html", context, status=status)


@require_POST
@desk(LETTERS)
def take_back(request: DeskRequest, reference: str) -> HttpResponse:
    """Take a yes back."""
    row = allowed(request, reference)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        code = form.cleaned_data["body"]
        withdraw_referral(actor=request.actor, number=row.number, body=code)
        messages.success(request, _("Taken back: this body is told nothing more."))
    return redirect("consultation_help", reference)
