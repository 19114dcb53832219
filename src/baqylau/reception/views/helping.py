"""Help from a consultation: its case, its letters, and who may be told."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baqylau.casework.access import WORK
from baqylau.contacts.models import Purpose
from baqylau.contacts.queries import text_on, wording
from baqylau.contacts.services import give_consent, withdraw
from baqylau.kernel import clock
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.permissions import may_somewhere, require
from baqylau.reception.access import LETTERS
from baqylau.reception.forms.addressees import PapersForm
from baqylau.reception.forms.help import BeginForm, HelpForm, LinkForm
from baqylau.reception.models import Consultation
from baqylau.reception.queries.consultations import consultation
from baqylau.reception.queries.help import help_of, is_fit
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.services.helping import begin_help, link_case
from baqylau.reception.services.letters import begin_letter
from baqylau.territories.queries import districts
from baqylau.web.desk import DeskRequest, desk
from baqylau.web.forms import add_refusal

METHODS = ["GET", "HEAD", "POST"]


def allowed(request: DeskRequest, reference: str) -> Consultation:
    """The consultation, for somebody who may help with it.

    Raises: UnknownConsultationError; NotAllowedError.
    """
    row = consultation(reference)
    require(at_the_desk(request.actor, clock.today()), LETTERS, row)
    return row


@require_safe
@desk(LETTERS)
def overview(request: DeskRequest, reference: str) -> HttpResponse:
    """Everything that was done for this visit, and what can be begun."""
    row = allowed(request, reference)
    context = {
        "page": help_of(row),
        "reference": reference,
        "begin": BeginForm(),
        "can_work": may_somewhere(request.actor, WORK),
        "is_fit": is_fit(row),
        "texts": _papers_texts(row),
    }
    return render(request, "reception/help.html", context)


def _papers_texts(row: Consultation) -> list[tuple[str, str, str]]:
    """(language, its name, what is asked) of the consent to keeping number and address."""
    if not row.contact:
        return []
    try:
        text = text_on(Purpose.PAPERS, clock.today())
    except DomainError:
        return []
    return [(code, str(name), wording(text, code)) for code, name in settings.LANGUAGES]


@require_http_methods(METHODS)
@desk(LETTERS)
def open_case(request: DeskRequest, reference: str) -> HttpResponse:
    """Open the case of a consultation, in one form."""
    row = allowed(request, reference)
    if row.case:
        return redirect("consultation_help", reference)
    initial = {
        "kind": row.kind,
        "territory": row.territory_id,
        "body": row.body.code if row.body else "",
        "urgency": "normal",
        "severity": 1,
    }
    form = HelpForm(request.POST or None, initial=initial, districts=districts())
    if form.is_valid():
        try:
            begin_help(actor=request.actor, number=row.number, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("The case is open, and it is yours."))
            return redirect("consultation_help", reference)
    context = {"form": form, "consultation": row, "reference": reference}
    status = 400 if form.errors else 200
    return render(request, "reception/help_case.html", context, status=status)


@require_POST
@desk(LETTERS)
def link(request: DeskRequest, reference: str) -> HttpResponse:
    """Say that the consultation belongs to a case that is there already."""
    row = allowed(request, reference)
    form = LinkForm(request.POST)
    if not form.is_valid():
        raise DomainError(_("There is no case with this number."))
    link_case(actor=request.actor, number=row.number, case=form.cleaned_data["case"])
    messages.success(request, _("The consultation belongs to this case now."))
    return redirect("consultation_help", reference)


@require_POST
@desk(LETTERS)
def begin(request: DeskRequest, reference: str) -> HttpResponse:
    """Begin a letter."""
    row = allowed(request, reference)
    form = BeginForm(request.POST)
    if form.is_valid():
        letter = begin_letter(actor=request.actor, number=row.number, **form.cleaned_data)
        return redirect("letter_write", letter.key)
    context = {
        "page": help_of(row),
        "reference": reference,
        "begin": form,
        "can_work": may_somewhere(request.actor, WORK),
        "is_fit": is_fit(row),
        "texts": _papers_texts(row),
    }
    return render(request, "reception/help.html", context, status=400)


@require_POST
@desk(LETTERS)
def papers(request: DeskRequest, reference: str) -> HttpResponse:
    """Write down a yes to keeping number and address, or take it back."""
    row = allowed(request, reference)
    if not row.contact:
        raise DomainError(_("This visitor is not known: nothing is kept."))
    if "withdraw" in request.POST:
        withdraw(actor=request.actor, key=row.contact, purpose=Purpose.PAPERS)
        messages.success(request, _("Taken back: number and address go with the next night."))
        return redirect("consultation_help", reference)
    form = PapersForm(request.POST)
    if not form.is_valid():
        raise ConflictError(_("Say in which language the text was read."))
    language = form.cleaned_data["language"]
    give_consent(actor=request.actor, key=row.contact, purpose=Purpose.PAPERS, language=language)
    messages.success(request, _("Written down: number and address are kept for the next letter."))
    return redirect("consultation_help", reference)
