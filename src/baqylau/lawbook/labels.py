"""Words of this room for people: columns of a rule, kinds of days, letters and their places."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baqylau.law.amounts import Unit
from baqylau.law.calendar import DayKind
from baqylau.law.rules import ExtendsFrom, Reading
from baqylau.lawbook.models import LetterTemplate

Words = Mapping[str, str | Promise]

COLUMNS: Words = {
    "name_kk": _("Name, in Kazakh"),
    "name_ru": _("Name, in Russian"),
    "name_en": _("Name, in English"),
    "act_kk": _("Act, in Kazakh"),
    "act_ru": _("Act, in Russian"),
    "act_en": _("Act, in English"),
    "adopted_on": _("Act adopted on"),
    "article": _("Article"),
    "trigger_kk": _("Day of the event, in Kazakh"),
    "trigger_ru": _("Day of the event, in Russian"),
    "trigger_en": _("Day of the event, in English"),
    "amount": _("How many"),
    "unit": _("Of what"),
    "is_receipt": _("The event is a receipt by a state body"),
    "extends": _("Extends the term of the rule"),
    "extends_from": _("The extension is counted from"),
    "who_kk": _("Who owes it, in Kazakh"),
    "who_ru": _("Who owes it, in Russian"),
    "who_en": _("Who owes it, in English"),
    "passes_kk": _("What follows when the term passes, in Kazakh"),
    "passes_ru": _("What follows when the term passes, in Russian"),
    "passes_en": _("What follows when the term passes, in English"),
    "source": _("Source"),
    "reading": _("How it is known"),
    "valid_from": _("In force from"),
    "valid_until": _("Not in force any more from"),
}
"""Every column of a rule that a lawyer writes, in the order in which it is shown."""

VALUES: Mapping[str, Words] = {
    "unit": {
        Unit.WORKING_DAY: _("working days"),
        Unit.CALENDAR_DAY: _("calendar days"),
        Unit.MONTH: _("months"),
    },
    "reading": {
        Reading.READ: _("read in the text of the act"),
        Reading.MEMORY: _("from memory, not compared with the text"),
    },
    "extends_from": {
        "": _("does not extend another rule"),
        ExtendsFrom.START: _("the day of the event"),
        ExtendsFrom.DUE: _("the last day of the term"),
    },
    "is_receipt": {"True": _("yes"), "False": _("no")},
}

DAY_KINDS: Words = {
    DayKind.HOLIDAY: _("holiday"),
    DayKind.RELIGIOUS_DAY_OFF: _("religious day off"),
    DayKind.HOLIDAY_SHIFTED: _("day off instead of a holiday on a weekend"),
    DayKind.DAY_OFF_TRANSFERRED: _("day off moved here by a decree"),
    DayKind.WORKING_DAY_TRANSFERRED: _("working day moved here by a decree"),
}

LETTERS: Words = {
    LetterTemplate.Code.APPEAL: _("Appeal to a state body"),
    LetterTemplate.Code.COMPLAINT: _("Complaint about a decision or an action"),
    LetterTemplate.Code.INFORMATION_REQUEST: _("Request for information"),
    LetterTemplate.Code.SILENCE_COMPLAINT: _("Complaint about silence"),
    LetterTemplate.Code.FINAL_DOCUMENT_COVER: _("Covering letter to a final document"),
}

PLACES: Words = {
    "body_name": _("state body, its head or official"),
    "body_address": _("address of the state body"),
    "applicant_name": _("surname, name and patronymic"),
    "applicant_iin": _("individual identification number, if any"),
    "applicant_address": _("postal address"),
    "applicant_phone": _("telephone or e-mail"),
    "letter_date": _("day of the letter"),
    "service_name": _("public service"),
    "facts": _("what happened, when and where"),
    "request": _("what is asked for"),
    "attachments": _("list of the papers attached"),
    "decision": _("decision or action complained about, its number and day"),
    "decided_by": _("who decided or acted"),
    "learned_on": _("day on which it became known"),
    "reasons": _("why it is wrong"),
    "appeal_number": _("registration number of the appeal"),
    "appeal_date": _("day on which the appeal was received"),
    "answer_due": _("last day of the term for an answer"),
    "information": _("information asked for"),
    "answer_form": _("how the answer is wanted: on paper or by e-mail"),
    "organisation_name": _("name of the organisation"),
    "organisation_bin": _("business identification number"),
    "organisation_address": _("address of the organisation"),
    "organisation_phone": _("telephone of the organisation"),
    "signed_by": _("who signs, with the post"),
    "document_name": _("name of the final document"),
    "document_number": _("number of the final document"),
    "completed_on": _("day on which the public control was completed"),
    "recommendations": _("numbered recommendations"),
}
"""Every place that a letter may have."""

PERSON = ("applicant_name", "applicant_iin", "applicant_address", "applicant_phone")
OFFICE = ("body_name", "body_address", "letter_date", "attachments")
ORGANISATION = (
    "organisation_name",
    "organisation_bin",
    "organisation_address",
    "organisation_phone",
    "signed_by",
)
ALLOWED: Mapping[str, tuple[str, ...]] = {
    LetterTemplate.Code.APPEAL: (*OFFICE, *PERSON, "service_name", "facts", "request"),
    LetterTemplate.Code.COMPLAINT: (
        *OFFICE, *PERSON, "service_name", "decision", "decided_by", "learned_on", "facts",
        "reasons", "request",
    ),
    LetterTemplate.Code.INFORMATION_REQUEST: (*OFFICE, *PERSON, "information", "answer_form"),
    LetterTemplate.Code.SILENCE_COMPLAINT: (
        *OFFICE, *PERSON, "decided_by", "appeal_number", "appeal_date", "answer_due", "facts",
        "request",
    ),
    LetterTemplate.Code.FINAL_DOCUMENT_COVER: (
        *OFFICE, *ORGANISATION, "document_name", "document_number", "completed_on",
        "recommendations",
    ),
}  # fmt: skip
"""The places that each letter may have, by code."""


def allowed_places(code: str) -> dict[str, str | Promise]:
    """Return the places that a letter may have, each with what belongs there."""
    return {name: PLACES[name] for name in ALLOWED[code]}
