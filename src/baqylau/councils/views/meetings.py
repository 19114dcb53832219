"""Meetings at the desk: plan, agenda, papers, invitation, cancellation."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.councils import access
from baqylau.councils.forms.meetings import CallForm, CancelForm, ItemForm, MeetingForm, PaperForm
from baqylau.councils.models import Meeting, MeetingStage
from baqylau.councils.queries import councils as seats
from baqylau.councils.queries import meetings as queries
from baqylau.councils.queries.drafts import to_choose
from baqylau.councils.queries.said import said
from baqylau.councils.queries.voting import ballots
from baqylau.councils.rules.meetings import INVITE_DAYS, MINUTES_DAYS, invite_by, minutes_by
from baqylau.councils.services import inviting, planning
from baqylau.councils.services import materials as keeping
from baqylau.councils.views.councils import way_to
from baqylau.files.handing import taken
from baqylau.kernel import clock
from baqylau.kernel.permissions import may, require
from baqylau.web.asking import Asking, Way, ask
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.trees import public_link


def way(row: Meeting) -> Way:
    """The way to a meeting's page."""
    here = reverse("meeting_desk", args=[row.code])
    return (*way_to(row.council), (said(row, "topic").text, here))


def address(request: DeskRequest, row: Meeting) -> str:
    """The public page of a meeting, for letters."""
    return public_link(request, "meeting", row.code)


