"""Drafts: begun from what is published, saved again and again, thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from baqylau.catalogue.labels import part_label
from baqylau.catalogue.models import Card, CardText, CardVersion, Kind, PublicService, State
from baqylau.catalogue.queries.readings import texts_of, wording_of
from baqylau.catalogue.rules.addresses import slug_of
from baqylau.catalogue.rules.wording import (
    LANGUAGES,
    SOURCE_LANGUAGE,
    Wording,
    fingerprint,
    too_long,
    values,
)
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError

CODE_LIMIT: Final = 40


@dataclass(frozen=True, slots=True)
class Content:
    """All that an editor writes in a draft.

    `agreeing` names the translations that the editor vouches for, though their words stay.
    """

    as_of: date
    source: str
    law: Sequence[Mapping[str, str]]
    rules: Sequence[str]
    texts: Mapping[str, Wording]
    agreeing: frozenset[str] = field(default_factory=frozenset)


def begin_law_card(*, actor: Actor, title: str) -> Card:
    """A law card that nobody sees until its first version is published.

    The code and the permanent address come from the title. Raises: DomainError without a title.
    """
    if not title.strip():
        raise DomainError(_("Give the card a title."), field="title")
    with transaction.atomic():
        taken = frozenset(Card.objects.values_list("code", flat=True))
        slug = slug_of(title, taken)[:CODE_LIMIT]
        card = Card.objects.create(kind=Kind.LAW, code=slug, slug=slug)
        append(action="catalogue.begin", actor=actor, subject=f"card:{card.code}")
    return card


def begin_service_card(*, actor: Actor, service: PublicService) -> Card:
    """The service's card: the one that there is, or a new one without versions."""
    with transaction.atomic():
        card, is_new = Card.objects.get_or_create(
            service=service, defaults={"kind": Kind.SERVICE, "code": service.code}
        )
        if is_new:
            append(action="catalogue.begin", actor=actor, subject=f"card:{card.code}")
    return card


def save_draft(*, actor: Actor, card: Card, content: Content, edition: int) -> CardVersion:
    """Write the draft; without one, begin it as the next version.

    `edition` is what the editor's form was filled from: 0 when there was no draft. A draft whose
    words change is no longer checked by a lawyer.

    Raises: ConflictError when somebody else saved or began meanwhile; DomainError for a text
    that is too long or a card without Kazakh words.
    """
    _refuse_unfit(card, content)
    try:
        with transaction.atomic():
            version = _held(card, edition) if edition else _begun(actor, card, content)
            _write(version, card, content)
            append(
                action="catalogue.save",
                actor=actor,
                subject=f"card:{card.code}",
                payload={"version": version.number, "edition": version.edition},
            )
    except IntegrityError as error:
        raise _conflict() from error
    return version


def _refuse_unfit(card: Card, content: Content) -> None:
    if not content.texts.get(SOURCE_LANGUAGE, Wording()).title:
        raise DomainError(_("Write the Kazakh title first: the others follow it."), field="kk")
    if not content.source.strip():
        raise DomainError(_("Say where this comes from."), field="source")
    for language, text in content.texts.items():
        if text and not text.title:
            raise DomainError(_("A text needs a title."), field=language)
        for part, limit in too_long(text, card.kind):
            raise DomainError(
                _("“%(part)s” is too long: at most %(limit)s."),
                field=language,
                params={"part": part_label(part), "limit": limit},
            )


def _conflict() -> ConflictError:
    return ConflictError(
        _("Somebody else has saved this card while you were writing. Your text is kept below.")
    )


def _held(card: Card, edition: int) -> CardVersion:
    """The draft, moved on by one edition. Raises: ConflictError when it has moved on already."""
    mine = CardVersion.objects.filter(card=card, state=State.DRAFT, edition=edition)
    if not mine.update(edition=F("edition") + 1):
        raise _conflict()
    return CardVersion.objects.get(card=card, state=State.DRAFT)


def _begun(actor: Actor, card: Card, content: Content) -> CardVersion:
    last = CardVersion.objects.filter(card=card).order_by("-number").first()
    return CardVersion.objects.create(
        card=card,
        number=last.number + 1 if last else 1,
        as_of=content.as_of,
        source=content.source,
        author=actor.key,
        created_at=clock.now(),
    )


def _write(version: CardVersion, card: Card, content: Content) -> None:
    texts = texts_of([version])[version.pk] or _published_texts(card)
    source_mark = fingerprint(content.texts[SOURCE_LANGUAGE])
    fresh: list[CardText] = []
    for language in LANGUAGES:
        text = content.texts.get(language, Wording())
        if text:
            old = texts.get(language)
            based_on = _based_on(language, text, old, card.kind, source_mark, content.agreeing)
            fresh.append(
                CardText(
                    version=version,
                    language=language,
                    mark=fingerprint(text),
                    based_on=based_on,
                    **values(text),
                )
            )
    is_same = _facts(version) == _facts_of(content) and {t.language: t.mark for t in fresh} == {
        language: text.mark for language, text in texts.items() if text.version_id == version.pk
    }
    if not is_same:
        version.checked_by, version.checked_on = "", None
    version.as_of, version.source = content.as_of, content.source.strip()
    version.law, version.rules = [dict(row) for row in content.law], list(content.rules)
    version.save()
    CardText.objects.filter(version=version).delete()
    CardText.objects.bulk_create(fresh)


def _facts(version: CardVersion) -> tuple[object, ...]:
    return version.as_of, version.source, version.law, version.rules


def _facts_of(content: Content) -> tuple[object, ...]:
    law = [dict(row) for row in content.law]
    return content.as_of, content.source.strip(), law, list(content.rules)


def _published_texts(card: Card) -> dict[str, CardText]:
    """The texts that a new draft starts from."""
    published = CardVersion.objects.filter(card=card, state=State.PUBLISHED).first()
    return texts_of([published])[published.pk] if published else {}


def _based_on(
    language: str,
    text: Wording,
    old: CardText | None,
    kind: str,
    source_mark: str,
    agreeing: frozenset[str],
) -> str:
    """The Kazakh text that a translation follows: the present one if its words were touched."""
    if language == SOURCE_LANGUAGE:
        return ""
    if old is None or language in agreeing or wording_of(old, kind) != text:
        return source_mark
    return old.based_on


def discard_draft(*, actor: Actor, card: Card, edition: int) -> None:
    """Throw the draft away; what is published stays. Raises: ConflictError."""
    with transaction.atomic():
        version = _held(card, edition)
        number = version.number
        version.delete()
        append(
            action="catalogue.discard",
            actor=actor,
            subject=f"card:{card.code}",
            payload={"version": number},
        )
