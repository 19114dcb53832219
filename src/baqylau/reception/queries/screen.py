"""What the screen of a consultation shows besides the form: rooms, services, the card, texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import get_language

from baqylau.catalogue.models import CardVersion, PublicService, State
from baqylau.catalogue.queries.published import name_of
from baqylau.catalogue.queries.readings import Reading, reading
from baqylau.catalogue.queries.search import found_services
from baqylau.contacts.models import ConsentText, Purpose
from baqylau.contacts.queries import text_on, wording
from baqylau.institutions.labels import name
from baqylau.institutions.models import Institution, ServicePoint
from baqylau.institutions.queries import Wanted, listing
from baqylau.kernel.errors import DomainError
from baqylau.reception.models import Consultation
from baqylau.territories.labels import full_name
from baqylau.territories.queries import districts

SHEETS = timedelta(days=366)
"""How long a closed room is still offered, for its paper sheets."""
HITS = 5
FEWEST = 3
"""Letters after which services are looked for."""
BODIES = 12


def rooms(day: date) -> list[tuple[str, str]]:
    """(code, name) of the rooms, the travelling ones too, and of those closed within the year."""
    points = ServicePoint.objects.receptions().exclude(until_on__lte=day - SHEETS)
    return [(point.code, str(name(point))) for point in points.order_by("kind", "id")]


def units() -> list[tuple[str, str]]:
    """(code, name) of the districts."""
    return [(unit.kato, full_name(unit)) for unit in districts()]


def usual_room(key: str, offered: list[tuple[str, str]]) -> str:
    """The room of the adviser's last consultation, if it is offered; else the first one."""
    rows = Consultation.objects.filter(author=key).order_by("-held_on", "-id")
    last = rows.values_list("room__code", flat=True).first()
    codes = [code for code, _name in offered]
    return last if last in codes else "".join(codes[:1])


@dataclass(frozen=True, slots=True)
class Choice:
    """A service that may be chosen: its code, its name, why it was found."""

    code: str
    title: str
    why: str = ""


def choices(query: str, chosen: str = "") -> list[Choice]:
    """The services that fit what was typed, the chosen one first if it is not among them."""
    language = (get_language() or "kk")[:2]
    letters = sum(map(str.isalpha, query))
    hits = found_services(query, language, HITS) if letters >= FEWEST else []
    found = [Choice(hit.code, hit.title, hit.why) for hit in hits]
    if chosen and chosen not in [one.code for one in found]:
        service = PublicService.objects.filter(code=chosen).first()
        if service:
            found.insert(0, Choice(service.code, name_of(service, language)))
    return found


def card_of(code: str, language: str) -> Reading | None:
    """The published card of a service in the language of the talk; None where there is none."""
    version = (
        CardVersion.objects.select_related("card__service")
        .filter(card__service__code=code, state=State.PUBLISHED)
        .first()
    )
    return reading(version.card, version, language) if version else None


def heir_of_service(code: str, day: date) -> PublicService | None:
    """What took the place of a service that is given no more."""
    service = PublicService.objects.select_related("successor").filter(code=code).first()
    is_gone = service and service.valid_until and service.valid_until <= day
    return service.successor if service and is_gone else None


def bodies(query: str, day: date) -> list[Institution]:
    """The first few bodies whose name fits."""
    return list(listing(Wanted(query=query), day)[:BODIES])


@dataclass(frozen=True, slots=True)
class Asked:
    """The text of consent of the day in every language; `text` names the version."""

    text: ConsentText
    wordings: Mapping[str, str]


def asked(day: date) -> Asked | None:
    """What a visitor is asked today; None while no text is published: then nobody may be asked."""
    try:
        text = text_on(Purpose.CONTACT, day)
    except DomainError:
        return None
    return Asked(text, {code: wording(text, code) for code, _name in settings.LANGUAGES})
