"""Saying beside each field what is wrong with it, all of it in one answer."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from baqylau.casework.services.writing import AbolishedError
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.reception.forms.consultation import ConsultationForm, newcomer_of, visit_of
from baqylau.reception.models import Consultation
from baqylau.reception.services.earlier import earlier_visit
from baqylau.reception.services.faults import faults_of, faults_of_new

ELSEWHERE = {"continues": "earlier", "contact": "agreed"}
"""Fields of a visit that have another name on the screen."""
EMPTY: Final[Mapping[str, object]] = {
    "held_on": None,
    "call_on": None,
    "is_sheet": False,
    "agreed": False,
    "agreed_to_call": False,
}
"""What stands in place of a field that could not be read; every other one is a text."""


def refuse(form: ConsultationForm, error: DomainError) -> None:
    """Say what a service refused beside its field, which has another name here at times."""
    if isinstance(error, AbolishedError):
        form.gone = form.cleaned_data["body"]
    field = ELSEWHERE.get(error.field, error.field)
    form.add_error(field if field in form.fields else None, error.message)


def read_earlier(actor: Actor, form: ConsultationForm) -> bool:
    """Put the whole number of the earlier visit in place of what was typed; False: refused."""
    data = form.cleaned_data
    try:
        if data.get("earlier"):
            found = earlier_visit(actor, data["earlier"], data.get("earlier_digits", ""))
            # Each try of a code counts: once it was right, the number alone is carried on.
            data |= {"earlier": found.number, "earlier_digits": ""}
    except DomainError as error:
        refuse(form, error)
        return False
    return True


def refuse_the_rest(form: ConsultationForm, actor: Actor) -> None:
    """Add whatever else is wrong to what was refused already; one sentence for each field."""
    data = _data(form)
    typed = bool(data["agreed"] or data["name"] or data["phone"])
    newcomer = newcomer_of({**data, "agreed": typed})
    _add(form, faults_of_new(actor=actor, visit=visit_of(data), newcomer=newcomer))


def refuse_the_rest_of(row: Consultation, form: ConsultationForm) -> None:
    """As `refuse_the_rest`, for a correction: visitor, slip and call are left aside."""
    visit = visit_of(_data(form))
    visit = replace(visit, origin=row.origin, held_on=visit.held_on or row.held_on)
    _add(form, faults_of(visit))


def _data(form: ConsultationForm) -> dict[str, Any]:
    return {name: form.cleaned_data.get(name, EMPTY.get(name, "")) for name in form.fields}


def _add(form: ConsultationForm, found: Iterable[DomainError]) -> None:
    for error in found:
        field = ELSEWHERE.get(error.field, error.field)
        if field in form.fields and field not in form.errors:
            refuse(form, error)
