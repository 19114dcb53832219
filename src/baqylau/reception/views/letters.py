"""A personal letter: its page, writing it, printing it, dropping it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.casework.forms import name_body
from baqylau.casework.rules.refusals import ALLOWED
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require
from baqylau.lawbook.labels import PLACES
from baqylau.reception.access import LETTERS
from baqylau.reception.forms.letters import LetterForm
from baqylau.reception.models import Letter
from baqylau.reception.queries import letters as queries
from baqylau.reception.queries.addressees import receivers
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.rules.requisites import BODY, LetterKind, missing
from baqylau.reception.rules.wording import cleaned
from baqylau.reception.services.dropping import drop_letter
from baqylau.reception.services.letters import (
    WRITERS,
    RefusedError,
    open_letter,
    print_letter,
    save_letter,
)
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def allowed(request: DeskRequest, key: str) -> Letter:
    """The letter, for somebody who may write it. Raises: UnknownLetterError; NotAllowedError."""
    row = queries.letter(key)
    require(at_the_desk(request.actor, clock.today()), LETTERS, row.consultation)
    return row


@require_safe
@desk(LETTERS)
def letter(request: DeskRequest, key: str) -> HttpResponse:
    """Where a letter stands; nothing that was typed is shown here."""
    row = allowed(request, key)
    is_open = row.state in queries.OPEN
    is_struck = row.consultation.is_struck
    is_asked = is_open and not is_struck
    lacking = queries.lacking(row, queries.contents(row)) if is_asked else []
    context = {
        "letter": row,
        "is_open": is_open,
        "is_struck": is_struck,
        "lacking": [(capfirst(str(PLACES.get(error.field, ""))), error) for error in lacking],
        "template": queries.template_of(row),
        "step": _step(row, queries.kind(row)),
    }
    return render(request, "reception/letter.html", context)


def _step(row: Letter, kind: LetterKind) -> str:
    """The step by which its filing is written down in the case, "" where none can follow now."""
    if row.case is None:
        return ""
    possible = ALLOWED[row.case.stage]
    return kind.step.value if kind.step in possible else ""


@require_http_methods(["GET", "HEAD", "POST"])
@desk(LETTERS)
def write(request: DeskRequest, key: str) -> HttpResponse:
    """Write the letter: saved as a draft at any moment, checked when it should be ready."""
    row = allowed(request, key)
    kind = queries.kind(row)
    found = receivers(kind.receivers, row.consultation, clock.today())
    if request.method != "POST":
        return _opened(request, row, kind, found)
    form = LetterForm(request.POST, kind=kind, receivers=found)
    if form.is_valid() and _saved(request, form, key):
        if "draft" in request.POST:
            messages.success(request, _("The draft is kept."))
            return redirect("consultation_help", row.consultation.number.partition("-")[2])
        return _checked(request, key, kind, found)
    _refuse_the_rest(form, is_draft="draft" in request.POST)
    return _page(request, row, form)


def _opened(request: DeskRequest, row: Letter, kind: LetterKind, found: Any) -> HttpResponse:  # noqa: ANN401 - the receivers, as their query gives them
    values = open_letter(actor=request.actor, key=row.key)
    form = LetterForm(initial=_initial(row, values, found), kind=kind, receivers=found)
    return _page(request, row, form)


def _initial(row: Letter, values: dict[str, str], found: Any) -> dict[str, Any]:  # noqa: ANN401 - the receivers, as their query gives them
    """What stands in the fields; the body only when it was chosen before."""
    code = row.body.code if row.body else ""
    is_listed = code in [each.body.code for each in found]
    return {
        **values,
        "seen": row.edition,
        "receiver": code if is_listed else "",
        "body": "" if is_listed else code,
    }


def _saved(request: DeskRequest, form: LetterForm, key: str) -> bool:
    """Save; what is refused goes beside its field."""
    try:
        save_letter(
            actor=request.actor,
            key=key,
            seen=form.cleaned_data["seen"],
            typed=form.typed(),
            body=form.body_code(),
        )
    except RefusedError as error:
        for each in error.errors:
            add_refusal(form, each)
    except DomainError as error:
        add_refusal(form, error)
    return not form.errors


def _checked(request: DeskRequest, key: str, kind: LetterKind, found: Any) -> HttpResponse:  # noqa: ANN401 - the receivers, as their query gives them
    """On to the printing, or the form again with what is missing beside each field."""
    row = queries.letter(key)
    values = queries.contents(row)
    lacking = queries.lacking(row, values)
    if not lacking:
        messages.success(request, _("The letter has everything that the law asks for."))
        return redirect("letter", key)
    form = LetterForm(_initial(row, values, found), kind=kind, receivers=found)
    form.full_clean()
    _add(form, lacking)
    return _page(request, row, form)


def _refuse_the_rest(form: LetterForm, *, is_draft: bool) -> None:
    """Add whatever else is wrong; of what should be ready, also what is missing."""
    values, refused = cleaned(form.kind, form.typed(), clock.today())
    if not is_draft:
        is_named = form.body_code() or "body" in form.errors or "receiver" in form.errors
        refused += missing(form.kind, {**values, BODY: "named" if is_named else ""})
    _add(form, refused)


def _add(form: LetterForm, refused: Iterable[DomainError]) -> None:
    """Say each beside its field, one sentence a field."""
    for error in refused:
        name = form.place_of(error.field) if error.field else ""
        if name not in form.errors:
            form.add_error(name if name in form.fields else None, error.message)


def _page(request: DeskRequest, row: Letter, form: LetterForm) -> HttpResponse:
    name_body(form)
    context = {"form": form, "letter": row, "body_place": PLACES[BODY]}
    status = 400 if form.errors else 200
    return render(request, "reception/letter_write.html", context, status=status)


@require_POST
@desk(LETTERS)
def download(request: DeskRequest, key: str, form: str) -> HttpResponse:
    """The letter as a file."""
    if form not in WRITERS:
        raise Http404
    allowed(request, key)
    made = print_letter(actor=request.actor, key=key, form=form)
    answer = HttpResponse(made, content_type=TYPES[form])
    # The name on the visitor's screen says nothing about anybody.
    answer["Content-Disposition"] = f'attachment; filename="hat-{key[:6]}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@desk(LETTERS)
def drop(request: DeskRequest, key: str) -> HttpResponse:
    """Drop what was typed, now."""
    allowed(request, key)
    drop_letter(actor=request.actor, key=key)
    messages.success(request, _("Everything that was typed for this letter is gone."))
    return redirect("letter", key)
