"""Finding rooms, services, bodies and districts by what an old journal calls them."""

from datetime import date
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext_lazy as _

from baqylau.casework.services.opening import living_service
from baqylau.casework.services.writing import living_body
from baqylau.catalogue.models import CardVersion, PublicService
from baqylau.catalogue.queries.search import search
from baqylau.documents.tables import normal_heading
from baqylau.institutions.models import Institution, PointKind, ServicePoint
from baqylau.institutions.queries import territories_by_name
from baqylau.kernel.errors import DomainError
from baqylau.reception.services.checking import card_of, open_room
from baqylau.territories.models import Territory

SURE: Final = 0.5
"""The least score of a search that is taken for an answer."""
NEXT: Final = 0.8
"""How near to the first the second may come, as a share of it, for the first to be the only one."""


def _names(row: Institution | ServicePoint | PublicService) -> list[str]:
    return [normal_heading(name) for name in (row.name_kk, row.name_ru, row.name_en) if name]


class Names:
    """What is there, read once for a table; every question is asked of the database once."""

    def __init__(self) -> None:
        rooms = ServicePoint.objects.filter(kind__in=(PointKind.RECEPTION, PointKind.TRAVELLING))
        self._rooms = {name: room.code for room in rooms for name in (room.code, *_names(room))}
        self._bodies: dict[str, list[str]] = {}
        for body in Institution.objects.only("code", "name_kk", "name_ru", "name_en"):
            for name in {body.code, *_names(body)}:
                self._bodies.setdefault(name, []).append(body.code)
        services = list(PublicService.objects.all())
        self._codes = {service.code: service.code for service in services}
        self._services: dict[str, set[str]] = {}
        for service in services:
            for name in _names(service):
                self._services.setdefault(name, set()).add(service.code)
        self._places = territories_by_name()
        self.room = lru_cache(maxsize=None)(self._room)
        self.service = lru_cache(maxsize=None)(self._service)
        self.body = lru_cache(maxsize=None)(self._body)
        self.card = lru_cache(maxsize=None)(self._card)

    def _room(self, text: str, day: date) -> ServicePoint:
        code = self._rooms.get(text.strip()) or self._rooms.get(normal_heading(text))
        if code is None:
            raise DomainError(_("There is no reception room with this name or code."), field="room")
        return open_room(code, day)

    def _service(self, text: str, day: date) -> PublicService:
        """By code, by name, or by what a search finds when it finds one only."""
        exact = self._services.get(normal_heading(text), set())
        code = self._codes.get(text.strip()) or (next(iter(exact)) if len(exact) == 1 else "")
        return living_service(code or self._searched(text), day)

    def _searched(self, text: str) -> str:
        hits = [hit for hit in search(text, limit=5) if hit.code in self._codes]
        if not hits or hits[0].score < SURE:
            raise DomainError(_("No service is found by these words."), field="service")
        if len(hits) > 1 and hits[1].score > NEXT * hits[0].score:
            raise DomainError(
                _("Several services fit, for instance %(first)s and %(second)s. Write the code."),
                field="service",
                params={"first": hits[0].code, "second": hits[1].code},
            )
        return hits[0].code

    def _body(self, text: str, day: date) -> Institution:
        codes = self._bodies.get(text.strip()) or self._bodies.get(normal_heading(text)) or []
        if not codes:
            raise DomainError(_("There is no body with this name or code."), field="body")
        if len(set(codes)) > 1:
            raise DomainError(_("Several bodies have this name. Write the code."), field="body")
        return living_body(codes[0], day)

    def _card(self, service: PublicService) -> CardVersion | None:
        return card_of(service)

    def district(self, text: str) -> Territory:
        """A district by its name in any language, or its KATO code. Raises: DomainError."""
        found = self._places.get(text.casefold())
        if found is None:
            raise DomainError(_("There is no such district."), field="district")
        return found
