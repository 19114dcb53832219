"""Keys that change hands: a new key pair, reports handed on, a key that ends."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError, NotAllowedError
from baqylau.kernel.permissions import may_somewhere
from baqylau.reports import access
from baqylau.reports.forms.keys import ChangePassphraseForm, GiveForm, PassphraseForm
from baqylau.reports.models import NextKey
from baqylau.reports.queries.holders import CUSTODIANS_NEEDED, OFFICERS_NEEDED, own_key, readiness
from baqylau.reports.queries.keys import Holder, holders
from baqylau.reports.queries.readers import risk_of
from baqylau.reports.services.batches import Done
from baqylau.reports.services.handing import give_mine
from baqylau.reports.services.leaving import end_key, may_end
from baqylau.reports.services.locking import opened_by_passphrase
from baqylau.reports.services.rotation import begin_rotation, drop_rotation, proceed
from baqylau.reports.views.forgetting import forgetting
from baqylau.reports.views.keys import code_page, require_strong_for
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


def tell(request: DeskRequest, done: Done) -> None:
    """Say what a batch has done, and what is left."""
    if done.left:
        messages.info(
            request,
            _("Done: %(done)s. Left: %(left)s. Press once more to go on.")
            % {"done": done.done, "left": done.left},
        )
    else:
        messages.success(request, _("Done: %(done)s.") % {"done": done.done})
    if done.kept_back:
        text = _("Kept back because the reporter wished so: %(number)s.")
        messages.info(request, text % {"number": done.kept_back})
    if done.damaged:
        text = _("Did not open: %(number)s. Have the installation verified.")
        messages.warning(request, text % {"number": done.damaged})


@forgetting
@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEY)
def change(request: DeskRequest) -> HttpResponse:
    """A new key pair: begin it, or go on where it was."""
    coming = NextKey.objects.filter(pk=request.actor.key).first()
    if coming is not None:
        return _go_on(request)
    form = ChangePassphraseForm(request.POST or None)
    if form.is_valid():
        try:
            require_strong_for(request, form.cleaned_data["new"])
            code = begin_rotation(
                actor=request.actor,
                old=form.cleaned_data["passphrase"],
                new=form.cleaned_data["new"],
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            return code_page(request, code)
    context = {"form": form, "is_begun": False}
    return render(request, "reports/key_change.html", context, status=400 if form.errors else 200)


def _go_on(request: DeskRequest) -> HttpResponse:
    form = PassphraseForm(request.POST or None)
    if form.is_valid():
        try:
            key = opened_by_passphrase(request.actor, form.cleaned_data["passphrase"])
            done = proceed(actor=request.actor, own=key)
        except DomainError as error:
            add_refusal(form, error)
        else:
            tell(request, done)
            return redirect("reports_key_change" if done.left else "reports_keys")
    context = {"form": form, "is_begun": True}
    return render(request, "reports/key_change.html", context, status=400 if form.errors else 200)


@forgetting
@require_POST
@desk(access.KEY)
def drop_change(request: DeskRequest) -> HttpResponse:
    """Forget a change that was begun."""
    drop_rotation(actor=request.actor)
    messages.success(request, _("Your old key stays as it was."))
    return redirect("reports_keys")


def _is_fit(holder: Holder) -> bool:
    """Whether anything may be handed to this key."""
    return holder.is_trusted and not holder.is_gone


@forgetting
@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEY)
def give(request: DeskRequest) -> HttpResponse:
    """Hand everything that one can open to a colleague of the same office."""
    row = own_key(request.actor.key)
    colleagues = [
        (each.row.holder, each.name)
        for each in holders(clock.today())
        if row and each.row.office == row.office and each.row.holder != row.holder and _is_fit(each)
    ]
    form = GiveForm(request.POST or None, choices=colleagues)
    if form.is_valid():
        try:
            key = opened_by_passphrase(request.actor, form.cleaned_data["passphrase"])
            done = give_mine(actor=request.actor, own=key, to=form.cleaned_data["to"])
        except DomainError as error:
            add_refusal(form, error)
        else:
            tell(request, done)
            return redirect("reports_key_give" if done.left else "reports_keys")
    context = {"form": form, "colleagues": colleagues, "own": row}
    return render(request, "reports/key_give.html", context, status=400 if form.errors else 200)


@forgetting
@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.SEE_KEYS)
def end(request: DeskRequest, holder: str) -> HttpResponse:
    """End somebody's key: first what it would leave behind, then the end."""
    found = _holder(holder)
    if not may_end(request.actor, holder):
        raise NotAllowedError(_("End the key of somebody who leaves"))
    risk = risk_of(found.row)
    if request.method == "POST":
        end_key(actor=request.actor, holder=holder, despite=request.POST.get("despite", ""))
        messages.success(request, _("The key has ended: it opens nothing any more."))
        return redirect("reports_keys")
    ready = readiness(clock.today())
    is_officer = found.row.office == found.row.Office.OFFICER
    there = len(ready.officers if is_officer else ready.custodians)
    needed = OFFICERS_NEEDED if is_officer else CUSTODIANS_NEEDED
    context = {
        "holder": found,
        "risk": risk,
        "rows": risk.rows[:50] if may_somewhere(request.actor, access.LIST) else [],
        "is_officer": is_officer,
        "closes": ready.is_open and there <= needed,
        "is_own": holder == request.actor.key,
    }
    return render(request, "reports/key_end.html", context)


def _holder(holder: str) -> Holder:
    for each in holders(clock.today()):
        if each.row.holder == holder:
            return each
    raise Http404
