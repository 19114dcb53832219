"""The recovery key at the desk: its ceremony, who agrees, how it comes into use, its drill."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reports import access
from baqylau.reports.forms.keys import DrillForm, PassphraseForm, WordsForm
from baqylau.reports.queries.holders import own_key
from baqylau.reports.queries.recovery import coming_recovery, living_recovery
from baqylau.reports.services.ceremony import (
    Ceremony,
    begin_ceremony,
    carried,
    confirm_share,
    read_ceremony,
)
from baqylau.reports.services.drilling import first_share, take_first
from baqylau.reports.services.locking import opened_by_passphrase
from baqylau.reports.services.recovery import (
    agree_recovery,
    prove_recovery,
    refuse_recovery,
    rewrap_recovery,
    unwrapped,
)
from baqylau.reports.views.forgetting import forgetting
from baqylau.reports.views.moving import tell
from baqylau.seal import shares
from baqylau.seal.people import fingerprint
from baqylau.web import qr
from baqylau.web import queries as site
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

COLUMNS = 3
ROWS = -(-shares.WORDS // COLUMNS)


@forgetting
@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CEREMONY)
def ceremony(request: DeskRequest) -> HttpResponse:
    """Three holders come one after the other; each prints a share and shows that they hold it."""
    if request.method != "POST":
        context = {"living": living_recovery(), "coming": coming_recovery()}
        return render(request, "reports/ceremony.html", context)
    step = request.POST.get("step", "")
    if step == "begin":
        return _share(request, begin_ceremony(actor=request.actor))
    found = read_ceremony(actor=request.actor, ticket=request.POST.get("ticket", ""))
    if step == "show":
        return _share(request, found)
    return _check(request, found, has_typed=step == "check")


def _share(request: DeskRequest, found: Ceremony) -> HttpResponse:
    """The sheet of one share."""
    words = list(enumerate(found.words, start=1))
    context = {
        "number": found.number,
        "made": shares.MADE,
        "rows": [words[row::ROWS] for row in range(ROWS)],
        "qr": qr.svg(" ".join(found.words).upper(), _("QR code of the same 33 words")),
        "ticket": carried(request.actor, found),
        "fingerprint": fingerprint(found.public),
        "today": clock.today(),
        "programme": site.organisation(request.LANGUAGE_CODE),
    }
    return render(request, "reports/ceremony_share.html", context)


def _check(request: DeskRequest, found: Ceremony, *, has_typed: bool) -> HttpResponse:
    """The page that asks for two words of the sheet, without showing any."""
    form = WordsForm(request.POST if has_typed else None, asked=found.asked)
    if form.is_valid():
        try:
            following = confirm_share(actor=request.actor, ceremony=found, typed=form.typed())
        except DomainError as error:
            add_refusal(form, error)
        else:
            if following is not None:
                return _share(request, following)
            messages.success(
                request,
                _("Three people hold a share each. Now a second person compares the sheets."),
            )
            return redirect("reports_keys")
    context = {
        "form": form,
        "number": found.number,
        "made": shares.MADE,
        "ticket": carried(request.actor, found),
    }
    return render(
        request, "reports/ceremony_check.html", context, status=400 if form.errors else 200
    )


@forgetting
@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEY)
def agree(request: DeskRequest) -> HttpResponse:
    """A second person compares what the sheets say with what is stored, and agrees or not."""
    coming = coming_recovery()
    if coming is None:
        messages.info(request, _("No recovery key waits for your word."))
        return redirect("reports_keys")
    if request.method == "POST":
        if "refuse" in request.POST:
            refuse_recovery(actor=request.actor)
            messages.success(request, _("That recovery key is dropped. Repeat the ceremony."))
        elif agree_recovery(actor=request.actor, public=request.POST.get("public", "")):
            messages.success(request, _("The recovery key is in use."))
        else:
            messages.success(request, _("Agreed. Now officers wrap the reports to it."))
            return redirect("reports_recovery_wrap")
        return redirect("reports_keys")
    context = {
        "coming": coming,
        "fingerprint": fingerprint(coming.public),
        "may_agree": coming.made_by != request.actor.key and own_key(request.actor.key),
    }
    return render(request, "reports/recovery_agree.html", context)


@forgetting
@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.LIST)
def wrap(request: DeskRequest) -> HttpResponse:
    """An officer wraps the reports that they can read to the coming recovery key."""
    coming = coming_recovery()
    if coming is None or not coming.agreed_by:
        messages.info(request, _("No new recovery key is being brought into use."))
        return redirect("reports_keys")
    form = PassphraseForm(request.POST or None)
    if form.is_valid():
        try:
            key = opened_by_passphrase(request.actor, form.cleaned_data["passphrase"])
            done = rewrap_recovery(actor=request.actor, own=key)
        except DomainError as error:
            add_refusal(form, error)
        else:
            tell(request, done)
            return redirect("reports_recovery_wrap" if done.left else "reports_keys")
    context = {"form": form, "left": unwrapped(coming)}
    return render(
        request, "reports/recovery_wrap.html", context, status=400 if form.errors else 200
    )


@forgetting
@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.CEREMONY)
def drill(request: DeskRequest) -> HttpResponse:
    """Two shares open a dummy report; nothing of them is kept, and one page shows one share."""
    ticket = request.POST.get("ticket", "")
    form = DrillForm(request.POST if request.method == "POST" else None, is_second=bool(ticket))
    if form.is_valid():
        share = form.cleaned_data["share"]
        try:
            if ticket:
                return _proven(request, [first_share(actor=request.actor, ticket=ticket), share])
            ticket = take_first(actor=request.actor, typed=share)
        except DomainError as error:
            add_refusal(form, error)
        else:
            form = DrillForm(is_second=True)
    context = {"form": form, "ticket": ticket, "living": living_recovery()}
    return render(request, "reports/drill.html", context, status=400 if form.errors else 200)


def _proven(request: DeskRequest, typed: list[str]) -> HttpResponse:
    """The end of a drill. Raises: DomainError; SealError."""
    prove_recovery(actor=request.actor, typed=typed)
    messages.success(request, _("Two shares open the recovery key: it is proven today."))
    return redirect("reports_keys")
