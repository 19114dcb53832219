"""Everything that is wrong about a visit at once: nobody mends one field to hear of the next."""

from collections.abc import Callable, Iterator

from baqylau.casework.services.opening import living_service
from baqylau.casework.services.writing import living_body
from baqylau.contacts.models import Contact
from baqylau.contacts.rules import clean_name, normal_phone
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.reception.models import PrintedSlip
from baqylau.reception.rules.visit import Visit
from baqylau.reception.rules.visitor import Newcomer
from baqylau.reception.services.checking import (
    check_choices,
    check_day,
    clean_answer,
    first_of,
    money_faults,
    open_room,
)
from baqylau.reception.services.recording import printed_slip, promised_day
from baqylau.reception.services.taking import calls_without_phone, check_met


def _caught(*checks: Callable[[], object]) -> Iterator[DomainError]:
    for check in checks:
        try:
            check()
        except DomainError as error:
            yield error


def faults_of(visit: Visit) -> list[DomainError]:
    """All that `correct_consultation` would refuse about what was typed, each with its field."""
    day = visit.held_on or clock.today()
    found = list(_caught(lambda: check_day(day, visit.origin)))
    # A day that is wrong itself would find the room closed and the service not yet given.
    day = clock.today() if found else day
    checks: list[Callable[[], object]] = [
        lambda: check_choices(visit),
        lambda: open_room(visit.room, day),
        lambda: clean_answer(visit.answer),
    ]
    if visit.service:
        checks.append(lambda: living_service(visit.service, day))
    if visit.body:
        checks.append(lambda: living_body(visit.body, day))
    if visit.continues:
        checks.append(lambda: first_of(visit.continues))
    return [*found, *money_faults(visit), *_caught(*checks)]


def faults_of_new(*, actor: Actor, visit: Visit, newcomer: Newcomer | None) -> list[DomainError]:
    """All that `take_consultation` would refuse, each with its field; nothing is written.

    For a page that has been refused: what is saved at once is not looked at twice. `newcomer` may
    be somebody who has not agreed yet: name and phone are looked at all the same.
    """
    found = faults_of(visit)
    found += _caught(lambda: promised_day(visit, visit.held_on or clock.today()))
    if visit.slip.strip():
        found += _caught(lambda: printed_slip(visit.slip, PrintedSlip.objects.all()))
    return [*found, *_of_visitor(actor, visit, newcomer)]


def _of_visitor(actor: Actor, visit: Visit, newcomer: Newcomer | None) -> list[DomainError]:
    found: list[DomainError] = []
    has_phone = bool(newcomer and newcomer.phone.strip())
    if visit.contact:
        known = Contact.objects.filter(key=visit.contact).first()
        has_phone = bool(known and known.phone_mark)
        found += _caught(lambda: check_met(actor, visit.contact))
    elif newcomer:
        found += _caught(lambda: clean_name(newcomer.name))
        found += _caught(lambda: normal_phone(newcomer.phone)) if has_phone else ()
    return found if has_phone else [*found, *calls_without_phone(visit)]
