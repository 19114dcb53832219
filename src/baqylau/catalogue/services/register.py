"""The register of services: rows written by hand, by an import or by the starter set."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from baqylau.catalogue.models import LifeSituation, PublicService
from baqylau.catalogue.rules.addresses import CODE, slug_of
from baqylau.catalogue.services.revision import changed
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.text import skeleton, sort_key

NAME_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """A service as the register has it; days half-open, `successor` is a code or ""."""

    code: str
    name_kk: str
    name_ru: str
    name_en: str = ""
    group: str = LifeSituation.OTHER
    valid_from: date | None = None
    valid_until: date | None = None
    successor: str = ""


def fill(service: PublicService, entry: Entry) -> PublicService:
    """Put the entry's values, and what is computed from them, into an unsaved row."""
    service.code = entry.code
    service.name_kk, service.name_ru, service.name_en = entry.name_kk, entry.name_ru, entry.name_en
    names = (entry.name_kk, entry.name_ru, entry.name_en)
    service.skeleton = "".join(f" {word}" for name in names for word in skeleton(name).split())
    service.sort_kk, service.sort_ru = sort_key(entry.name_kk), sort_key(entry.name_ru)
    service.sort_en = sort_key(entry.name_en or entry.name_kk)
    service.group = entry.group
    service.valid_from, service.valid_until = entry.valid_from, entry.valid_until
    return service


def new_slug(entry: Entry, taken: Collection[str]) -> str:
    """The permanent address of a new service: from its English name, else from the Kazakh one."""
    return slug_of(entry.name_en or entry.name_kk, taken)


def entry_of(service: PublicService) -> Entry:
    """The row as the register has it; one query for the successor unless it was selected."""
    return Entry(
        code=service.code,
        name_kk=service.name_kk,
        name_ru=service.name_ru,
        name_en=service.name_en,
        group=service.group,
        valid_from=service.valid_from,
        valid_until=service.valid_until,
        successor=service.successor.code if service.successor else "",
    )


def refuse_unfit(entry: Entry) -> None:
    """Refuse what the register does not hold. Raises: DomainError with the field."""
    if not CODE.fullmatch(entry.code):
        raise DomainError(
            _("A code is 1 to 24 small Latin letters, digits, dots and hyphens."), field="code"
        )
    for field in ("name_kk", "name_ru", "name_en"):
        name = getattr(entry, field)
        if not name and field != "name_en":
            raise DomainError(_("The Kazakh and the Russian name are both needed."), field=field)
        if len(name) > NAME_LIMIT:
            raise DomainError(
                _("This is too long: at most %(limit)s characters."),
                params={"limit": NAME_LIMIT},
                field=field,
            )
    if entry.group not in LifeSituation.values:
        raise DomainError(_("This life situation is not in the list."), field="group")
    if entry.valid_from and entry.valid_until and entry.valid_until <= entry.valid_from:
        raise DomainError(_("The last day must come after the first."), field="valid_until")
    if entry.successor == entry.code:
        raise DomainError(_("A service cannot follow itself."), field="successor")


def save_service(*, actor: Actor, entry: Entry, edition: int) -> PublicService:
    """Write a service by hand: `edition` is what the form was filled from, 0 for a new one.

    Raises: DomainError for an unfit entry, a taken code, an unknown successor; ConflictError
    when somebody else saved it meanwhile.
    """
    refuse_unfit(entry)
    try:
        with transaction.atomic():
            service = _held(entry.code, edition) if edition else PublicService(edition=0)
            if not edition:
                service.slug = new_slug(entry, _slugs())
            fill(service, entry)
            service.successor = _successor(entry)
            service.edition, service.seed_mark = service.edition + 1, ""
            service.save()
            changed()
            append(
                action="catalogue.service",
                actor=actor,
                subject=f"service:{service.code}",
                payload={"edition": service.edition},
            )
    except IntegrityError as error:
        raise DomainError(_("This code is taken by another service."), field="code") from error
    return service


def _held(code: str, edition: int) -> PublicService:
    service = PublicService.objects.select_for_update().filter(code=code, edition=edition).first()
    if service is None:
        raise ConflictError(
            _("Somebody else has saved this service while you were writing. Look again.")
        )
    return service


def _slugs() -> frozenset[str]:
    return frozenset(PublicService.objects.values_list("slug", flat=True))


def _successor(entry: Entry) -> PublicService | None:
    if not entry.successor:
        return None
    found = PublicService.objects.filter(code=entry.successor).first()
    if found is None:
        raise DomainError(_("There is no service with this code."), field="successor")
    return found
