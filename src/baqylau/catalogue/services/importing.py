"""The register of services from a table: what it would change, and the change itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Final

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from baqylau.catalogue.models import LifeSituation, PublicService
from baqylau.catalogue.rules.addresses import CODE
from baqylau.catalogue.services.register import (
    NAME_LIMIT,
    Entry,
    entry_of,
    fill,
    new_slug,
    refuse_unfit,
)
from baqylau.catalogue.services.revision import changed
from baqylau.documents.tables import normal_heading, read_date
from baqylau.imports.cells import labels
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.imports import (
    Change,
    ChangeKind,
    Column,
    Difference,
    Fault,
    Importer,
    Progress,
    Record,
)

BATCH: Final = 500
FIELDS: Final = (
    *("name_kk", "name_ru", "name_en", "skeleton", "sort_kk", "sort_ru", "sort_en", "group"),
    *("valid_from", "valid_until", "edition", "seed_mark"),
)
"""What an import may change in a service that is there; the successor is linked afterwards."""


def read_code(text: str) -> str:
    """A service's code; capitals are taken as small letters. Raises: DomainError."""
    code = text.strip().lower()
    if not CODE.fullmatch(code):
        raise DomainError(_("A code is 1 to 24 small Latin letters, digits, dots and hyphens."))
    return code


def read_name(text: str) -> str:
    """A name on one line. Raises: DomainError when it is too long."""
    name = " ".join(text.split())
    if len(name) > NAME_LIMIT:
        raise DomainError(
            _("This is too long: at most %(limit)s characters."), params={"limit": NAME_LIMIT}
        )
    return name


def read_group(text: str) -> str:
    """A life situation by its code or by its name in any language. Raises: DomainError."""
    wanted = normal_heading(text)
    for group in LifeSituation:
        if wanted in {normal_heading(group.value), *map(normal_heading, labels(group))}:
            return group.value
    raise DomainError(_("This life situation is not in the list."))


def group_name(group: str) -> str:
    """The life situation's name in the active language, as exports carry it."""
    return str(LifeSituation(group).label)


COLUMNS: Final = (
    Column(
        "code",
        _("Code"),
        ("Коды", "Код", "Code", "Қызмет коды", "Код услуги", "Service code"),
        read_code,
        is_required=True,
        hint=_("Small Latin letters and digits, for instance s01. It never changes."),
    ),
    Column(
        "name_kk",
        _("Name in Kazakh"),
        ("Атауы қазақша", "Наименование на казахском", "Name in Kazakh", "Атауы", "Қызмет атауы"),
        read_name,
        is_required=True,
    ),
    Column(
        "name_ru",
        _("Name in Russian"),
        (
            *("Атауы орысша", "Наименование на русском", "Name in Russian"),
            *("Наименование", "Название", "Наименование услуги"),
        ),
        read_name,
        is_required=True,
    ),
    Column(
        "name_en",
        _("Name in English"),
        ("Атауы ағылшынша", "Наименование на английском", "Name in English", "Name"),
        read_name,
    ),
    Column(
        "group",
        _("Life situation"),
        ("Өмірлік жағдай", "Жизненная ситуация", "Life situation", "Тобы", "Группа", "Group"),
        read_group,
        empty=LifeSituation.OTHER.value,
    ),
    Column(
        "valid_from",
        _("Valid from"),
        ("Басталады", "Действует с", "Valid from", "Күшіне енген күні"),
        read_date,
        empty=None,
    ),
    Column(
        "valid_until",
        _("Not valid from"),
        ("Тоқтайды", "Не действует с", "Not valid from", "Күшін жойған күні"),
        read_date,
        empty=None,
        hint=_("The first day on which the service is no longer given."),
    ),
    Column(
        "successor",
        _("Followed by"),
        ("Орнына келген", "Заменена на", "Followed by"),
        read_code,
        hint=_("The code of the service that took its place."),
    ),
)


def compare(records: Sequence[Record]) -> Iterator[Change]:
    """What each record would do; two queries."""
    known = {
        service.code: entry_of(service)
        for service in PublicService.objects.select_related("successor")
    }
    codes = known.keys() | {record.values.get("code", "") for record in records}
    for record in records:
        yield _change(record, known.get(record.values["code"]), codes)


