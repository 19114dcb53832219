"""The form of a report: short steps or one page; between them the answers travel in the page."""

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reports.forms.answers import answers_of, avoided, name_of
from baqylau.reports.forms.evidence import BETRAYS, EvidenceHandler, sorted_out
from baqylau.reports.forms.talk import END, TITLES, Talk, cut_words, is_cut, new_talk, read_talk
from baqylau.reports.models import Report
from baqylau.reports.queries import places
from baqylau.reports.queries.holders import readiness, without_ties
from baqylau.reports.queries.site import site_name
from baqylau.reports.rules import steps
from baqylau.reports.rules.contents import FileHead
from baqylau.reports.services.admission import admit_bytes, admit_upload
from baqylau.reports.services.drafts import (
    GoneError,
    add_to_draft,
    begin_draft,
    remove_from_draft,
)
from baqylau.reports.services.filing import ClosedError, Filed, Sent, file_report
from baqylau.reports.views.receipt import drawn_receipt
from baqylau.reports.views.told import closed, unkept
from baqylau.reports.views.turns import turn_or_wait
from baqylau.web import strangers
from baqylau.web.networks import LOCAL, network_of
from baqylau.web.queries import idle_seconds

PURPOSE = "reports.form"
FORM, VISITOR = "reports/form.html", "reports/visitor.html"
LIMIT = 640 * 1_048_576
"""Bytes of a form with its files: as much as the web server lets through. What is over the limit
of files is thrown away as it comes, so that a person with 200 photos loses no word."""
TOO_LONG_OPEN: Promise | str = _(
    "This page was open for too long. Everything that you wrote is here: look it over and press "
    "the button once more. Files that you had just chosen have to be chosen again."
)


@dataclass(frozen=True, slots=True)
class Room:
    """Where the form stands: on the public site, or at the desk with somebody beside it."""

    frame: str
    url_name: str
    is_desk: bool = False


PUBLIC = Room("web/base.html", "report_form")


@require_http_methods(["GET", "HEAD", "POST"])
def report_form(request: HttpRequest) -> HttpResponse:
    """The form of a reporter."""
    if request.method != "POST":
        return first_page(request, PUBLIC)
    strangers.guard(request, LIMIT)
    if request.content_type == "multipart/form-data":
        request.upload_handlers = [EvidenceHandler(request)]
    go = request.POST.get("go", "next")
    is_ours = strangers.is_ours(request.POST, PURPOSE)
    if go.startswith("begin-") and is_ours:
        stage = request.POST.get("stage", "")
        return first_page(request, PUBLIC, go.removeprefix("begin-"), stage)
    return turned(request, PUBLIC, go, is_ours=is_ours)


def first_page(
    request: HttpRequest, room: Room, step: str = steps.FIRST, stage: str = ""
) -> HttpResponse:
    """A form that nobody has filled in, or the words about why there is none."""
    if not readiness(clock.today()).is_open:
        return closed(request, room.frame)
    return drawn(
        request, room, new_talk(steps.WHOLE if step == steps.WHOLE else steps.FIRST, stage)
    )


def turned(request: HttpRequest, room: Room, go: str, *, is_ours: bool) -> HttpResponse:
    """The page that follows what was sent."""
    talk = read_talk(request.POST)
    if go != "send":
        talk.look_at_files()
    if not is_ours or is_cut(request.POST):
        talk.notes.append(str(TOO_LONG_OPEN) if not is_ours else cut_words())
        talk.look_at_files()
        return drawn(request, room, talk, 400)
    _take(talk, request, room)
    if go == "turn" and room.is_desk:
        status = _forward(talk, steps.REVIEW)
        return drawn(request, room, talk, status, VISITOR if status == 200 else FORM)
    if go == "send":
        wait = None if room.is_desk or talk.form.errors else turn_or_wait(request)
        return wait or _sent(request, room, talk)
    return drawn(request, room, talk, _turn(talk, go))


def _turn(talk: Talk, go: str) -> int:
    """Bring the form to its next page; returns the answer's status."""
    moves = {
        "next": partial(_forward, talk, steps.after(talk.step)),
        "review": partial(_forward, talk, steps.REVIEW),
        "back": partial(_to, talk, _whole_or(talk, steps.before(talk.step))),
        "find": partial(_find, talk),
        "whole": partial(_mode, talk, steps.WHOLE),
        "steps": partial(_mode, talk, steps.FIRST),
    }
    if go.startswith("remove-"):
        return _remove(talk, go.removeprefix("remove-"))
    if go.startswith("step-"):
        return _to(talk, _whole_or(talk, go.removeprefix("step-")))
    return moves[go]() if go in moves else 200


def _whole_or(talk: Talk, step: str) -> str:
    return steps.WHOLE if talk.is_whole else step


def _to(talk: Talk, step: str) -> int:
    talk.step = step if step in steps.ORDER or step == steps.WHOLE else steps.FIRST
    return 200


def _mode(talk: Talk, step: str) -> int:
    talk.is_whole = step == steps.WHOLE
    return _to(talk, step)


def _find(talk: Talk) -> int:
    if not talk.seek() and not talk.form["institution"].value():
        talk.notes.append(gettext("Nothing of that name is in our list. It stays as you wrote it."))
    talk.offer_offices()
    return 200


