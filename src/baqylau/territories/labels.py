"""Names of units in the language that is active."""

from django.utils import translation

from baqylau.territories.models import Territory


def language() -> str:
    """The active language: kk, ru or en."""
    return (translation.get_language() or "kk")[:2]


def name(territory: Territory) -> str:
    """What people say: Қордай, Кордай, Korday."""
    return str(getattr(territory, f"name_{language()}"))


def full_name(territory: Territory) -> str:
    """With the word for its level: Қордай ауданы, Кордайский район, Korday district."""
    return str(getattr(territory, f"full_{language()}"))
