"""The channel of a reporter: opened by the receipt, carried in the page, never by a cookie.

One address, POST alone; every answer is the page itself, which nobody may keep. What a button does
stands in `do`. The pass is the last field of each form: what was cut off on the way lacks it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reports.forms.channel import EndForm, MessageForm, NameForm, ReceiptForm
from baqylau.reports.forms.evidence import EvidenceHandler, sorted_out
from baqylau.reports.queries.contents import open_file
from baqylau.reports.queries.talk import newest_first, page_of, talk_of
from baqylau.reports.rules.answers import Name
from baqylau.reports.rules.contents import FileHead, read_head
from baqylau.reports.rules.states import next_promise
from baqylau.reports.services import admission, channel, passes
from baqylau.reports.services.channel import Sending
from baqylau.reports.services.once import Opened
from baqylau.reports.taxonomy import State
from baqylau.reports.views.told import unkept
from baqylau.reports.views.turns import turn_or_wait
from baqylau.seal import receipts
from baqylau.seal.errors import SealError
from baqylau.web import strangers
from baqylau.web.forms import add_refusal
from baqylau.web.middleware import size_of
from baqylau.web.networks import network_of

PURPOSE: Final = "reports.channel"
LIMIT: Final = 640 * 1_048_576
"""Bytes of a form with its files: as much as the web server lets through."""
WORDS: Final = 99_999
"""Bytes up to which a form is no upload; the web server takes such forms in whole."""
PASS: Final = "pass"  # noqa: S105 - the name of a field
PAPERS: Final = "papers"
"""The field for files."""
KEPT: Final = ("text", "name", "phone", "reach")
"""What was typed and stays in the page when the receipt is asked for again."""
NEWEST: Final = 6
"""Messages that are shown at once; the earlier ones open below them."""


@dataclass(slots=True)
class Shown:
    """What a page shows besides the conversation: words above it, forms that came back."""

    done: str = ""
    notes: Sequence[str] = ()
    message: MessageForm | None = None
    name: NameForm | None = None
    end: EndForm | None = None
    status: int = 200
    before: int = 0
    mark: str = field(default_factory=lambda: token_hex(8))
    seen: int | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def report_channel(request: HttpRequest) -> HttpResponseBase:
    """Ask for the receipt; or do what a button of the open channel says."""
    if request.method != "POST":
        return _door(request, ReceiptForm())
    strangers.guard(request, LIMIT)
    if size_of(request) > WORDS:
        admission.admit_upload(network=network_of(request))
    # The waiting page sends words alone, and those were read on the way here.
    if request.content_type == "multipart/form-data":
        request.upload_handlers = [EvidenceHandler(request)]
    try:
        return _turned(request)
    finally:
        for file in request.FILES.getlist(PAPERS):
            file.close()


def _turned(request: HttpRequest) -> HttpResponseBase:
    """The page that follows what was sent."""
    do = request.POST.get("do", "")
    if not strangers.is_ours(request.POST, PURPOSE):
        note = _("This page was open for too long. Type the digits and press the button once more.")
        return _door(request, ReceiptForm(), [note], 400)
    if do == "open":
        return _open(request)
    if PASS not in request.POST:
        note = _("The line broke before everything had come. Open it again: what came is here.")
        return _door(request, ReceiptForm(), [note], 400)
    try:
        to = passes.redeem(request.POST[PASS])
    except SealError as error:
        return _door(request, ReceiptForm(), [error.message], 400)
    try:
        wait = _turn(request)
    except DomainError as error:
        return _door(request, ReceiptForm(), [error.message], error.status)
    return wait or ACTIONS.get(do, _look)(request, to)


def _turn(request: HttpRequest) -> HttpResponse | None:
    """A long conversation costs more to open than a key to derive: it waits its turn as well.

    The waiting page cannot hold files: those count as an upload. Raises: DomainError.
    """
    if not request.FILES:
        return turn_or_wait(request)
    if size_of(request) <= WORDS:
        admission.admit_upload(network=network_of(request))
    return None


def _door(
    request: HttpRequest, form: forms.Form, notes: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    """The page that asks for the receipt; whatever was typed before stays in it."""
    kept = [(name, request.POST.get(name, "")) for name in KEPT]
    context = {
        "form": form,
        "notes": notes,
        "purpose": PURPOSE,
        "kept": [(name, value) for name, value in kept if value and name != "text"],
        "text": request.POST.get("text", ""),
        "lost_files": bool(request.FILES),
    }
    return unkept(render(request, "reports/channel_door.html", context, status=status))


def _open(request: HttpRequest) -> HttpResponse:
    """Open the channel; only a receipt whose report exists costs a derivation."""
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return _mistyped(request, form, 400)
    try:
        receipt = receipts.read(form.cleaned_data["receipt"])
        # Before the look: who asks for locators one after the other is not told which there are.
        if (wait := turn_or_wait(request)) is not None:
            return wait
        report = channel.found(receipt)
        to = channel.open_channel(receipt=receipt, report=report)
    except SealError as error:
        form.add_error("receipt", error.message)
        if error.code == "busy":
            return _door(request, form, status=error.status)
        return _mistyped(request, form, error.status)
    return _page(request, to, Shown(**_typed_before(request)))


def _mistyped(request: HttpRequest, form: ReceiptForm, status: int) -> HttpResponse:
    """Ask once more without the digits: whoever is next at this screen would be a digit away."""
    notes = []
    if form.data.get("receipt"):
        form.data = {"receipt": ""}
        notes = [_("The digits are not shown again, so that nobody reads them here after you.")]
    return _door(request, form, notes, status)


def _typed_before(request: HttpRequest) -> dict[str, Any]:
    """The forms with what was typed before the channel had to be opened again."""
    kept = {name: request.POST[name] for name in KEPT if request.POST.get(name)}
    shown: dict[str, Any] = {"message": MessageForm(initial=kept)} if "text" in kept else {}
    return shown | ({"name": NameForm(initial=kept)} if kept.keys() - {"text"} else {})


def _page(request: HttpRequest, to: Opened, shown: Shown) -> HttpResponse:
    """The conversation, and a pass for the next fifteen minutes."""
    report, today = to.report, clock.today()
    talk = page_of(report, to.part, to.key, shown.before)
    promise = next_promise(
        report.state,
        report.acknowledge_by,
        report.feedback_by,
        report.acknowledged_on,
        report.answered_on,
    )
    there = [one for one in talk.page if one.text or one.head or not _is_words(one.kind)]
    said = newest_first(there)
    context = {
        "report": report,
        "talk": talk,
        "newest": said[:NEWEST],
        "earlier": said[NEWEST:],
        "promise": promise,
        "is_late": promise is not None and promise.is_late(today),
        "is_closed": report.state == State.CLOSED,
        "shown": shown,
        "message": shown.message or MessageForm(),
        "name": shown.name or NameForm(),
        "end": shown.end or EndForm(),
        "seen": talk.count if shown.seen is None else shown.seen,
        "purpose": PURPOSE,
        "pass": passes.issue(to),
    }
    return unkept(render(request, "reports/channel.html", context, status=shown.status))


def _is_words(kind: str) -> bool:
    return kind in {"reporter", "officer", "report"}


def _look(request: HttpRequest, to: Opened) -> HttpResponse:
    return _page(request, to, Shown(before=_number(request.POST.get("before", ""))))


def _write(request: HttpRequest, to: Opened) -> HttpResponse:
    """Send a message and files: all of it, or nothing with the reason."""
    form = MessageForm(request.POST)
    good, bad = sorted_out(request.FILES.getlist(PAPERS))
    back = Shown(message=form, status=400, mark=_mark(request), seen=_seen(request))
    if not form.is_valid():
        return _page(request, to, back)
    if bad:
        form.add_error(PAPERS, [f"{name}: {sentence}" for name, sentence in bad])
        form.add_error(PAPERS, _("Nothing was sent yet. Choose the files once more."))
        return _page(request, to, back)
    text = form.cleaned_data["text"]
    if not text and not good:
        form.add_error("text", _("Write something, or choose a file."))
        return _page(request, to, back)
    try:
        admission.admit_bytes(
            network=network_of(request), size=sum(file.size or 0 for file in good)
        )
        channel.write(
            to=to,
            text=text,
            mark=back.mark,
            files=[_sending(file) for file in good],
            seen=back.seen or 0,
        )
    except DomainError as error:
        return _page(request, to, _refused(back, form, error))
    return _page(request, to, Shown(done=_("Sent. It is sealed: only our officers can read it.")))


def _name(request: HttpRequest, to: Opened) -> HttpResponse:
    """Add who the reporter is, for custodians alone."""
    form = NameForm(request.POST)
    back = Shown(name=form, status=400, mark=_mark(request))
    if not form.is_valid():
        return _page(request, to, back)
    try:
        channel.give_name(to=to, name=Name(**form.cleaned_data), mark=back.mark)
    except DomainError as error:
        return _page(request, to, _refused(back, form, error))
    done = _("Your name is sealed apart. Officers cannot open it: a custodian decides first.")
    return _page(request, to, Shown(done=done))


def _agree(request: HttpRequest, to: Opened) -> HttpResponse:
    """Agree that a case without names is opened, or say no to it."""
    if "no" in request.POST:
        return _decline(request, to)
    try:
        is_new = channel.agree(to=to, mark=_mark(request))
    except DomainError as error:
        return _page(request, to, Shown(notes=[error.message], status=error.status))
    done = _("You have agreed. We write in our own name, and you read the answer here.")
    return _page(request, to, Shown(done=done if is_new else ""))


def _decline(request: HttpRequest, to: Opened) -> HttpResponse:
    """Say no to a case; the conversation goes on."""
    try:
        is_new = channel.decline(to=to, mark=_mark(request))
    except DomainError as error:
        return _page(request, to, Shown(notes=[error.message], status=error.status))
    done = _("We do not open a case. You can go on writing to us, and change your mind.")
    return _page(request, to, Shown(done=done if is_new else ""))


def _end(request: HttpRequest, to: Opened) -> HttpResponse:
    """Close the channel for good."""
    form = EndForm(request.POST)
    if not form.is_valid():
        return _page(request, to, Shown(end=form, status=400))
    try:
        channel.end(to=to, mark=_mark(request))
    except DomainError as error:
        return _page(request, to, Shown(end=form, notes=[error.message], status=error.status))
    return _page(request, to, Shown(done=_("The conversation is closed.")))


def _download(request: HttpRequest, to: Opened) -> HttpResponseBase:
    """A file that officers have sent; it is never shown in the browser itself."""
    talk = talk_of(to.report, to.part, to.key)
    head = talk.file_of_ours(_number(request.POST.get("number", "")))
    if head is None:
        return _page(request, to, Shown(notes=[_("There is no such file.")], status=404))
    answer = _file(to, _number(request.POST["number"]))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _file(to: Opened, number: int) -> FileResponse:
    file = open_file(to.key, to.report, to.part, number)
    head = read_head(file)
    return FileResponse(
        file, as_attachment=True, filename=head.name, content_type="application/octet-stream"
    )


def _refused(back: Shown, form: forms.Form, error: DomainError) -> Shown:
    add_refusal(form, error)
    back.status = error.status
    return back


def _sending(file: "UploadedFile[Any]") -> Sending:
    head = FileHead(file.name or "", file.content_type or "", file.size or 0)
    return Sending(head, file.file)  # type: ignore[arg-type]  # what an upload holds is a file


def _mark(request: HttpRequest) -> str:
    """What the page drew against sending twice; a page without one is not sent twice."""
    return request.POST.get("mark", "")[:32] or token_hex(8)


def _seen(request: HttpRequest) -> int:
    return _number(request.POST.get("seen", ""))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


Action = Callable[[HttpRequest, Opened], HttpResponseBase]
ACTIONS: Mapping[str, Action] = {
    "look": _look,
    "write": _write,
    "name": _name,
    "agree": _agree,
    "end": _end,
    "download": _download,
}
"""What a button does."""
