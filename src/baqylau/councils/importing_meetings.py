"""Plans and meetings of earlier years as a table: columns, comparison, writing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from baqylau.councils.access import IMPORT
from baqylau.councils.importing_cells import Councils
from baqylau.councils.models import (
    Attendance,
    Council,
    Meeting,
    MeetingKind,
    MeetingStage,
    Member,
    Presence,
)
from baqylau.councils.rules.terms import sits
from baqylau.councils.services.taking_over import Past, take_over_meeting
from baqylau.documents.tables import read_date
from baqylau.imports.cells import choice, line
from baqylau.kernel import clock
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
from baqylau.text.skeleton import skeleton

EVERY: Final = 50


def read_moment(text: str) -> datetime:
    """A day with its time, as 31.12.2026 10:00; aware, in the programme's zone.

    Raises: DomainError; CellError for a day that is none.
    """
    day, _space, hour = text.strip().replace("T", " ").partition(" ")
    try:
        moment = time.fromisoformat(hour.strip().zfill(5))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo:
        raise DomainError(_("Write the day and the time: 31.12.2026 10:00."))
    return datetime.combine(read_date(day), moment, ZoneInfo(settings.TIME_ZONE))


COLUMNS: Final = (
    Column(
        "code",
        _("Code of the meeting"),
        ("Коды", "Код", "Code"),
        hint=_("Empty for a meeting that is not here yet"),
    ),
    Column(
        "council",
        _("Council"),
        ("Кеңес", "Совет", "Council"),
        is_required=True,
        hint=_("Its code, or its name in full"),
    ),
    Column(
        "planned_on",
        _("Day in the plan"),
        ("Жоспардағы күні", "День по плану", "Day in the plan"),
        read_date,
        is_required=True,
        hint=_("31.12.2026"),
    ),
    Column(
        "kind",
        _("Kind"),
        ("Түрі", "Вид", "Kind"),
        choice(tuple(MeetingKind)),
        empty=MeetingKind.MEETING.value,
    ),
    Column(
        "topic_kk",
        _("Topic in Kazakh"),
        ("Тақырыбы", "Тема на казахском", "Topic in Kazakh"),
        line(300),
        is_required=True,
    ),
    Column(
        "topic_ru",
        _("Topic in Russian"),
        ("Тақырыбы орысша", "Тема", "Topic in Russian"),
        line(300),
    ),
    Column(
        "starts_at",
        _("When it was held"),
        ("Өткен күні мен уақыты", "Когда прошло", "When it was held"),
        read_moment,
        empty=None,
        hint=_("31.12.2026 10:00; empty for what stands in the plan"),
    ),
    Column(
        "place_kk",
        _("Place in Kazakh"),
        ("Өткен жері", "Место на казахском", "Place in Kazakh"),
        line(240),
    ),
    Column(
        "place_ru",
        _("Place in Russian"),
        ("Өткен жері орысша", "Место", "Place in Russian"),
        line(240),
    ),
    Column(
        "present",
        _("Who came"),
        ("Қатысқандар", "Присутствовали", "Who came"),
        hint=_("Names as in the composition, with semicolons between them"),
    ),
    Column(
        "excused",
        _("Who was excused"),
        ("Себебін айтқандар", "Отсутствовали по уважительной причине", "Who was excused"),
        hint=_("Names in the same way; whoever is in neither column was not there"),
    ),
    Column(
        "reason_kk",
        _("Why it was called off, in Kazakh"),
        ("Неге өтпеді", "Почему отменено, на казахском", "Why it was called off, in Kazakh"),
        line(300),
    ),
    Column(
        "reason_ru",
        _("Why it was called off, in Russian"),
        ("Неге өтпеді, орысша", "Почему отменено", "Why it was called off, in Russian"),
        line(300),
    ),
)
PLAN: Final = ("planned_on", "kind", "topic_kk", "topic_ru")
"""What the plan says; everything after it is what became of a meeting."""
FATE: Final = (
    "starts_at",
    "place_kk",
    "place_ru",
    "present",
    "excused",
    "reason_kk",
    "reason_ru",
)
NAMES: Final = {"present": Presence.PRESENT, "excused": Presence.EXCUSED}


@dataclass(slots=True)
class _Known:
    """What rows are compared with."""

    councils: Councils = field(default_factory=Councils)
    members: dict[int, list[Member]] = field(default_factory=dict)
    by_code: dict[str, Meeting] = field(default_factory=dict)
    by_what: dict[tuple[int, date, str], Meeting] = field(default_factory=dict)
    came: dict[int, dict[str, list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for member in Member.objects.order_by("name", "pk"):
            self.members.setdefault(member.council_id, []).append(member)
        for row in Meeting.objects.select_related("council").order_by("pk"):
            self.by_code[row.code] = row
            self.by_what[_what(row.council_id, vars(row))] = row
        self.came = _came()

    def meeting(self, values: Mapping[str, Any], council: Council) -> Meeting | None:
        """The meeting that a row speaks of, None for a new one. Raises: DomainError."""
        code = str(values.get("code", "")).strip().lower()
        if not code:
            return self.by_what.get(_what(council.pk, values))
        found = self.by_code.get(code)
        if found is None or found.council_id != council.pk:
            raise DomainError(_("No meeting of this council has this code."), field="code")
        return found


def _what(council: int, values: Mapping[str, Any]) -> tuple[int, date, str]:
    return council, values["planned_on"], skeleton(values["topic_kk"])


def _came() -> dict[int, dict[str, list[str]]]:
    """The names of those present and excused, by meeting and column: one question."""
    found: dict[int, dict[str, list[str]]] = {}
    columns = {presence: name for name, presence in NAMES.items()}
    rows = Attendance.objects.filter(presence__in=columns).order_by("member__name", "pk")
    for meeting, presence, name in rows.values_list("meeting", "presence", "member__name"):
        found.setdefault(meeting, {}).setdefault(columns[Presence(presence)], []).append(name)
    return found


def _told(row: Meeting, came: Mapping[str, list[str]]) -> dict[str, Any]:
    """A meeting as its row of the table says it, in values."""
    plain = {name: getattr(row, name) for name in (*PLAN, *FATE) if name not in NAMES}
    return {**plain, **{name: "; ".join(came.get(name, [])) for name in NAMES}}


def _presence(values: Mapping[str, Any], members: Sequence[Member]) -> dict[int, str]:
    """Everybody who sat in the council on the day, with what the row says. Raises: DomainError."""
    day = timezone.localdate(values["starts_at"])
    seated = [row for row in members if sits(row.first_on, row.until_on, day)]
    found = {row.pk: Presence.ABSENT.value for row in seated}
    for column, presence in NAMES.items():
        for name in _names(values.get(column, "")):
            fits = [row for row in seated if skeleton(row.name) == skeleton(name)]
            if len(fits) != 1:
                sentence = _("Not one member of the council on this day has this name: %(name)s.")
                raise DomainError(sentence, field=column, params={"name": name})
            if found[fits[0].pk] != Presence.ABSENT:
                sentence = _("This name stands here twice: %(name)s.")
                raise DomainError(sentence, field=column, params={"name": name})
            found[fits[0].pk] = presence.value
    return found


def _names(text: str) -> list[str]:
    return [name for part in text.split(";") if (name := " ".join(part.split()))]


def _past(values: Mapping[str, Any], members: Sequence[Member]) -> Past | None:
    """What became of the meeting; None while it stands in the plan. Raises: DomainError."""
    starts_at = values.get("starts_at")
    given = {name: values.get(name, "") for name in FATE if name != "starts_at"}
    if not any(given.values()) and starts_at is None:
        return None
    places = {name: given[name] for name in ("place_kk", "place_ru")}
    reasons = {name: given[name] for name in ("reason_kk", "reason_ru")}
    if any(reasons.values()):
        if starts_at or any(given[name] for name in NAMES):
            raise DomainError(_("Was it held, or called off? Both cannot be."), field="reason_kk")
        if not given["reason_kk"]:
            raise DomainError(_("Say in Kazakh why."), field="reason_kk")
        return Past(None, {}, **places, **reasons)
    if starts_at is None:
        raise DomainError(_("Write the day and the time: 31.12.2026 10:00."), field="starts_at")
    if starts_at > clock.now():
        sentence = _("This is still to come: members are invited at the desk, not by a table.")
        raise DomainError(sentence, field="starts_at")
    if not given["present"]:
        raise DomainError(_("Say who came."), field="present")
    return Past(starts_at, _presence(values, members), **places)


def compare(records: Sequence[Record]) -> Iterator[Change]:
    """What each row would do; what became of a meeting is never changed by a table."""
    known = _Known()
    for record in records:
        try:
            yield _compared(record, known)
        except DomainError as error:
            label = str(record.values["topic_kk"])
            fault = Fault(error.field, error.message)
            yield Change(record, ChangeKind.PROBLEM, "", label, faults=(fault,))


def _compared(record: Record, known: _Known) -> Change:
    council = known.councils.find(str(record.values["council"]))
    row, label = known.meeting(record.values, council), str(record.values["topic_kk"])
    if row is None:
        _refuse(council, record.values, known)
        key = "|".join(map(str, _what(council.pk, record.values)))
        return Change(record, ChangeKind.NEW, key, label)
    before = _told(row, known.came.get(row.pk, {}))
    differences = tuple(
        Difference(name, _shown(name, before[name]), _shown(name, record.values[name]))
        for name in (*PLAN, *FATE)
        if name in record.values and _key(name, before[name]) != _key(name, record.values[name])
    )
    if not differences:
        return Change(record, ChangeKind.UNCHANGED, row.code, label)
    if row.stage != MeetingStage.PLANNED:
        sentence = _("This meeting is past its plan. Write what is to change at the desk.")
        raise DomainError(sentence, field=differences[0].column)
    _refuse(council, record.values, known)
    return Change(record, ChangeKind.CHANGED, row.code, label, differences)


def _refuse(council: Council, values: Mapping[str, Any], known: _Known) -> None:
    """Refuse what the desk would refuse. Raises: DomainError."""
    if not sits(council.first_on, council.until_on, values["planned_on"]):
        raise DomainError(_("The council does not exist on this day."), field="planned_on")
    _past(values, known.members.get(council.pk, []))


def _key(name: str, value: Any) -> Any:  # noqa: ANN401 - model values
    """A value for comparing; names in any order, a moment to the minute."""
    if name in NAMES:
        return sorted(map(skeleton, _names(value)))
    if isinstance(value, datetime):
        return value.replace(second=0, microsecond=0)
    return value or None


def _shown(name: str, value: Any) -> Any:  # noqa: ANN401 - model values
    """A value as people read it."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return str(MeetingKind(value).label) if name == "kind" and value else value or ""


