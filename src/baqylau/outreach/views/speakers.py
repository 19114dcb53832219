"""Speakers at the desk: who they are, their training and conduct."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baqylau.kernel import clock
from baqylau.outreach import access
from baqylau.outreach.forms.speakers import NoteForm, SpeakerForm
from baqylau.outreach.models import Speaker
from baqylau.outreach.queries import speakers as queries
from baqylau.outreach.services.speakers import note_speaker, write_speaker
from baqylau.staff.models import User
from baqylau.territories.queries import districts
from baqylau.web.asking import Asking, ask
from baqylau.web.desk import DeskRequest, desk


@require_safe
@desk(access.SPEAKERS)
def speakers(request: DeskRequest) -> HttpResponse:
    """Who speaks for the programme, and whether they may now."""
    rows = queries.speakers()
    now = queries.standing(rows, clock.today())
    context = {"rows": [{"speaker": row, "now": now[row.pk]} for row in rows]}
    return render(request, "outreach/desk_speakers.html", context)


@require_safe
@desk(access.SPEAKERS)
def speaker(request: DeskRequest, code: str) -> HttpResponse:
    """A speaker: training, conduct, events."""
    row = queries.speaker(code)
    context = {
        "speaker": row,
        "notes": queries.notes_of(row),
        "events": queries.events_of_speaker(row),
        "now": queries.standing([row], clock.today())[row.pk],
    }
    return render(request, "outreach/desk_speaker.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.SPEAKERS)
def write(request: DeskRequest, code: str = "") -> HttpResponse:
    """Add a speaker, or change one."""
    row = queries.speaker(code) if code else None
    initial: dict[str, object] = {"first_on": clock.today(), "is_volunteer": True}
    if row:
        names = ("name", "person", "is_volunteer", "first_on", "until_on")
        initial = {name: getattr(row, name) for name in names}
        initial |= {"district": row.district_id, "seen": row.revision}
    people = User.objects.filter(is_active=True).order_by("name", "pk").values_list("key", "name")
    form = SpeakerForm(request.POST or None, initial=initial, people=people, districts=districts())

    def work() -> Speaker:
        data = dict(form.cleaned_data)
        revision = data.pop("seen") or 0
        data["district_id"] = data.pop("district") or None
        return write_speaker(actor=request.actor, fields=data, speaker=row, revision=revision)

    way = ((_("Speakers"), reverse("speakers_desk")),)
    title = _("Change the speaker") if row else _("A new speaker")
    return ask(request, form, Asking(title, way, work, _("The speaker is saved.")))


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.SPEAKERS)
def note(request: DeskRequest, code: str) -> HttpResponse:
    """Note something about training or conduct."""
    row = queries.speaker(code)
    form = NoteForm(request.POST or None, initial={"on": clock.today()})

    def work() -> object:
        return note_speaker(actor=request.actor, speaker=row, **form.cleaned_data)

    way = (
        (_("Speakers"), reverse("speakers_desk")),
        (row.name, reverse("speaker_desk", args=[row.code])),
    )
    lead = _("What is noted stays. Write what happened, not what somebody is like.")
    return ask(request, form, Asking(_("Add a note"), way, work, _("Noted."), lead))