def _forward(talk: Talk, step: str) -> int:
    """On to the step, unless something here is not in order or has to be chosen from a list."""
    here = set(steps.fields_of(talk.step))
    wrong = [name for name in talk.form.wrong() if name in here or step == steps.REVIEW]
    if wrong:
        if talk.step != steps.WHOLE:
            talk.step = steps.step_of(wrong[0])
        return 400
    if talk.refused:
        # A file was refused: its sentence must be seen before the page is left.
        talk.step = steps.WHOLE if talk.is_whole else "evidence"
        return 400
    if here & {"office", "avoid_words"} and talk.seek():
        talk.offer_offices()
        talk.notes.append(
            gettext("We found offices of that name. Choose one, or leave it, and go on.")
        )
        return 200
    return _to(talk, step)


def _take(talk: Talk, request: HttpRequest, room: Room) -> None:
    """Seal the files that came into the draft; each that is refused gets its sentence."""
    files = request.FILES.getlist("files")
    good, talk.refused = sorted_out(files)
    network = "" if room.is_desk else network_of(request)
    if good and not room.is_desk:
        try:
            admit_upload(network=network)
        except DomainError as error:
            talk.refused += [(file.name or "", error.message) for file in good]
            good = []
    for file in good:
        name = file.name or ""
        draft = talk.draft or begin_draft()
        head = FileHead(name, file.content_type or "", file.size or 0)
        try:
            if not room.is_desk:
                admit_bytes(network=network, size=head.size)
            add_to_draft(draft=draft, head=head, file=file.file, is_shared=network == LOCAL)  # type: ignore[arg-type]  # a file
        except DomainError as error:
            talk.refused.append((name, error.message))
            continue
        talk.draft = draft
    for file in files:
        file.close()
    if good:
        talk.look_at_files()


def _remove(talk: Talk, number: str) -> int:
    if talk.draft and number.isascii() and number.isdigit():
        remove_from_draft(draft=talk.draft, number=int(number[:4]))
        talk.look_at_files()
    return 200


def _sent(request: HttpRequest, room: Room, talk: Talk) -> HttpResponse:
    """File it; the receipt is the answer. Whatever refuses it, the review comes back whole."""
    if talk.form.wrong() or talk.refused:
        talk.look_at_files()
        talk.step = steps.REVIEW
        return drawn(request, room, talk, _forward(talk, steps.REVIEW))
    try:
        filed = _filed(talk, room)
    except DomainError as error:
        talk.step = steps.REVIEW
        if isinstance(error, GoneError):
            talk.draft = None
        talk.notes.append(error.message)
        talk.look_at_files()
        status = 503 if isinstance(error, ClosedError) else error.status
        return drawn(request, room, talk, status)
    return drawn_receipt(request, filed, is_desk=room.is_desk)


def _filed(talk: Talk, room: Room) -> Filed:
    values = talk.form.cleaned_data
    answers = answers_of(values, language=get_language() or "kk", assisted=room.is_desk)
    return file_report(
        sent=Sent(
            id=talk.id,
            secret=talk.secret,
            answers=answers.dumped(),
            name=name_of(values).dumped(),
            is_urgent=values["is_urgent"],
            avoid=places.ids(avoided(values)),
            draft=talk.draft,
            site=site_name() if values["wants_slip"] else "",
        )
    )


def drawn(
    request: HttpRequest, room: Room, talk: Talk, status: int = 200, page: str = FORM
) -> HttpResponse:
    """The page, which nobody may keep."""
    context: dict[str, object] = {
        "frame": room.frame,
        "action": reverse(room.url_name),
        "is_assisted": room.is_desk,
        "talk": talk,
        "purpose": PURPOSE,
        "end": END,
        "wrong": [one for group in talk.groups() for one in group.fields if one.errors],
        "betrays": [(one, BETRAYS.get(one.head.media_type, "")) for one in talk.files],
        "is_training": settings.IS_TRAINING,
        "idle_minutes": idle_seconds() // 60,
    }
    if talk.step == steps.REVIEW:
        context |= _review(talk)
    return unkept(render(request, page, context, status=status))


def _review(talk: Talk) -> dict[str, object]:
    """What the review page shows: every answer in words, and how many people can read it."""
    today = clock.today()
    values = talk.form.cleaned_data if talk.form.is_valid() else {}
    avoid = avoided(values) if values else []
    readers = without_ties(readiness(today).officers, places.ids(avoid), today)
    return {
        "lines": _lines(talk, values),
        "readers": len(readers),
        "kept_out": places.offices(avoid),
        "unlisted": [
            talk.typed(words)
            for words, chosen in (("office", "institution"), ("avoid_words", "avoid"))
            if talk.typed(words) and not values.get(chosen)
        ],
        "was_sent": Report.objects.filter(pk=talk.id).exists(),
        "slip": talk.form["wants_slip"],
    }


def _lines(talk: Talk, values: dict[str, object]) -> list[tuple[str, object, list[object]]]:
    """(step, its title, what was said there) for each step of the form."""
    rows: list[tuple[str, object, list[object]]] = []
    for step in steps.STEPS:
        said: list[object] = [
            (talk.form[name].label, shown)
            for name in steps.STEPS[step]
            if name in talk.form.fields and (shown := _shown(talk, name, values.get(name)))
        ]
        rows.append((step, TITLES[step], said))
    return rows


def _shown(talk: Talk, name: str, value: object) -> object:
    """An answer in words; "" for what was not said."""
    if name in {"institution", "avoid"}:
        codes = [value] if isinstance(value, str) else value
        known = places.offices([str(one) for one in codes or [] if one])  # type: ignore[attr-defined]  # a list, whatever the answer's type says
        return ", ".join(str(office.name) for office in known)
    if name == "near":
        return ""
    if name == "is_urgent":
        return gettext("Yes") if value else ""
    choices = dict(getattr(talk.form.fields[name], "choices", ()))
    return choices.get(value, value) if value else ""
