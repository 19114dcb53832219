"""What the catalogue puts on pages of the house: desk search, worklist, home page."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from baqylau.catalogue.queries import desk, published
from baqylau.catalogue.queries import search as finding
from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Hit
from baqylau.kernel.permissions import may
from baqylau.kernel.work import Asked, Task

HOME_LAW = 4
"""Law cards that the home page leads to."""


def search(actor: Actor, query: str) -> Sequence[Hit]:
    """What the desk's search finds here: services, then law cards."""
    if not may(actor, "catalogue.see"):
        return []
    language = get_language() or "kk"
    services = [
        Hit(one.title, reverse("catalogue_service", args=[one.code]), _("Service"), one.why)
        for one in finding.found_services(query, language)
    ]
    law = [
        Hit(one.title, reverse("catalogue_card", args=[one.code]), _("Law"), one.why)
        for one in finding.found_law(query, language)
    ]
    return [*services, *law]


def tasks(asked: Asked) -> Sequence[Task]:
    """The actor's own drafts that wait to be published."""
    if not may(asked.actor, "catalogue.edit"):
        return []
    return asked.take(
        Task(
            label=_("Publish the draft of the card %(code)s") % {"code": version.card.code},
            url=reverse("catalogue_card", args=[version.card.code]),
            due_on=None,
            kind=_("Card"),
            number=version.pk,
            reference=version.card.code,
            is_mine=True,
        )
        for version in desk.drafts_of(asked.actor.key)
    )


def home() -> Mapping[str, object]:
    """The search box, and the first pages of the law."""
    return {
        "catalogue/home.html": {
            "order": 10,
            "law": published.law_readings(get_language() or "kk", HOME_LAW),
        }
    }