@require_safe
@desk(access.SEE)
def meeting(request: DeskRequest, code: str) -> HttpResponse:
    """A meeting with everything that is known and what comes next."""
    row = queries.meeting(code)
    agenda, came = queries.items(row), queries.came(row)
    papers = queries.materials(row)
    own = next((each for each in came if each.member.person == request.actor.key), None)
    context = {
        "meeting": row,
        "day": queries.day_of(row),
        "today": clock.today(),
        "rows": [
            {
                "ballot": ballot,
                "papers": papers.get(ballot.item.pk, []),
                "own": next(
                    (line for line in ballot.lines if own and line.member == own.member), None
                ),
            }
            for ballot in ballots(row, agenda, came)
        ],
        "came": came,
        "quorum": queries.quorum(came),
        "invitations": queries.invitations(row),
        "words": said(row, "minutes"),
        "documents": queries.documents(row),
        "invite_by": invite_by(row.planned_on),
        "invite_days": INVITE_DAYS,
        "minutes_by": minutes_by(queries.day_of(row)),
        "minutes_days": MINUTES_DAYS,
        "can_keep": may(request.actor, access.KEEP, row.council),
        "is_open": row.published_at is None and row.stage != MeetingStage.CANCELLED,
        "sends_mail": bool(settings.MAIL_SERVER),
    }
    return render(request, "councils/desk_meeting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def plan(request: DeskRequest, code: str) -> HttpResponse:
    """Put a meeting into a council's plan."""
    council = seats.council(code)
    form = MeetingForm(request.POST or None)
    asking = Asking(
        _("A meeting for the plan"),
        way_to(council),
        lambda: planning.plan_meeting(actor=request.actor, council=council, fields=form.said()),
        _("It stands in the plan."),
        lead=_("The plan is public: topic and day. Items and papers come later."),
    )
    return ask(request, form, asking)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def edit(request: DeskRequest, code: str) -> HttpResponse:
    """Change a meeting of the plan."""
    row = queries.meeting(code)
    initial = {name: getattr(row, name) for name in MeetingForm.base_fields}
    form = MeetingForm(request.POST or None, initial=initial)
    asking = Asking(
        _("Change the meeting"),
        way(row),
        lambda: planning.change_meeting(
            actor=request.actor,
            meeting=row,
            fields=form.said(),
            revision=form.cleaned_data["revision"] or 0,
        ),
        _("Saved."),
    )
    return ask(request, form, asking)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def invite(request: DeskRequest, code: str) -> HttpResponse:
    """Invite the members, or move the meeting."""
    row = queries.meeting(code)
    initial: dict[str, object] = {"minutes_long": row.minutes_long, "seen": row.sequence}
    if row.starts_at:
        moment = timezone.localtime(row.starts_at)
        initial |= {"on": moment.date(), "at": moment.time()}
        initial |= {"place_kk": row.place_kk, "place_ru": row.place_ru}
    else:
        initial["on"] = row.planned_on
    form = CallForm(request.POST or None, initial=initial)
    is_moved = row.stage == MeetingStage.INVITED
    asking = Asking(
        _("Move the meeting") if is_moved else _("Invite the members"),
        way(row),
        lambda: inviting.invite(
            actor=request.actor,
            meeting=row,
            call=form.said(),
            seen=form.cleaned_data["seen"],
            address=address(request, row),
        ),
        _("The invitations are out."),
        lead=_("Members with an account get a letter. For all others there is a calendar file."),
        press=_("Send the invitations"),
    )
    return ask(request, form, asking)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def cancel(request: DeskRequest, code: str) -> HttpResponse:
    """Call a meeting off."""
    row = queries.meeting(code)
    form = CancelForm(request.POST or None)
    asking = Asking(
        _("Cancel the meeting"),
        way(row),
        lambda: planning.cancel_meeting(
            actor=request.actor, meeting=row, address=address(request, row), **form.cleaned_data
        ),
        _("The meeting is cancelled; whoever was invited is told."),
        lead=_("The reason is public. The meeting stays in the plan as one that was not held."),
        press=_("Cancel the meeting"),
    )
    return ask(request, form, asking)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def item(request: DeskRequest, code: str, number: int = 0) -> HttpResponse:
    """Put an item on the agenda, or change one."""
    row = queries.meeting(code)
    found = queries.item(row, number) if number else None
    initial = {name: getattr(found, name) for name in ItemForm.base_fields} if found else {}
    drafts = to_choose(found.draft if found else None)
    initial["draft"] = found.draft.code if found and found.draft else ""
    form = ItemForm(request.POST or None, initial=initial, drafts=drafts)
    asking = Asking(
        _("An item of the agenda"),
        way(row),
        lambda: planning.save_item(
            actor=request.actor, meeting=row, fields=form.said(), item=found
        ),
        _("Saved."),
    )
    return ask(request, form, asking)


@require_POST
@desk(access.KEEP)
def remove_item(request: DeskRequest, code: str, number: int) -> HttpResponse:
    """Take an item off the agenda."""
    row = queries.meeting(code)
    planning.remove_item(actor=request.actor, item=queries.item(row, number))
    messages.success(request, _("The item is off the agenda."))
    return redirect("meeting_desk", code)


@require_http_methods(["GET", "HEAD", "POST"])
@desk(access.KEEP)
def paper(request: DeskRequest, code: str, number: int) -> HttpResponse:
    """Put a paper beside an item."""
    row = queries.meeting(code)
    found = queries.item(row, number)
    form = PaperForm(request.POST or None, request.FILES or None)
    asking = Asking(
        _("A paper for the agenda"),
        way(row),
        lambda: keeping.add_material(actor=request.actor, item=found, paper=form.said()),
        _("The paper is there."),
        lead=_("Everybody can read it as soon as the invitations are out."),
    )
    return ask(request, form, asking)


@require_safe
@desk(access.SEE)
def paper_content(_request: DeskRequest, code: str, pk: int) -> HttpResponse:
    """A paper, also of a meeting to which nobody is invited yet."""
    row = queries.meeting(code)
    return taken(queries.material(row, pk).file, f"{row.code}-{pk}")


@require_POST
@desk(access.KEEP)
def remove_paper(request: DeskRequest, code: str, pk: int) -> HttpResponse:
    """Take a paper away."""
    row = queries.meeting(code)
    require(request.actor, access.KEEP, row.council)
    keeping.remove_material(actor=request.actor, material=queries.material(row, pk))
    messages.success(request, _("The paper is gone."))
    return redirect("meeting_desk", code)
