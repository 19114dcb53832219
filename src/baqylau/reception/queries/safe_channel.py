"""Where a demand for money is told: the sealed room, or what is configured while there is none."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from baqylau.kernel.modules import registry
from baqylau.web import queries as web


@dataclass(frozen=True, slots=True)
class Channel:
    """The safe channel as it is shown to a visitor.

    `address` is large on the screen, `link` is in the QR code. `assisted` is the desk page where a
    colleague types for the visitor, "" where there is none. `is_sealed`: what is told there is
    sealed by this very system.
    """

    address: str = ""
    link: str = ""
    sentence: str = ""
    assisted: str = ""
    is_sealed: bool = False
    phone: str = ""


def safe_channel(origin: str, language: str) -> Channel:
    """The channel for a visitor who speaks the language; `origin` is the public "https://host".

    Without any channel there is the programme's phone at least. A language that nobody speaks here
    is taken for none: it would stand in the address.
    """
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    for module in registry:
        if module.safe_channel:
            with override(language):
                link = origin + reverse(module.safe_channel)
            assisted = reverse(module.assisted_channel) if module.assisted_channel else ""
            address = link.partition("://")[2]
            return Channel(address, link, assisted=assisted, is_sealed=True, phone=web.phone())
    with override(language):
        found = web.safe_channel()
    if found is None:
        return Channel(phone=web.phone())
    return Channel(found.address, found.link, found.sentence, phone=web.phone())
