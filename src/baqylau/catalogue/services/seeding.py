"""The starter set: brought in once, brought up to date, never over what a person has changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.catalogue.models import (
    Act,
    Card,
    CardText,
    CardVersion,
    Kind,
    PublicService,
    ServiceAlias,
    State,
)
from baqylau.catalogue.rules.wording import SOURCE_LANGUAGE, fingerprint, values
from baqylau.catalogue.seeds import (
    ActSeed,
    CardSeed,
    ServiceSeed,
    act_seeds,
    alias_seeds,
    card_seeds,
    service_seeds,
)
from baqylau.catalogue.services.register import Entry, fill, new_slug
from baqylau.catalogue.services.revision import changed
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM
from baqylau.text import Alias, tidy


@dataclass(frozen=True, slots=True)
class Written:
    """Rows that a run of the seed has written."""

    services: int
    acts: int
    cards: int
    aliases: int

    def __bool__(self) -> bool:
        return any((self.services, self.acts, self.cards, self.aliases))


def seed() -> str:
    """Load the starter set; returns one line about what it did."""
    services, acts, cards, aliases = service_seeds(), act_seeds(), card_seeds(), alias_seeds()
    with transaction.atomic():
        written = Written(
            services=seed_services(services),
            acts=seed_acts(acts),
            cards=seed_cards(cards),
            aliases=seed_aliases(aliases),
        )
        if written:
            changed()
            append(
                action="catalogue.seed",
                actor=SYSTEM,
                payload={
                    "services": written.services,
                    "acts": written.acts,
                    "cards": written.cards,
                    "aliases": written.aliases,
                },
            )
    if not written:
        return _("up to date")
    return _(
        "services: %(services)s, acts: %(acts)s, cards: %(cards)s, everyday words: %(aliases)s"
    ) % {
        "services": written.services,
        "acts": written.acts,
        "cards": written.cards,
        "aliases": written.aliases,
    }


def seed_services(seeds: Iterable[ServiceSeed]) -> int:
    """Write new services, and those whose row has changed and that nobody has edited."""
    known = {service.code: service for service in PublicService.objects.all()}
    taken = {service.slug for service in known.values()}
    fresh: list[PublicService] = []
    count = 0
    for one in seeds:
        service = known.get(one.code)
        if service is not None and service.seed_mark in {"", one.mark}:
            continue
        entry = Entry(one.code, one.names["kk"], one.names["ru"], one.names["en"], group=one.group)
        row = fill(service or PublicService(), entry)
        row.seed_mark = one.mark
        if service is None:
            row.slug = one.slug or new_slug(entry, taken)
            taken.add(row.slug)
            fresh.append(row)
        else:
            row.save()
        count += 1
    PublicService.objects.bulk_create(fresh)
    return count


def seed_acts(seeds: Iterable[ActSeed]) -> int:
    """Write new acts, and those that have changed in the set and that nobody has edited."""
    known = {act.key: act for act in Act.objects.all()}
    count = 0
    for one in seeds:
        act = known.get(one.key)
        if act is not None and act.seed_mark in {"", one.mark}:
            continue
        row = act or Act(key=one.key)
        row.name_kk, row.name_ru, row.name_en = (one.names[code] for code in ("kk", "ru", "en"))
        row.was_read, row.seed_mark = one.was_read, one.mark
        row.save()
        count += 1
    return count


def seed_cards(seeds: Sequence[CardSeed]) -> int:
    """Publish new cards, and the next version of those that only the set has written so far."""
    services = {service.code: service for service in PublicService.objects.all()}
    cards = {card.code: card for card in Card.objects.all()}
    last: dict[int, CardVersion] = {}
    touched: set[int] = set()
    for version in CardVersion.objects.order_by("number"):
        last[version.card_id] = version
        if _is_touched(version):
            touched.add(version.card_id)
    count = 0
    for one in seeds:
        card = cards.get(one.code) or _new_card(one, services)
        old = last.get(card.pk)
        if card.pk in touched or (old is not None and old.seed_mark == one.mark):
            continue
        _publish(card, one, old)
        count += 1
    return count


def _is_touched(version: CardVersion) -> bool:
    """Whether a person has written, checked or withdrawn the version."""
    if not version.seed_mark or version.state in {State.DRAFT, State.WITHDRAWN}:
        return True
    return version.checked_by != "" and version.state == State.PUBLISHED


def _new_card(one: CardSeed, services: dict[str, PublicService]) -> Card:
    is_service = one.kind == Kind.SERVICE
    return Card.objects.create(
        kind=one.kind,
        code=one.code,
        slug="" if is_service else one.code,
        service=services[one.code] if is_service else None,
        order=one.order,
    )


def _publish(card: Card, one: CardSeed, old: CardVersion | None) -> None:
    now = clock.now()
    CardVersion.objects.filter(card=card, state=State.PUBLISHED).update(
        state=State.REPLACED, closed_at=now
    )
    if card.order != one.order:
        Card.objects.filter(pk=card.pk).update(order=one.order)
    version = CardVersion.objects.create(
        card=card,
        number=old.number + 1 if old else 1,
        state=State.PUBLISHED,
        as_of=one.as_of,
        source=one.source,
        law=[dict(row) for row in one.law],
        rules=list(one.rules),
        checked_by=one.checked_by,
        checked_on=one.as_of if one.checked_by else None,
        author=SYSTEM.key,
        created_at=now,
        published_at=now,
        seed_mark=one.mark,
    )
    source_mark = fingerprint(one.texts[SOURCE_LANGUAGE])
    CardText.objects.bulk_create(
        CardText(
            version=version,
            language=language,
            mark=fingerprint(text),
            based_on="" if language == SOURCE_LANGUAGE else source_mark,
            **values(text),
        )
        for language, text in one.texts.items()
    )


def seed_aliases(seeds: Iterable[Alias]) -> int:
    """Write the aliases that were never there; one that an editor removed stays removed."""
    services = dict(PublicService.objects.values_list("code", "pk"))
    known = set(ServiceAlias.objects.values_list("service_id", "language", "text"))
    fresh: dict[tuple[int, str, str], ServiceAlias] = {}
    for one in seeds:
        key = (services.get(one.code, 0), one.language, tidy(one.text))
        if key[0] and key not in known:
            fresh[key] = ServiceAlias(service_id=key[0], language=key[1], text=key[2])
    ServiceAlias.objects.bulk_create(fresh.values())
    return len(fresh)
