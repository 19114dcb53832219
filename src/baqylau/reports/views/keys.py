"""The state of the keys, and what somebody does with their own."""

import hmac

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import may_somewhere
from baqylau.reports import access
from baqylau.reports.forms.keys import (
    ChangePassphraseForm,
    ForgottenForm,
    LastGroupForm,
    OwnKeyForm,
    PassphraseForm,
)
from baqylau.reports.models import NextKey
from baqylau.reports.queries import keys as queries
from baqylau.reports.queries.comparing import may_speak
from baqylau.reports.queries.holders import (
    CUSTODIANS_NEEDED,
    OFFICERS_NEEDED,
    own_key,
    readiness,
)
from baqylau.reports.queries.readers import few
from baqylau.reports.queries.recovery import coming_recovery, drill_due_on
from baqylau.reports.queries.standing import ROLES
from baqylau.reports.services import locking
from baqylau.reports.services.keyholding import enrol
from baqylau.reports.services.leaving import may_end
from baqylau.reports.views.forgetting import forgetting
from baqylau.seal import digits
from baqylau.seal.people import fingerprint
from baqylau.staff.passphrase import require_strong
from baqylau.staff.queries import known
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

SALT = "baqylau.reports.code"


@forgetting
@require_safe
@desk(access.SEE_KEYS)
def overview(request: DeskRequest) -> HttpResponse:
    """How many people are needed and why; who is there, what is missing, what is wrong."""
    today, actor = clock.today(), request.actor
    ready, coming, own = readiness(today), coming_recovery(), own_key(actor.key)
    concerns, there = queries.warnings(today), queries.holders(today)
    may_list = may_somewhere(actor, access.LIST)
    may_compare = bool(own) and may_speak(actor, "")
    context = {
        "ready": ready,
        "officers_needed": OFFICERS_NEEDED,
        "custodians_needed": CUSTODIANS_NEEDED,
        "holders": there,
        "may_compare": may_compare,
        "to_compare": [
            each
            for each in there
            if may_compare and not each.is_trusted and each.row.holder != actor.key
        ],
        "may_invite": may_somewhere(actor, "staff.accounts"),
        "recovery_mark": fingerprint(ready.recovery.public) if ready.recovery else "",
        "drill_due_on": drill_due_on(ready.recovery) if ready.recovery else None,
        "today": today,
        "coming": coming,
        "coming_mark": fingerprint(coming.public) if coming else "",
        "may_agree": coming is not None and coming.made_by != actor.key,
        "concerns": concerns,
        "few": few().order_by("readers", "filed_on")[:50] if may_list else [],
        "own": own,
        "offices": _offices(request),
        "rotation": NextKey.objects.filter(pk=actor.key).first(),
        "may_lead": may_somewhere(actor, access.CEREMONY),
        "may_end": may_end(actor, ""),
        "actor_key": actor.key,
    }
    return render(request, "reports/keys.html", context)


def _offices(request: DeskRequest) -> list[str]:
    """As what the actor's roles let them hold a key."""
    return [str(office) for office, role in ROLES.items() if role in request.actor.roles]


def require_strong_for(request: DeskRequest, passphrase: str) -> None:
    """Refuse a sealing passphrase that is easy to guess. Raises: DomainError."""
    people = known([request.actor.key])
    require_strong(passphrase, [person.name for person in people.values()], field="new")


