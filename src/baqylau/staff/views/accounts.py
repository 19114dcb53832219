"""The administrator's pages: who works here, as what, and links to hand over."""

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.kernel.errors import DomainError
from baqylau.staff import queries, services
from baqylau.staff.forms import InviteForm, RolesForm
from baqylau.staff.models import User
from baqylau.web import queries as site
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal


@require_safe
@desk("staff.accounts")
def accounts(request: DeskRequest) -> HttpResponse:
    """Everybody who has an account."""
    return render(request, "staff/accounts.html", {"accounts": queries.accounts()})


@require_http_methods(["GET", "HEAD", "POST"])
@desk("staff.accounts")
def invite(request: DeskRequest) -> HttpResponse:
    """Open an account and hand over its link."""
    form = InviteForm(request.POST or None, initial={"language": settings.LANGUAGE_CODE})
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            user, token = services.invite(
                email=chosen["email"],
                name=chosen["name"],
                language=chosen["language"],
                roles=chosen["roles"],
                actor=request.actor,
            )
        except DomainError as error:
            add_refusal(form, error)
        else:
            return _hand_over(request, user, token)
    return render(request, "staff/invite.html", {"form": form})


def _hand_over(request: HttpRequest, user: User, token: str) -> HttpResponse:
    """Mail the link where there is a mail server; show it, this once, where there is none."""
    link = request.build_absolute_uri(reverse("staff_accept", args=[token]))
    if settings.MAIL_SERVER:
        mail_link(user, link)
    context = {"person": user, "link": "" if settings.MAIL_SERVER else link}
    return render(request, "staff/link.html", context)


def mail_link(user: User, link: str) -> None:
    """Mail the link in the person's language."""
    with translation.override(user.language):
        organisation = site.organisation(user.language)
        text = render_to_string(
            "staff/mail/invitation.txt",
            {"person": user, "link": link, "organisation": organisation},
        )
        subject = _("Your account at the desk: %(organisation)s") % {"organisation": organisation}
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [user.email])


def _find(key: str) -> User:
    user = User.objects.filter(key=key).first()
    if user is None:
        raise Http404
    return user


@require_http_methods(["GET", "HEAD", "POST"])
@desk("staff.accounts")
def account(request: DeskRequest, key: str) -> HttpResponse:
    """One account: its roles, and what can be done with it."""
    user = _find(key)
    held = sorted(queries.roles_of(user))
    form = RolesForm(request.POST or None, initial={"roles": held})
    if request.method == "POST" and form.is_valid():
        try:
            services.set_roles(user=user, roles=form.cleaned_data["roles"], actor=request.actor)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The roles are stored."))
            return redirect("staff_account", key=key)
    context = {
        "person": user,
        "form": form,
        "has_factor": queries.has_factor(user),
        "is_own": user.key == request.actor.key,
    }
    return render(request, "staff/account.html", context)


@require_POST
@desk("staff.accounts")
def link(request: DeskRequest, key: str) -> HttpResponse:
    """A new link for somebody who has lost the old one, or the passphrase."""
    user = _find(key)
    return _hand_over(request, user, services.make_link(user=user, actor=request.actor))


@require_POST
@desk("staff.accounts")
def close(request: DeskRequest, key: str) -> HttpResponse:
    """Let the person in no more."""
    services.close_account(user=_find(key), actor=request.actor)
    messages.success(request, _("The account is closed."))
    return redirect("staff_account", key=key)


@require_POST
@desk("staff.accounts")
def reopen(request: DeskRequest, key: str) -> HttpResponse:
    """Let the person in again."""
    services.reopen_account(user=_find(key), actor=request.actor)
    messages.success(request, _("The account is open again."))
    return redirect("staff_account", key=key)


@require_POST
@desk("staff.accounts")
def reset_factors(request: DeskRequest, key: str) -> HttpResponse:
    """Forget the person's second factors, who has lost the telephone."""
    services.reset_factors(user=_find(key), actor=request.actor)
    messages.success(request, _("The second factors are removed. The person sets up new ones."))
    return redirect("staff_account", key=key)
