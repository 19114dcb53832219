"""What is refused about a visit, and the rows that its codes lead to."""

from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from baqylau.casework.services.opening import living_service
from baqylau.casework.services.writing import living_body
from baqylau.casework.taxonomy import ContactKind
from baqylau.catalogue.models import CardVersion, PublicService
from baqylau.catalogue.models.cards import State
from baqylau.contacts.models import Relation
from baqylau.institutions.models import PointKind, ServicePoint
from baqylau.institutions.queries import point
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reception.models import Consultation
from baqylau.reception.models.consultations import ANSWER_LIMIT
from baqylau.reception.rules.money import told_too_much
from baqylau.reception.rules.numbers import read_number
from baqylau.reception.rules.visit import Visit
from baqylau.reception.taxonomy import Channel, Origin, Part, Result
from baqylau.territories.queries import district
from baqylau.text import tidy

PAPER_DAYS: Final = 366
"""How old a paper sheet may be that is typed in."""
DESK_DAYS: Final = 31
"""How far back the day of a talk may lie that was typed at once."""
LANGUAGES: Final = ("kk", "ru", "en")


def checked(visit: Visit) -> Consultation:
    """An unsaved consultation with everything that the visit says.

    Raises: DomainError with the field that is wrong: an unknown code, an impossible day, a service
    that was withdrawn or a body that was abolished (with what took its place), text that is too
    long.
    """
    day = visit.held_on or clock.today()
    check_day(day, visit.origin)
    check_choices(visit)
    check_money(visit)
    room = open_room(visit.room, day)
    service = living_service(visit.service, day) if visit.service else None
    body = living_body(visit.body, day) if visit.body else None
    first = first_of(visit.continues) if visit.continues else None
    return Consultation(
        held_on=day,
        origin=visit.origin,
        language=visit.language,
        channel=visit.channel,
        room=room,
        territory=district(visit.district) if visit.district else room.district,
        kind=visit.kind,
        service=service,
        is_unlisted=visit.is_unlisted and service is None,
        body=body,
        part=visit.part,
        card=card_of(service),
        answer=clean_answer(visit.answer),
        result=visit.result,
        contact=visit.contact,
        acted_as=visit.acted_as,
        agreed_to_call=visit.agreed_to_call,
        continues=first,
    )


def check_day(day: date, origin: str) -> None:
    """Refuse a day to come, or too long ago for a record of this origin. Raises: DomainError."""
    today = clock.today()
    if day > today:
        raise DomainError(_("This day is in the future."), field="held_on")
    limit = {Origin.DESK: DESK_DAYS, Origin.SHEET: PAPER_DAYS}.get(Origin(origin))
    if limit is not None and day < today - timedelta(days=limit):
        raise DomainError(
            _("This day is too long ago: at most %(days)s days."),
            field="held_on",
            params={"days": limit},
        )


def check_choices(visit: Visit) -> None:
    """Refuse a code that is none. Raises: DomainError."""
    choices: tuple[tuple[str, Any, Any], ...] = (
        ("language", visit.language, LANGUAGES),
        ("channel", visit.channel, Channel.values),
        ("kind", visit.kind, ContactKind.values),
        ("part", visit.part, Part.values),
        ("result", visit.result, Result.values),
        ("acted_as", visit.acted_as, ("", *Relation.values)),
    )
    for field, value, known in choices:
        if value not in known:
            raise DomainError(_("Choose one of the list."), field=field)


def check_money(visit: Visit) -> None:
    """Refuse a story, a name or a trace beside a demand for money. Raises: DomainError."""
    for error in money_faults(visit):
        raise error


def money_faults(visit: Visit) -> list[DomainError]:
    """Every field that says too much beside a demand for money."""
    sentences = {
        "kind": _("The safe channel is for a demand for money: choose “corruption indication”."),
        "answer": _(
            "What was asked for, by whom and where is not written here: it belongs to the safe "
            "channel alone. Empty this field."
        ),
        "contact": _(
            "A demand for money is never kept beside a name. Leave the visitor without one here."
        ),
    }
    other = _("Beside the safe channel nothing else is kept. Empty this field.")
    return [DomainError(sentences.get(field, other), field=field) for field in told_too_much(visit)]


def open_room(code: str, day: date) -> ServicePoint:
    """The reception room, if it was open on the day. Raises: DomainError."""
    room = point(code)
    if room.kind not in (PointKind.RECEPTION, PointKind.TRAVELLING):
        raise DomainError(_("This is no reception room."), field="room")
    if (room.until_on and room.until_on <= day) or (room.first_on and room.first_on > day):
        raise DomainError(_("This room was not open on that day."), field="room")
    return room


def first_of(number: str) -> Consultation:
    """The first visit about the problem. Raises: DomainError."""
    read = read_number(number)
    year, serial = read or (None, 0)
    # Nothing may hang on a visit about a demand for money: so nobody is laid beside a report.
    rows = Consultation.objects.standing().exclude(result=Result.SAFE_CHANNEL)
    rows = rows.select_related("continues").filter(serial=serial)
    found = rows.filter(**({"year": year} if year else {})).order_by("-year").first()
    if found is None:
        raise DomainError(_("There is no consultation with this number."), field="continues")
    return found.continues or found


def card_of(service: PublicService | None) -> CardVersion | None:
    """The version of the card that the adviser had before them."""
    if service is None:
        return None
    return CardVersion.objects.filter(card__service=service, state=State.PUBLISHED).first()


def clean_answer(text: str) -> str:
    """What was answered, line by line, without invisible signs. Raises: DomainError."""
    lines = [tidy(line, ANSWER_LIMIT + 1, as_typed=True) for line in text.splitlines()]
    clean = "\n".join(line for line in lines if line)
    if len(clean) > ANSWER_LIMIT:
        raise DomainError(
            _("This is too long: at most %(limit)s characters."),
            field="answer",
            params={"limit": ANSWER_LIMIT},
        )
    return clean
