"""Giving a case to a colleague."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.casework.models import Case
from baqylau.casework.queries.cases import facts_of
from baqylau.casework.queries.listing import workers
from baqylau.casework.rules.facts import Fact, picture_of
from baqylau.casework.rules.refusals import check
from baqylau.casework.services.writing import locked, refuse_tied, write_step
from baqylau.casework.taxonomy import StepKind
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.lawbook.queries.book import book


def assign(*, actor: Actor, number: str, person: str, seen: int | None = None) -> Case:
    """Give the case to a colleague; nothing happens when they have it already.

    Raises: UnknownCaseError; ConflictError; TiedError for a colleague with an interest in the body;
    DomainError for one who does not work on cases.
    """
    if person not in dict(workers()):
        raise DomainError(_("Choose a colleague who works on cases."), field="person")
    law, today = book(), clock.today()
    with transaction.atomic():
        row = locked(number, seen)
        refuse_tied(person, row.body_id)
        if row.person == person:
            return row
        earlier = facts_of([row])[row.pk]
        fact = Fact(row.steps + 1, StepKind.ASSIGNED, today, person=person)
        check(picture_of(earlier), fact, today, law)
        write_step(row, earlier, fact, actor=actor, body_id=None, law=law)
    return row