@forgetting
@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEY)
def own(request: DeskRequest) -> HttpResponse:
    """Make one's own key; the answer is the printed code, which is shown this once."""
    if own_key(request.actor.key) is not None:
        messages.info(request, _("You have a key already."))
        return redirect("reports_keys")
    form = OwnKeyForm(request.POST or None, offices=_offices(request))
    if form.is_valid():
        try:
            require_strong_for(request, form.cleaned_data["new"])
            code = enrol(
                actor=request.actor,
                office=form.cleaned_data["office"],
                passphrase=form.cleaned_data["new"],
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            return code_page(request, code)
    context = {"form": form, "title": _("Make my key"), "button": _("Make my key"), "is_own": True}
    return render(request, "reports/key_form.html", context, status=400 if form.errors else 200)


def code_page(request: DeskRequest, code: str) -> HttpResponse:
    """The printed code, alone on its page; it is in no other answer and stored nowhere."""
    form = LastGroupForm(initial={"mark": _mark(request, code[-digits.GROUP :])})
    return _code_answer(request, form, digits.grouped(code))


def _code_answer(
    request: DeskRequest, form: LastGroupForm, printed: str, status: int = 200
) -> HttpResponse:
    people = known([request.actor.key])
    holder = people[request.actor.key].name if people else ""
    context = {"form": form, "printed": printed, "holder": holder, "today": clock.today()}
    return render(request, "reports/key_code.html", context, status=status)


def _mark(request: DeskRequest, group: str) -> str:
    """What the page carries, to know the last group by when it comes back."""
    return salted_hmac(SALT, f"{request.actor.key}/{group}", algorithm="sha256").hexdigest()


@forgetting
@require_POST
@desk(access.KEY)
def code_kept(request: DeskRequest) -> HttpResponse:
    """The last group was typed: the code counts as kept, or the page asks once more."""
    form = LastGroupForm(request.POST)
    if form.is_valid():
        try:
            group = digits.read(form.cleaned_data["last"], digits.GROUP)
        except DomainError as error:
            form.add_error("last", error.message)
        else:
            if hmac.compare_digest(_mark(request, group), form.cleaned_data["mark"]):
                locking.keep_code(actor=request.actor)
                messages.success(request, _("Your printed code is checked. Lock the paper away."))
                has_next = NextKey.objects.filter(pk=request.actor.key).exists()
                return redirect("reports_key_change" if has_next else "reports_keys")
            form.add_error("last", _("These are not the last four digits. Look at the paper."))
    return _code_answer(request, form, "", status=400)


@forgetting
@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEY)
def passphrase(request: DeskRequest) -> HttpResponse:
    """Change the sealing passphrase."""
    form = ChangePassphraseForm(request.POST or None)
    if form.is_valid():
        try:
            require_strong_for(request, form.cleaned_data["new"])
            locking.change_passphrase(
                actor=request.actor,
                old=form.cleaned_data["passphrase"],
                new=form.cleaned_data["new"],
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Your sealing passphrase is changed."))
            return redirect("reports_keys")
    title = _("Change my sealing passphrase")
    context = {"form": form, "title": title, "button": _("Change it"), "is_own": False}
    return render(request, "reports/key_form.html", context, status=400 if form.errors else 200)


@forgetting
@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEY)
def forgotten(request: DeskRequest) -> HttpResponse:
    """The passphrase is forgotten: the printed code opens the key, and a new code is printed."""
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        try:
            require_strong_for(request, form.cleaned_data["new"])
            code = locking.recover_with_code(
                actor=request.actor,
                code=form.cleaned_data["code"],
                passphrase=form.cleaned_data["new"],
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            return code_page(request, code)
    title = _("I have forgotten my sealing passphrase")
    context = {"form": form, "title": title, "button": _("Open with the code"), "is_own": False}
    return render(request, "reports/key_form.html", context, status=400 if form.errors else 200)


@forgetting
@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEY)
def paper(request: DeskRequest) -> HttpResponse:
    """Print a new code: the old paper opens nothing any more."""
    form = PassphraseForm(request.POST or None)
    if form.is_valid():
        try:
            code = locking.renew_code(
                actor=request.actor, passphrase=form.cleaned_data["passphrase"]
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            return code_page(request, code)
    context = {
        "form": form,
        "title": _("Print a new code"),
        "button": _("New code"),
        "is_own": False,
    }
    return render(request, "reports/key_form.html", context, status=400 if form.errors else 200)
