"""What the public reads: publishing a draft, a lawyer's check, withdrawing a card."""

from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from baqylau.catalogue.labels import part_label
from baqylau.catalogue.models import Card, CardText, CardVersion, State
from baqylau.catalogue.queries.readings import texts_of, wording_of
from baqylau.catalogue.rules.wording import SOURCE_LANGUAGE, missing
from baqylau.catalogue.services.revision import changed
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError

NAME_LIMIT: Final = 120


def publish(*, actor: Actor, card: Card, edition: int) -> CardVersion:
    """Put the draft before the public; the version before it stays in the history.

    `edition` is the draft that the editor has seen. Raises: ConflictError when it was saved
    again since; DomainError when a part is missing.
    """
    with transaction.atomic():
        mine = CardVersion.objects.filter(card=card, state=State.DRAFT, edition=edition)
        if not mine.update(edition=F("edition") + 1):
            raise ConflictError(
                _("This draft has changed since you looked at it. Look again, then publish.")
            )
        version = CardVersion.objects.get(card=card, state=State.DRAFT)
        _refuse_unfinished(card, texts_of([version])[version.pk])
        moment = clock.now()
        CardVersion.objects.filter(card=card, state=State.PUBLISHED).update(
            state=State.REPLACED, closed_at=moment
        )
        version.state, version.published_at = State.PUBLISHED, moment
        version.save(update_fields=["state", "published_at"])
        changed()
        append(
            action="catalogue.publish",
            actor=actor,
            subject=f"card:{card.code}",
            payload={"version": version.number, "as_of": version.as_of},
        )
    return version


def _refuse_unfinished(card: Card, texts: dict[str, CardText]) -> None:
    if SOURCE_LANGUAGE not in texts:
        raise DomainError(_("Write the Kazakh title first: the others follow it."))
    for language, text in texts.items():
        if lacks := missing(wording_of(text, card.kind), card.kind):
            raise DomainError(
                _("Before it can be published, in %(language)s it still needs: %(parts)s."),
                params={
                    "language": text.get_language_display(),
                    "parts": ", ".join(map(part_label, lacks)),
                },
                field=language,
            )


def check(*, actor: Actor, card: Card, number: int, name: str) -> CardVersion:
    """Note that a lawyer has checked this very version; `name` stands on the page as typed.

    Raises: DomainError without a name, or for a version that is not read any more.
    """
    name = " ".join(name.split())
    if not name:
        raise DomainError(_("Type your name: it will stand on the card."), field="name")
    if len(name) > NAME_LIMIT:
        raise DomainError(
            _("This is too long: at most %(limit)s characters."),
            params={"limit": NAME_LIMIT},
            field="name",
        )
    with transaction.atomic():
        live = (State.DRAFT, State.PUBLISHED)
        version = CardVersion.objects.filter(card=card, number=number, state__in=live).first()
        if version is None:
            raise ConflictError(_("This version is not read any more: check the present one."))
        version.checked_by, version.checked_on = name, clock.today()
        version.save(update_fields=["checked_by", "checked_on"])
        append(
            action="catalogue.check",
            actor=actor,
            subject=f"card:{card.code}",
            payload={"version": number, "checked_on": version.checked_on},
        )
    return version


def withdraw(*, actor: Actor, card: Card, number: int) -> CardVersion:
    """Take the published version from the public; it stays in the history as withdrawn.

    Raises: ConflictError when another version is published by now.
    """
    with transaction.atomic():
        published = CardVersion.objects.filter(card=card, state=State.PUBLISHED, number=number)
        if not published.update(state=State.WITHDRAWN, closed_at=clock.now()):
            raise ConflictError(_("This version is not the published one any more. Look again."))
        changed()
        append(
            action="catalogue.withdraw",
            actor=actor,
            subject=f"card:{card.code}",
            payload={"version": number},
        )
    return CardVersion.objects.get(card=card, number=number)
