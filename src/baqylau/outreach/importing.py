"""Older lists of events as a table: columns, comparison, writing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from baqylau.documents.tables import read_date
from baqylau.imports.cells import LANGUAGES, choice, line
from baqylau.institutions.models import Institution
from baqylau.institutions.queries import territories_by_name
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.imports import (
    Change,
    ChangeKind,
    Column,
    Fault,
    Importer,
    Progress,
    Record,
)
from baqylau.outreach.access import IMPORT
from baqylau.outreach.models import Campaign, Event, EventKind, Stage, Visited
from baqylau.outreach.queries.rows import held_with_bodies
from baqylau.outreach.queries.words import words
from baqylau.outreach.rules.heads import MOST
from baqylau.outreach.services.events import INSTITUTIONS
from baqylau.outreach.services.reaching import follow
from baqylau.territories.labels import full_name
from baqylau.text.personal import personal
from baqylau.text.skeleton import skeleton

EVERY = 50
FIRST = date(2000, 1, 1)
TOPIC = line(300)


def read_day(text: str) -> date:
    """A day on which an event may have been. Raises: DomainError; CellError."""
    day = read_date(text)
    if not FIRST <= day <= clock.today():
        raise DomainError(_("An event of an older list lies between 2000 and today."))
    return day


def read_people(text: str) -> int:
    """A headcount. Raises: DomainError."""
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) < 7):
        raise DomainError(_("How many came is a whole number, from 0."))
    if int(digits) > MOST:
        raise DomainError(_("No hall holds so many: at most %(most)s."), params={"most": MOST})
    return int(digits)


def read_topic(text: str) -> str:
    """What everybody may read about the event. Raises: DomainError."""
    topic = TOPIC(text)
    if personal(topic):
        raise DomainError(_("This looks like a telephone or a number of a person. Leave it out."))
    return topic


COLUMNS = (
    Column(
        "code",
        _("Its code"),
        ("Коды", "Код", "Code"),
        hint=_("Empty for an event that is not here yet"),
    ),
    Column(
        "on",
        _("Day"),
        ("Күні", "Дата", "Day", "Өткен күні", "Дата проведения"),
        read_day,
        is_required=True,
        hint=_("31.12.2026"),
    ),
    Column(
        "kind",
        _("What is held"),
        ("Түрі", "Вид", "Kind", "Формат"),
        choice(EventKind),
        is_required=True,
    ),
    Column(
        "topic_kk",
        _("Topic in Kazakh"),
        ("Тақырыбы", "Тема на казахском", "Topic in Kazakh", "Тақырып"),
        read_topic,
        is_required=True,
    ),
    Column(
        "topic_ru",
        _("Topic in Russian"),
        ("Тақырыбы орысша", "Тема", "Topic in Russian"),
        read_topic,
    ),
    Column(
        "campaign",
        _("Campaign"),
        ("Науқан", "Кампания", "Campaign", "Акция"),
        hint=_("Its code, or its name in full"),
    ),
    Column(
        "district",
        _("District"),
        ("Ауданы", "Район", "District", "КАТО", "KATO"),
        is_required=True,
        hint=_("Name or KATO code"),
    ),
    Column(
        "institutions",
        _("For whom"),
        ("Мекемелер", "Учреждения", "Institutions", "Мекеме", "Учреждение"),
        is_required=True,
        hint=_("Codes, or names in full, between them a semicolon"),
    ),
    Column(
        "people",
        _("How many came"),
        ("Қатысқандар саны", "Число участников", "People", "Қатысушылар", "Участников"),
        read_people,
        empty=None,
    ),
)


@dataclass(slots=True)
class _Known:
    """What a row is compared with."""

    places: Mapping[str, Any] = field(default_factory=territories_by_name)
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    bodies: dict[str, Institution] = field(default_factory=dict)
    named: dict[tuple[str, str], list[Institution]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for campaign in Campaign.objects.all():
            texts = [campaign.code, *(getattr(campaign, f"name_{code}") for code in LANGUAGES)]
            self.campaigns |= {text.casefold(): campaign for text in texts if text}
        for body in Institution.objects.all():
            self.bodies[body.code] = body
            for text in {skeleton(getattr(body, f"name_{code}")) for code in LANGUAGES} - {""}:
                self.named.setdefault((text, body.district_id), []).append(body)

    def institution(self, text: str, district: str) -> Institution | None:
        """The institution with the code, or the only one with the name in the district."""
        found = self.named.get((skeleton(text), district), [])
        return self.bodies.get(text) or (found[0] if len(found) == 1 else None)


def _fault(record: Record, column: str, sentence: Any) -> Change:  # noqa: ANN401 - lazy text
    label = str(record.values["topic_kk"])
    return Change(record, ChangeKind.PROBLEM, "", label, faults=(Fault(column, sentence),))


def compare(records: Sequence[Record]) -> Iterator[Change]:
    """What each row would do: an event that is here already is never changed by a table."""
    known = _Known()
    there = _Events(records)
    for record in records:
        try:
            fields = _fields(record, known)
        except DomainError as error:
            yield _fault(record, error.field, error.message)
            continue
        yield _compared(record, fields, there)


def _fields(record: Record, known: _Known) -> dict[str, Any]:
    """The row as columns of an event, with its institutions. Raises: DomainError."""
    values = record.values
    unit = known.places.get(str(values["district"]).casefold())
    if unit is None:
        raise DomainError(_("There is no such district."), field="district")
    campaign = None
    if text := str(values.get("campaign", "")):
        campaign = known.campaigns.get(text.casefold())
        if campaign is None:
            raise DomainError(_("There is no such campaign."), field="campaign")
    bodies = []
    texts = [each.strip() for each in str(values["institutions"]).split(";") if each.strip()]
    if len(texts) > INSTITUTIONS:
        raise DomainError(
            _("At most %(most)s institutions."), field="institutions", params={"most": INSTITUTIONS}
        )
    for each in texts:
        body = known.institution(each, unit.kato)
        if body is None:
            raise DomainError(
                _("The district has not one institution “%(name)s”. Write its code."),
                field="institutions",
                params={"name": each[:80]},
            )
        bodies.append(body)
    return {
        "on": values["on"],
        "kind": values["kind"],
        "topic_kk": values["topic_kk"],
        "topic_ru": values.get("topic_ru", ""),
        "campaign": campaign,
        "district_id": unit.kato,
        "people": values.get("people"),
        "institutions": sorted({body.pk for body in bodies}),
    }


class _Events:
    """The events that a table may speak of, by code and by what they are."""

    def __init__(self, records: Sequence[Record]) -> None:
        days = {record.values["on"] for record in records}
        codes = {str(record.values.get("code", "")) for record in records} - {""}
        rows = Event.objects.filter(models.Q(on__in=days) | models.Q(code__in=codes))
        self.rows = list(rows.order_by("pk"))
        self.by_code = {row.code: row for row in self.rows}
        self.by_what = {_what(vars(row)): row for row in reversed(self.rows)}
        self.bodies: dict[int, list[int]] = {}
        visited = Visited.objects.filter(event__in=[row.pk for row in self.rows])
        for event, body in visited.order_by("institution_id").values_list(
            "event_id", "institution_id"
        ):
            self.bodies.setdefault(event, []).append(body)


def _what(fields: Mapping[str, Any]) -> tuple[object, ...]:
    """By what an event is known again: its day, district and topic."""
    return fields["on"], fields["district_id"], skeleton(fields["topic_kk"])


def _compared(record: Record, fields: dict[str, Any], there: _Events) -> Change:
    code, label = str(record.values.get("code", "")), fields["topic_kk"]
    row = there.by_code.get(code) if code else there.by_what.get(_what(fields))
    if code and row is None:
        return _fault(record, "code", _("There is no event with this code."))
    if row is None:
        return Change(record, ChangeKind.NEW, "|".join(map(str, _what(fields))), label)
    is_same = there.bodies.get(row.pk, []) == fields["institutions"] and all(
        getattr(row, name) == value
        for name, value in fields.items()
        if name not in {"institutions", "campaign", "topic_kk"}
    )
    if not is_same or row.campaign_id != (fields["campaign"].pk if fields["campaign"] else None):
        return _fault(
            record, "topic_kk", _("The event is here already and reads otherwise: change it there.")
        )
    return Change(record, ChangeKind.UNCHANGED, row.code, label)


def apply(actor: Actor, changes: Sequence[Change], progress: Progress) -> int:
    """Write the rows, each with its entries in the journal and the mark that it was taken in."""
    known = _Known()
    for done, change in enumerate(changes, 1):
        fields = _fields(change.record, known)
        bodies = fields.pop("institutions")
        is_counted = fields["people"] is not None
        event = Event.objects.create(
            **fields,
            author=actor.key,
            stage=Stage.REPORTED if is_counted else Stage.HELD,
            reported_at=clock.now() if is_counted else None,
            reporter=actor.key if is_counted else "",
            is_imported=True,
        )
        Visited.objects.bulk_create(Visited(event=event, institution_id=pk) for pk in bodies)
        follow(event=event, actor=actor)
        append(
            action="outreach.taken_in",
            actor=actor,
            subject=f"event:{event.code}",
            payload={
                "on": event.on,
                "kind": event.kind,
                "district": event.district_id,
                "campaign": event.campaign.code if event.campaign else "",
                "people": event.people,
            },
        )
        if done % EVERY == 0 or done == len(changes):
            progress(done, len(changes))
    return len(changes)


def export() -> Iterator[Mapping[str, Any]]:
    """Every event that took place, in the active language's words."""
    for row, bodies in held_with_bodies():
        yield {
            "code": row.code,
            "on": row.on,
            "kind": str(row.get_kind_display()),
            "topic_kk": row.topic_kk,
            "topic_ru": row.topic_ru,
            "campaign": str(words(row.campaign, "name")) if row.campaign else "",
            "district": full_name(row.district),
            "institutions": "; ".join(bodies),
            "people": row.people,
        }


IMPORTER = Importer(
    code="events",
    label=_("Events of older lists"),
    action=IMPORT,
    columns=COLUMNS,
    compare=compare,
    apply=apply,
    export=export,
    max_rows=10_000,
    sentence=_(
        "Events that took place before this register was kept. An event that is here already, by "
        "its code or by day, district and topic, is not changed."
    ),
    back="coverage_desk",
)