def _change(record: Record, old: Entry | None, codes: Iterable[str]) -> Change:
    entry = entry_from(record.values, old)
    faults = tuple(_faults(entry, codes))
    if faults:
        kind = ChangeKind.PROBLEM
    elif old is None:
        kind = ChangeKind.NEW
    else:
        kind = ChangeKind.UNCHANGED if entry == old else ChangeKind.CHANGED
    shown = tuple(_differences(old, entry)) if old else ()
    return Change(record, kind, entry.code, entry.name_kk, shown, faults)


def entry_from(values: Mapping[str, Any], old: Entry | None) -> Entry:
    """The entry after the record: columns that the table does not have stay as they are."""
    return replace(old or Entry(values["code"], "", ""), **values)


def _faults(entry: Entry, codes: Iterable[str]) -> Iterator[Fault]:
    try:
        refuse_unfit(entry)
    except DomainError as error:
        yield Fault(error.field, error.message)
    if entry.successor and entry.successor not in codes:
        yield Fault("successor", translated("There is no service with this code."))


def _differences(old: Entry, new: Entry) -> Iterator[Difference]:
    before, after = asdict(old), asdict(new)
    for column in before:
        if before[column] != after[column]:
            yield Difference(column, _shown(column, before[column]), _shown(column, after[column]))


def _shown(column: str, value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    if column == "group":
        return group_name(value)
    return "" if value is None else str(value)


def apply(actor: Actor, changes: Sequence[Change], progress: Progress) -> int:
    """Write the new and the changed services, in the caller's transaction; returns how many.

    Raises: DomainError when the register has changed so that a row no longer fits.
    """
    wanted = [one for one in changes if one.kind in {ChangeKind.NEW, ChangeKind.CHANGED}]
    if not wanted:
        return 0
    rows = {service.code: service for service in PublicService.objects.select_related("successor")}
    fresh = _write(wanted, rows, progress)
    _link(wanted, rows)
    changed()
    append(
        action="catalogue.import",
        actor=actor,
        subject="register:services",
        payload={"new": fresh, "changed": len(wanted) - fresh},
    )
    return len(wanted)


def _write(wanted: Sequence[Change], rows: dict[str, PublicService], progress: Progress) -> int:
    """Write all but the successors, which may come later in the table; returns the new ones."""
    taken = {service.slug for service in rows.values()}
    total, fresh = len(wanted), 0
    for first in range(0, total, BATCH):
        new: list[PublicService] = []
        old: list[PublicService] = []
        for change in wanted[first : first + BATCH]:
            service = rows.get(change.key)
            entry = entry_from(change.record.values, entry_of(service) if service else None)
            refuse_unfit(entry)
            row = fill(service or PublicService(edition=0), entry)
            row.edition, row.seed_mark = row.edition + 1, ""
            if service is None:
                row.slug = new_slug(entry, taken)
                taken.add(row.slug)
            (old if service else new).append(row)
            rows[change.key] = row
        PublicService.objects.bulk_create(new)
        PublicService.objects.bulk_create(
            old, update_conflicts=True, update_fields=FIELDS, unique_fields=["id"]
        )
        fresh += len(new)
        progress(min(first + BATCH, total), total)
    return fresh


def _link(wanted: Sequence[Change], rows: Mapping[str, PublicService]) -> None:
    linked = []
    for change in wanted:
        if "successor" in change.record.values:
            row, code = rows[change.key], change.record.values["successor"]
            if code and code not in rows:
                raise DomainError(_("There is no service with this code."), field="successor")
            row.successor = rows[code] if code else None
            linked.append(row)
    PublicService.objects.bulk_update(linked, ["successor"], batch_size=200)


def export() -> Iterator[Mapping[str, Any]]:
    """The register as it is, by code; importing it again changes nothing."""
    for service in PublicService.objects.select_related("successor").order_by("code"):
        yield {**asdict(entry_of(service)), "group": group_name(service.group)}


IMPORTER: Final = Importer(
    code="services",
    label=_("Register of services"),
    action="catalogue.import",
    columns=COLUMNS,
    compare=compare,
    apply=apply,
    export=export,
    sentence=_("Public services with their codes and names; headings in Kazakh or Russian."),
    back="catalogue_services",
)
