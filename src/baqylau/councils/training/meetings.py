"""A year of meetings: the plan, agendas, who came, votes, minutes; one cancelled, one moved."""

import csv
import random
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import Final

from baqylau.councils.models import AgendaItem, Council, Meeting, Presence
from baqylau.councils.queries.meetings import came, items, quorum
from baqylau.councils.queries.voting import ballots
from baqylau.councils.rules.voting import needed
from baqylau.councils.services.holding import note_attendance
from baqylau.councils.services.inviting import Call, invite
from baqylau.councils.services.minuting import publish_minutes, write_minutes
from baqylau.councils.services.planning import cancel_meeting, plan_meeting, save_item
from baqylau.councils.services.voting import close_item, record_votes
from baqylau.councils.training.councils import COUNCILS, body_of
from baqylau.councils.training.people import morning_of, somebody
from baqylau.kernel.access import Actor
from baqylau.kernel.roles import Role

AHEAD: Final = timedelta(days=16)
"""How long before a meeting people are invited."""
MOVED: Final = timedelta(days=3)
PLAN: Final = timedelta(days=360)
"""How long ago the plan was made."""
START: Final = time(10, 0)
"""Of a meeting, in UTC: the afternoon."""
PLACE: Final = ("Әкімдіктің мәжіліс залы (үлгі)", "Зал заседаний акимата (образец)")
REASON: Final = (
    "Мүшелердің көбі демалыста болғандықтан, отырыс күзге қалдырылды.",
    "Большинство членов в отпуске, заседание перенесено на осень.",
)
WORDS: Final = (
    (
        "Төраға отырысты ашып, күн тәртібін таныстырды. Мүшелер сұрақ қойып, жауап алды.",
        "Председатель представил повестку дня. Члены совета задали вопросы и получили ответы.",
    ),
    (
        "Баяндаманы тыңдағаннан кейін мүшелер мерзім мен жауапты адамдарды нақтылауды сұрады.",
        "После доклада члены совета попросили уточнить сроки и ответственных.",
    ),
    (
        "Отырысқа тұрғындар да қатысып, ұсыныстарын айтты. Ұсыныстар жазып алынды.",
        "На заседании присутствовали жители и высказали предложения. Предложения записаны.",
    ),
)


def bring(chance: random.Random, today: date) -> int:
    """Bring the meetings of both councils; returns their number."""
    actor = somebody(Role.SECRETARY)
    councils = {
        row[0]: Council.objects.filter(name_kk=row[2]).order_by("pk")[0] for row in COUNCILS
    }
    rows = list(_table("meetings.tsv"))
    for row in rows:
        _meeting(chance, actor, councils[row["council"]], row, today)
    return len(rows)


def _table(name: str) -> Iterator[Mapping[str, str]]:
    text = (files("baqylau.councils.training") / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines(), delimiter="\t")


def _working(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def _meeting(
    chance: random.Random, actor: Actor, council: Council, row: Mapping[str, str], today: date
) -> None:
    day = _working(today + timedelta(days=int(row["when"])))
    with morning_of(today - PLAN):
        fields: dict[str, object] = {name: row[name] for name in ("kind", "topic_kk", "topic_ru")}
        fields |= {"planned_on": day, "code": f"{chance.getrandbits(32):08x}"}
        made = plan_meeting(actor=actor, council=council, fields=fields)
        _agenda(actor, made, row["items"])
    if row["end"] == "planned":
        return
    if row["end"] == "cancelled":
        with morning_of(day - AHEAD):
            cancel_meeting(actor=actor, meeting=made, reason_kk=REASON[0], reason_ru=REASON[1])
        return
    moved = _invited(actor, made, day, today, is_moved=row["end"] == "moved")
    if row["end"] != "invited":
        _held(chance, actor, made, moved, row["end"])


def _agenda(actor: Actor, made: Meeting, key: str) -> None:
    for row in _table("items.tsv"):
        if row["items"] == key:
            fields: dict[str, object] = {name: row[name] for name in ("title_kk", "title_ru")}
            fields["institution"] = body_of(row["body"], made.council) if row["body"] else None
            fields["is_voted"] = row["voted"] == "1"
            save_item(actor=actor, meeting=made, fields=fields)


def _invited(actor: Actor, made: Meeting, day: date, today: date, *, is_moved: bool) -> date:
    """Invite, and move the meeting where it moved; returns the day on which it takes place."""
    on = min(day - AHEAD, today)
    days = [day, _working(day + MOVED)] if is_moved else [day]
    for seen, each in enumerate(days):
        with morning_of(on + timedelta(days=seen)):
            call = Call(datetime.combine(each, START, UTC), 120, *PLACE)
            invite(actor=actor, meeting=made, call=call, seen=seen)
    return days[-1]


def _held(chance: random.Random, actor: Actor, made: Meeting, day: date, end: str) -> None:
    with morning_of(day):
        made.refresh_from_db()
        note_attendance(actor=actor, meeting=made, presence=_presence(chance, made, end))
        made.refresh_from_db()
        texts = {row["title_kk"]: row for row in _table("items.tsv")}
        if quorum(came(made)).is_there:
            for item in items(made):
                _decided(chance, actor, made, item, texts[item.title_kk])
    if end == "unpublished":
        return
    with morning_of(day + timedelta(days=4)):
        made.refresh_from_db()
        words = chance.choice(WORDS)
        written = write_minutes(
            actor=actor,
            meeting=made,
            minutes_kk=words[0],
            minutes_ru=words[1],
            revision=made.revision,
        )
        publish_minutes(actor=actor, meeting=written, revision=written.revision)


def _presence(chance: random.Random, made: Meeting, end: str) -> dict[int, str]:
    """Who came: about four of five, and always a quorum unless the meeting fell short."""
    rows = came(made)
    least = needed(len(rows))
    number = least - 2 if end == "short" else chance.randint(least, len(rows))
    present = {row.member.pk for row in chance.sample(rows, number)}
    away = (Presence.EXCUSED, Presence.EXCUSED, Presence.ABSENT)
    return {
        row.member.pk: Presence.PRESENT if row.member.pk in present else chance.choice(away)
        for row in rows
    }


def _decided(
    chance: random.Random,
    actor: Actor,
    made: Meeting,
    item: AgendaItem,
    texts: Mapping[str, str],
) -> None:
    ballot = ballots(made, [item], came(made))[0]
    choices = {
        line.member.pk: chance.choices(("for", "against", "abstain"), (14, 2, 1))[0]
        for line in ballot.lines
        if line.why_not is None
    }
    if choices:
        record_votes(actor=actor, item=item, choices=choices)
    close_item(
        actor=actor,
        item=item,
        decision_kk=texts["decision_kk"],
        decision_ru=texts["decision_ru"],
    )