def apply(actor: Actor, changes: Sequence[Change], progress: Progress) -> int:
    """Write the rows, each by the services of the desk."""
    known = _Known()
    for done, change in enumerate(changes, 1):
        values = change.record.values
        council = known.councils.find(str(values["council"]))
        row = known.meeting(values, council)
        before = {name: getattr(row, name) for name in PLAN} if row else {}
        plan = {"kind": MeetingKind.MEETING, "topic_ru": "", **before}
        take_over_meeting(
            actor=actor,
            council=council,
            fields={**plan, **{name: values[name] for name in PLAN if name in values}},
            past=_past(values, known.members.get(council.pk, [])),
            meeting=row,
        )
        if done % EVERY == 0 or done == len(changes):
            progress(done, len(changes))
    return len(changes)


def export() -> Iterator[Mapping[str, Any]]:
    """Every meeting, those of the plan too, in the active language's words."""
    came = _came()
    rows = Meeting.objects.select_related("council").order_by("council", "planned_on", "pk")
    for row in rows.iterator(1_000):
        told = _told(row, came.get(row.pk, {}))
        yield {
            **told,
            **{name: _shown(name, told[name]) for name in ("kind", "starts_at")},
            "code": row.code,
            "council": row.council.code,
        }


IMPORTER: Final = Importer(
    code="council-meetings",
    label=_("Plans and meetings of councils"),
    action=IMPORT,
    columns=COLUMNS,
    compare=compare,
    apply=apply,
    export=export,
    max_rows=5_000,
    sentence=_(
        "A row is a meeting: of the year's plan, or of an earlier year with who came. The "
        "composition is taken in first. What was held is marked as taken over; its items, votes "
        "and minutes are written at the desk, and who came is public with the minutes."
    ),
    back="councils_desk",
)
