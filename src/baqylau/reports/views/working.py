"""What an officer does with a report besides answering: each on a page of its own."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baqylau.casework.taxonomy import ContactKind, Urgency
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reports import access
from baqylau.reports.forms.officer import (
    AskForm,
    CaseForm,
    CloseForm,
    ColleagueForm,
    LabelForm,
    SendFileForm,
    TwinForm,
)
from baqylau.reports.models import Report
from baqylau.reports.queries import reading
from baqylau.reports.queries.circle import admissible, circle_of
from baqylau.reports.rules.contents import FileHead
from baqylau.reports.services import answering, closing, colleagues, noting, triage
from baqylau.reports.views.reading import back, desk_of, find, look, talk_of
from baqylau.reports.views.unlocking import KeyRequest, unlocked
from baqylau.territories.labels import full_name
from baqylau.territories.queries import districts, oblasts
from baqylau.web.desk import desk
from baqylau.web.forms import add_refusal

METHODS = ["GET", "HEAD", "POST"]


def _worked(
    request: KeyRequest,
    row: Report,
    form: Form,
    work: Callable[[dict[str, Any]], object],
    title: str,
    done: str,
    **words: str,
) -> HttpResponse:
    """Do a form's work and go back to the report; or draw the form, with what is wrong.

    `words`: `lead` above it, `button`; `refusal` in the form's place where there is nothing to do.
    """
    if form.is_valid():
        try:
            work(form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, done)
            return back(row)
    context = {
        "title": title,
        "form": form,
        "report": row,
        "lead": "",
        "button": "",
        "refusal": "",
        **words,
    }
    status = 400 if form.errors else 200
    return render(request, "reports/desk/form.html", context, status=status)


def places() -> list[tuple[str, str]]:
    """The districts as choices."""
    return [(unit.kato, full_name(unit)) for unit in districts()]


def places_of_a_case() -> list[tuple[str, str]]:
    """The districts, and the whole oblast: a reporter may have kept the district back."""
    unknown = _("%(oblast)s, district not known")
    whole = [(unit.kato, unknown % {"oblast": full_name(unit)}) for unit in oblasts()]
    return [*places(), *whole]


@require_http_methods(METHODS)
@desk(access.READ)
@unlocked
def send(request: KeyRequest, report: str) -> HttpResponse:
    """Send a file to the reporter."""
    row = find(request, report)
    talk = talk_of(request, row)
    data = request.POST if request.method == "POST" else None
    form = SendFileForm(data, request.FILES or None, initial={"seen": len(talk.items())})

    def work(chosen: dict[str, Any]) -> None:
        file = chosen["file"]
        head = FileHead(file.name, file.content_type, file.size)
        answering.send_file(
            to=talk, actor=request.actor, head=head, file=file.file, seen=chosen["seen"]
        )

    return _worked(
        request,
        row,
        form,
        work,
        _("Send a file to the reporter"),
        _("The file is sealed and waits."),
        lead=_("Whoever finds the file on the reporter's phone learns of the talk: say so."),
        button=_("Send the file"),
    )


@require_http_methods(METHODS)
@desk(access.READ)
@unlocked
def ask(request: KeyRequest, report: str) -> HttpResponse:
    """Ask the reporter to agree to a case without names."""
    row = find(request, report)
    talk = talk_of(request, row)
    text = answering.question(talk.items())
    form = AskForm(request.POST or None, initial={"text": text})

    def work(chosen: dict[str, Any]) -> None:
        answering.ask_for_case(to=talk, actor=request.actor, **chosen)

    return _worked(
        request,
        row,
        form,
        work,
        _("Ask whether a case may be opened"),
        _("Your question is sealed and waits."),
        lead=_("The reporter sees your question with one button: I agree."),
        button=_("Send the question"),
    )


@require_http_methods(METHODS)
@desk(access.READ)
@unlocked
def label(request: KeyRequest, report: str) -> HttpResponse:
    """Say how the report is judged; the two counters follow."""
    row = find(request, report)
    seen = look(request, row)
    answers = reading.answers_of(seen.items)
    earlier = noting.last_label(seen.notes)
    told = {name: answers.get(name, "") for name in ("district", "conduct")}
    initial = earlier.values() if earlier else told
    form = LabelForm(request.POST or None, initial=initial, places=places())

    def work(chosen: dict[str, Any]) -> None:
        to = desk_of(request, row)
        noting.label(to=to, actor=request.actor, chosen=form.label(), mark=chosen["mark"])

    return _worked(
        request,
        row,
        form,
        work,
        _("Label the report"),
        _("The label is sealed."),
        lead=_(
            "The label is sealed. Outside it only two sums move: reports of the month by district, "
            "and by what was done; never both together."
        ),
        button=_("Save"),
    )


@require_http_methods(METHODS)
@desk(access.READ)
@unlocked
def twin(request: KeyRequest, report: str) -> HttpResponse:
    """Note that another report is about the same."""
    row = find(request, report)
    form = TwinForm(request.POST or None)

    def work(chosen: dict[str, Any]) -> None:
        noting.link_twin(
            to=desk_of(request, row),
            own=request.key,
            actor=request.actor,
            locator=chosen["locator"],
        )

    return _worked(
        request,
        row,
        form,
        work,
        _("Another report about the same"),
        _("Both reports now name each other."),
        lead=_("Each stays a report of its own, with its own reporter and its own answers."),
        button=_("Link them"),
    )


@require_http_methods(METHODS)
@desk(access.READ)
@unlocked
def colleague(request: KeyRequest, report: str) -> HttpResponse:
    """Give a colleague a key to the report."""
    row = find(request, report)
    avoid = reading.kept_out(reading.answers_of(look(request, row).items))
    people = admissible(circle_of(row).others, avoid, clock.today())
    form = ColleagueForm(request.POST or None, people=people)

    def work(chosen: dict[str, Any]) -> None:
        colleagues.add_colleague(
            actor=request.actor,
            own=request.key,
            report=row,
            person=chosen["person"],
            avoid=avoid,
        )

    return _worked(
        request,
        row,
        form,
        work,
        _("Add a colleague"),
        _("Your colleague can open this report now."),
        lead=_(
            "Choose somebody who has nothing to do with the office in question. Those whom the "
            "reporter has kept out are not in the list."
        ),
        button=_("Give the key"),
        refusal=""
        if people
        else _("There is no colleague with a compared key who could be added just now."),
    )


@require_http_methods(METHODS)
@desk(access.READ)
@unlocked
def recuse(request: KeyRequest, report: str) -> HttpResponse:
    """Step back from the report: one's own keys to it are deleted."""
    row = find(request, report)
    form = Form(request.POST) if request.method == "POST" else Form()
    if form.is_valid():
        try:
            colleagues.recuse(actor=request.actor, report=row)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("You have stepped back: this report is closed to you."))
            return redirect("reports_list")
    context = {
        "title": _("Step back from this report"),
        "form": form,
        "report": row,
        "lead": _(
            "Do so when you know the people in it. Your keys to this report are deleted, and only "
            "a colleague who can open it gives you new ones. The log notes that you stepped back."
        ),
        "button": _("Step back"),
        "refusal": "",
    }
    return render(request, "reports/desk/form.html", context, status=400 if form.errors else 200)


