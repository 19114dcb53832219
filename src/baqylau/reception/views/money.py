"""Somebody was asked for money: the safe channel, before a name is typed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baqylau.casework.taxonomy import ContactKind
from baqylau.reception import access
from baqylau.reception.queries.drafts import opened
from baqylau.reception.queries.safe_channel import safe_channel
from baqylau.reception.rules.drafts import new_token
from baqylau.reception.rules.money import bare
from baqylau.reception.rules.numbers import reference
from baqylau.reception.rules.visit import Visit
from baqylau.reception.services import take_consultation
from baqylau.reception.services.recording import KEY
from baqylau.reception.taxonomy import Result
from baqylau.reception.views.screen import blank
from baqylau.web import qr
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.trees import public_origin

CODES = ("language", "channel", "room")


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.RECORD)
def money(request: DeskRequest) -> HttpResponse:
    """The channel, large; POST writes down that a corruption indication came, and nothing else."""
    token = request.POST.get("key", "") or request.GET.get("draft", "")
    token = token if KEY.fullmatch(token) else new_token()
    sent = request.POST if request.method == "POST" else request.GET
    codes = blank(request.actor.key) | {name: sent[name] for name in CODES if sent.get(name)}
    if request.method == "POST":
        return _write(request, token, codes)
    channel = safe_channel(public_origin(request), codes["language"])
    title = _("QR code of the safe channel")
    context = {
        "token": token,
        "codes": {name: codes[name] for name in CODES},
        "talk": codes["language"],
        "channel": channel,
        "code": qr.svg(channel.link, title) if channel.link else "",
    }
    return render(request, "reception/money.html", context)


def _write(request: DeskRequest, token: str, codes: dict[str, str]) -> HttpResponse:
    kept = opened(request.actor, token)
    visit = Visit(
        kind=ContactKind.CORRUPTION,
        slip=kept.fields.get("slip", "") if kept else "",
        language=codes["language"],
        channel=codes["channel"],
        room=codes["room"],
    )
    row = take_consultation(actor=request.actor, idempotency_key=token, visit=bare(visit)).row
    if row.result != Result.SAFE_CHANNEL:
        # The key had been used for an ordinary visit: this one gets its own.
        token = new_token()
        row = take_consultation(actor=request.actor, idempotency_key=token, visit=bare(visit)).row
    messages.success(
        request,
        _("%(number)s: only that a corruption indication came is written down.")
        % {"number": row.number},
    )
    return redirect("consultation", reference(row.number))
