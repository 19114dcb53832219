"""The catalogue's tables, one subject a file."""

from baqylau.catalogue.models.cards import Card, CardText, CardVersion, Kind, State
from baqylau.catalogue.models.public_services import LifeSituation, PublicService
from baqylau.catalogue.models.reference import Act, Language, Revision
from baqylau.catalogue.models.search import MissedQuery, ServiceAlias

__all__ = [
    "Act",
    "Card",
    "CardText",
    "CardVersion",
    "Kind",
    "Language",
    "LifeSituation",
    "MissedQuery",
    "PublicService",
    "Revision",
    "ServiceAlias",
    "State",
]