@require_http_methods(METHODS)
@desk(access.READ)
@unlocked
def case(request: KeyRequest, report: str) -> HttpResponse:
    """Open a case without names, once the reporter has agreed."""
    row = find(request, report)
    seen = look(request, row)
    if not triage.has_agreed(row, seen.items):
        messages.info(request, _("The reporter has not agreed to a case yet. Ask first."))
        return redirect("report_ask", row.pk)
    answers, judged = reading.answers_of(seen.items), noting.last_label(seen.notes)
    initial = {
        "kind": ContactKind.CORRUPTION,
        "territory": (judged and judged.district) or answers.get("district", ""),
        "body": answers.get("institution", ""),
        "urgency": Urgency.URGENT if row.is_urgent else Urgency.NORMAL,
        "severity": (judged and judged.severity) or None,
        "seen": len(triage.cases_of(seen.notes)),
    }
    form = CaseForm(request.POST or None, initial=initial, places=places_of_a_case())
    if initial["body"]:
        form.fields["body"].help_text = reading.body_said(initial["body"])

    def work(chosen: dict[str, Any]) -> None:
        codes = {name: chosen[name] for name in triage.Chosen.__slots__}
        triage.triage(
            desk=desk_of(request, row),
            talk=seen.items,
            actor=request.actor,
            chosen=triage.Chosen(**codes | {"severity": int(chosen["severity"])}),
            mark=chosen["mark"],
            seen=chosen["seen"],
        )

    return _worked(
        request,
        row,
        form,
        work,
        _("Open a case without names"),
        _("The case is open. Its number is noted here, and nowhere else beside this report."),
        lead=_("The case gets these codes and nothing else: no word of the reporter, no number."),
        button=_("Open the case"),
    )


@require_http_methods(METHODS)
@desk(access.READ)
@unlocked
def close(request: KeyRequest, report: str) -> HttpResponse:
    """Close the report."""
    row = find(request, report)
    talk = talk_of(request, row)
    form = CloseForm(request.POST or None, initial={"text": answering.farewell(talk.items())})

    def work(chosen: dict[str, Any]) -> None:
        closing.close(talk=talk, desk=desk_of(request, row), actor=request.actor, **chosen)

    return _worked(
        request,
        row,
        form,
        work,
        _("Close the report"),
        _("The report is closed. If the reporter writes again, it opens again."),
        lead=_(
            "From the ending follows the day on which everything is deleted: 1, 12 or 36 months "
            "from today. The ending itself is sealed."
        ),
        button=_("Close the report"),
    )
