"""Aliases, and the log of queries that found nothing."""

import logging
from typing import Final

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from baqylau.catalogue.models import Language, MissedQuery, PublicService, ServiceAlias
from baqylau.catalogue.rules.missed import keepable
from baqylau.catalogue.services.revision import changed
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.text import tidy

ALIAS_LIMIT: Final = 120
MISSED_A_DAY: Final = 2_000
"""Different missed queries that a day may hold: more is a machine, not residents."""

log = logging.getLogger(__name__)


def add_alias(*, actor: Actor, code: str, language: str, text: str) -> ServiceAlias:
    """Let the words lead to the service; the same words again change nothing.

    Raises: DomainError for no words, too many, an unknown language or service.
    """
    words = tidy(text)
    if not words:
        raise DomainError(_("Type the words that people say."), field="text")
    if len(words) > ALIAS_LIMIT:
        raise DomainError(
            _("This is too long: at most %(limit)s characters."),
            params={"limit": ALIAS_LIMIT},
            field="text",
        )
    if language not in Language.values:
        raise DomainError(_("Choose a language."), field="language")
    service = PublicService.objects.filter(code=code.strip().lower()).first()
    if service is None:
        raise DomainError(_("There is no service with this code."), field="service")
    with transaction.atomic():
        alias, _is_new = ServiceAlias.objects.update_or_create(
            service=service, language=language, text=words, defaults={"is_active": True}
        )
        changed()
        append(
            action="catalogue.alias",
            actor=actor,
            subject=f"service:{service.code}",
            payload={"alias": alias.pk},
        )
    return alias


def remove_alias(*, actor: Actor, alias: ServiceAlias) -> None:
    """Stop the words from leading to the service."""
    with transaction.atomic():
        ServiceAlias.objects.filter(pk=alias.pk).update(is_active=False)
        changed()
        append(
            action="catalogue.alias_removed",
            actor=actor,
            subject=f"service:{alias.service.code}",
            payload={"alias": alias.pk},
        )


def note_missed(query: str) -> None:
    """Count a query that found nothing, if anything of it may be kept; never fails the page."""
    if not (text := keepable(query)):
        return
    try:
        _count(text)
    except DatabaseError:
        log.warning("a missed query was not counted")


def _count(text: str) -> None:
    row = MissedQuery.objects.filter(text=text, day=clock.today())
    if row.update(count=F("count") + 1):
        return
    if MissedQuery.objects.filter(day=clock.today()).count() >= MISSED_A_DAY:
        return
    try:
        with transaction.atomic():
            MissedQuery.objects.create(text=text, day=clock.today())
    except IntegrityError:
        row.update(count=F("count") + 1)


def settle_missed(*, text: str) -> int:
    """Forget a missed query, once it has become an alias or means nothing; returns rows."""
    return MissedQuery.objects.filter(text=text).delete()[0]
