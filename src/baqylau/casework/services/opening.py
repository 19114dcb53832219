"""Opening a case: once for each key, under the next number of the year."""

import re
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from baqylau.casework.models import Case, YearNumber
from baqylau.casework.rules.facts import Fact
from baqylau.casework.rules.numbers import case_number
from baqylau.casework.services.writing import living_body, refuse_tied, write_step
from baqylau.casework.taxonomy import ContactKind, Severity, StepKind, Urgency
from baqylau.catalogue.models import PublicService
from baqylau.institutions.queries import point
from baqylau.journal.rules import Value
from baqylau.journal.services import Draft
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.lawbook.queries.book import book
from baqylau.territories.queries import district

KEY = re.compile(r"[0-9A-Za-z:_.-]{8,64}")


def open_case(
    *,
    idempotency_key: str,
    actor: Actor,
    source: str,
    kind: str,
    territory: str,
    service: str = "",
    body: str = "",
    room: str = "",
    urgency: str = Urgency.NORMAL,
    severity: int = Severity.SMALL,
    opened_on: date | None = None,
    person: str = "",
) -> Case:
    """Open a case, or return the one that the same key has opened before.

    `territory` is a KATO code; `service`, `body` and `room` are codes; `person` the opaque key of
    the colleague who gets it. `source` is the code of the opening room.
    Raises: DomainError for what is not known, a day to come, a service or body that is no longer
    there, or a colleague with an interest in the body; ValueError for a key of another shape.
    """
    if not KEY.fullmatch(idempotency_key):
        raise ValueError("an idempotency key has 8 to 64 letters, digits or : _ . -")
    if (found := Case.objects.filter(idempotency_key=idempotency_key).first()) is not None:
        return found
    day = opened_on or clock.today()
    row = _checked(day, kind, urgency, severity)
    row.idempotency_key, row.source = idempotency_key, source
    row.territory = district(territory)
    row.service = living_service(service, day) if service else None
    row.room = point(room) if room else None
    institution = living_body(body, day) if body else None
    refuse_tied(person, institution.pk if institution else None)
    fact = Fact(1, StepKind.OPENED, day, body=body, person=person)
    try:
        return _write(row, fact, actor, institution.pk if institution else None)
    except IntegrityError:
        # Another thread was first with this key: its case is the one.
        return Case.objects.get(idempotency_key=idempotency_key)


def _checked(day: date, kind: str, urgency: str, severity: int) -> Case:
    if day > clock.today():
        raise DomainError(_("This day is in the future."), field="opened_on")
    choices: tuple[tuple[str, Any, Any], ...] = (
        ("kind", kind, ContactKind.values),
        ("urgency", urgency, Urgency.values),
        ("severity", severity, Severity.values),
    )
    for field, value, known in choices:
        if value not in known:
            raise DomainError(_("Choose one of the list."), field=field)
    return Case(kind=kind, urgency=urgency, severity=severity, opened_on=day, year=day.year)


def living_service(code: str, day: date) -> PublicService:
    """The service, if it is given on the day. Raises: DomainError with what replaces it."""
    service = PublicService.objects.select_related("successor").filter(code=code).first()
    if service is None:
        raise DomainError(_("There is no such service."), field="service")
    if service.valid_until and service.valid_until <= day:
        heir = service.successor
        raise DomainError(
            _("This service was withdrawn. What replaces it: %(heir)s"),
            field="service",
            params={"heir": f"{heir.code} {heir.name_kk}" if heir else "—"},
        )
    return service


def _write(row: Case, fact: Fact, actor: Actor, body_id: int | None) -> Case:
    with transaction.atomic():
        row.serial = _next_serial(row.year)
        row.number = case_number(row.year, row.serial)
        row.save(force_insert=True)
        opening = Draft("casework.opened", actor, f"case:{row.number}", told_of(row))
        write_step(row, [], fact, actor=actor, body_id=body_id, law=book(), first=[opening])
    return row


def told_of(row: Case) -> dict[str, Value]:
    """What the journal learns of a new case."""
    return {
        "kind": row.kind,
        "urgency": row.urgency,
        "severity": row.severity,
        "service": row.service.code if row.service else "",
        "territory": row.territory_id,
        "room": row.room.code if row.room else "",
        "source": row.source,
    }


def _next_serial(year: int) -> int:
    """The next number; the year's row is held until the case is written, so no number is lost."""
    YearNumber.objects.bulk_create([YearNumber(year=year)], ignore_conflicts=True)
    YearNumber.objects.filter(year=year).update(last=F("last") + 1)
    return YearNumber.objects.values_list("last", flat=True).get(year=year)
