"""What happens at each visit: who comes, what about, what is answered, how it ends."""

import random
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol

from baqylau.casework.models import Case
from baqylau.casework.taxonomy import ContactKind
from baqylau.institutions.models import Institution, PointKind
from baqylau.kernel.access import Actor
from baqylau.reception.models import Consultation
from baqylau.reception.services.bulk import Made, attach
from baqylau.reception.taxonomy import Channel, Origin, Part, Result
from baqylau.reception.training.drawing import Table, table
from baqylau.reception.training.rhythm import Slot
from baqylau.reception.training.waiting import Waiting
from baqylau.reception.training.world import World

LANGUAGES = table({"kk": 70, "ru": 28, "en": 2})
CHANNELS = table({"walk_in": 62, "phone": 17, "booked": 11, "messenger": 8, "paper": 2})
KINDS = table(
    {
        ContactKind.INFORMATION.value: 62,
        ContactKind.SERVICE_FAILURE.value: 21,
        ContactKind.MISCONDUCT.value: 6.5,
        ContactKind.CORRUPTION.value: 2.5,
        ContactKind.WASTE.value: 1.5,
        ContactKind.PROPOSAL.value: 2.5,
        ContactKind.OUT_OF_SCOPE.value: 4,
    }
)
PARTS = table(
    {"documents": 30, "term": 18, "where": 15, "answer": 15, "fee": 10, "refused": 7, "other": 5}
)
RESULTS: Mapping[str, Table[str]] = {
    ContactKind.INFORMATION: table({"advised": 88, "directed": 8, "solved": 3, "unanswered": 1}),
    ContactKind.SERVICE_FAILURE: table(
        {"advised": 42, "solved": 24, "directed": 17, "call_back": 14, "unanswered": 3}
    ),
    ContactKind.MISCONDUCT: table({"advised": 48, "directed": 38, "call_back": 14}),
    ContactKind.WASTE: table({"advised": 60, "directed": 40}),
    ContactKind.PROPOSAL: table({"advised": 70, "directed": 30}),
    ContactKind.OUT_OF_SCOPE: table({"directed": 80, "advised": 20}),
}
RELATIONS = table(
    {"parent": 24, "child": 22, "spouse": 18, "grandchild": 10, "sibling": 8, "neighbour": 8}
    | {"proxy": 6, "guardian": 4}
)
ABOUT_A_BODY = {ContactKind.INFORMATION: 0.85, ContactKind.PROPOSAL: 0.5}
WITHOUT_TEXT: Final = 0.35
"""Share of plain information that is saved with one key, without a word."""
KNOWN: Final = 0.15
"""Share of the visits whose visitor agrees to be known."""
AGAIN: Final = 0.2
"""Share of those who were known before, about something else."""
BACK: Final = 0.13
"""Share of the visits about a problem that somebody came with before."""
SHEETS: Final = 0.03
"""Share that is typed from paper, some days after."""
SPAN: Final = timedelta(days=45)
"""Within which somebody comes back about a problem."""


class Visitors(Protocol):
    """Who agreed to be known."""

    def new(self, actor: Actor, moment: datetime, language: str) -> str:
        """Somebody agrees for the first time; returns the opaque key, "" if nobody may ask yet."""

    def again(self, actor: Actor, moment: datetime, key: str) -> None:
        """Somebody known comes again."""


@dataclass(slots=True)
class Town:
    """Draws one visit after another, remembering who came lately."""

    world: World
    chance: random.Random
    visitors: Visitors
    cases: Waiting
    until: datetime
    firsts: deque[Consultation] = field(default_factory=lambda: deque(maxlen=400))
    known: deque[tuple[str, str]] = field(default_factory=lambda: deque(maxlen=400))
    number: int = 0

    def visits(self, slots: Iterator[Slot]) -> Iterator[Made]:
        """A visit for each slot; the day's cases begin with the first ones."""
        for slot in slots:
            self.number += 1
            if (case := self.cases.pop(slot.day)) is not None:
                yield self._with_case(slot, case)
            elif self.firsts and self.chance.random() < BACK:
                yield self._back(slot)
            else:
                yield self._new(slot)

    def _new(self, slot: Slot) -> Made:
        chance, world = self.chance, self.world
        kind = KINDS.draw(chance)
        if kind == ContactKind.CORRUPTION:
            return self._money(slot)
        place = world.place(chance, slot.room, slot.day)
        service = None
        is_unlisted = False
        if kind not in (ContactKind.OUT_OF_SCOPE, ContactKind.PROPOSAL, ContactKind.WASTE):
            is_unlisted = chance.random() < 0.03
            service = None if is_unlisted else world.services[slot.day.month].draw(chance)
        code = service.code if service else ""
        row = self._row(
            slot,
            kind=kind,
            territory=place,
            service=service,
            is_unlisted=is_unlisted,
            body=self._body(kind, code, place.pk),
            part=PARTS.draw(chance) if service else Part.OTHER.value,
            language=LANGUAGES.draw(chance),
            result=RESULTS[kind].draw(chance),
        )
        self._meet(row, slot, 1.0 if row.result == Result.CALL_BACK else KNOWN)
        self.firsts.append(row)
        return Made(row, self._call_on(row))

    def _money(self, slot: Slot) -> Made:
        """Somebody was asked for money: that they came is all that is kept."""
        row = self._row(
            slot,
            kind=ContactKind.CORRUPTION.value,
            territory=self.world.place(self.chance, slot.room, slot.day),
            service=None,
            is_unlisted=False,
            body=None,
            part=Part.OTHER.value,
            language=LANGUAGES.draw(self.chance),
            result=Result.SAFE_CHANNEL.value,
        )
        return Made(row)

    def _back(self, slot: Slot) -> Made:
        """Somebody of the last weeks comes again with the same problem."""
        first = self.firsts[self.chance.randrange(len(self.firsts))]
        if slot.day - first.held_on > SPAN:
            return self._new(slot)
        row = self._row(
            slot,
            kind=first.kind,
            territory=first.territory,
            service=first.service,
            is_unlisted=first.is_unlisted,
            body=first.body,
            part=PARTS.draw(self.chance) if first.service else Part.OTHER.value,
            language=first.language,
            result=RESULTS[first.kind].draw(self.chance),
        )
        attach(row, continues=first).contact = first.contact
        row.agreed_to_call, row.acted_as = first.agreed_to_call, first.acted_as
        if row.contact:
            self.visitors.again(Actor(row.author), slot.moment, row.contact)
        return Made(row, self._call_on(row))

    def _with_case(self, slot: Slot, case: Case) -> Made:
        """Somebody for whom a case is opened."""
        room = case.room if case.room and case.room.kind == PointKind.RECEPTION else slot.room
        row = self._row(
            Slot(slot.day, slot.moment, room),
            kind=case.kind,
            territory=case.territory,
            service=case.service,
            is_unlisted=False,
            body=case.body,
            part=Part.REFUSED.value,
            language=LANGUAGES.draw(self.chance),
            result=Result.CASE.value,
        )
        row.author = case.person or row.author
        self._meet(row, slot, KNOWN * 4)
        return Made(row, None, case)

    def _row(self, slot: Slot, **said: Any) -> Consultation:  # noqa: ANN401 - columns
        chance, service = self.chance, said["service"]
        is_away = slot.room.kind == PointKind.TRAVELLING
        recorded_at, origin = slot.moment, Origin.TRAINING.value
        if chance.random() < SHEETS:
            origin = Origin.SHEET.value
            later = slot.moment + timedelta(days=chance.randrange(1, 6), minutes=20)
            recorded_at = min(later, self.until)
        related = {name: said.pop(name) for name in ("territory", "service", "body")}
        row = Consultation(
            idempotency_key=f"training:{self.number:09}",
            author=self.world.people.draw(chance).key,
            origin=origin,
            held_on=slot.day,
            recorded_at=recorded_at,
            channel=Channel.WALK_IN.value if is_away else CHANNELS.draw(chance),
            answer=self._answer(said["kind"], said["part"], said["language"]),
            **said,
        )
        card = self.world.cards.get(service.pk) if service else None
        return attach(row, room=slot.room, card=card, continues=None, case=None, **related)

    def _answer(self, kind: str, part: str, language: str) -> str:
        """One sentence, sometimes two; nothing at all where money was asked.

        Advisers note a talk in its own language, an English one in Kazakh.
        """
        if kind == ContactKind.CORRUPTION:
            return ""
        chance, texts = self.chance, self.world.answers
        if kind == ContactKind.INFORMATION and chance.random() < WITHOUT_TEXT:
            return ""
        language = "ru" if language == "ru" else "kk"
        found = texts.get((language, kind)) or texts[language, part]
        said = [found[chance.randrange(len(found))]]
        if chance.random() < 0.1:
            more = texts[language, PARTS.draw(chance)]
            said.append(more[chance.randrange(len(more))])
        return "\n".join(dict.fromkeys(said))

    def _body(self, kind: str, service: str, district: str) -> Institution | None:
        """The office that the visit is about; plain questions are not always about one."""
        if self.chance.random() >= ABOUT_A_BODY.get(ContactKind(kind), 0.92):
            return None
        if kind == ContactKind.OUT_OF_SCOPE:
            return None
        wanted = self.world.body_kinds.get(service, "akimat")
        bodies = self.world.bodies
        found = bodies.get((wanted, district)) or bodies.get((wanted, ""))
        return found.draw(self.chance) if found else None

    def _meet(self, row: Consultation, slot: Slot, share: float = KNOWN) -> None:
        """Whether the visitor agrees to be known, comes for another, may be called."""
        chance = self.chance
        if chance.random() < 0.06:
            row.acted_as = RELATIONS.draw(chance)
        if chance.random() >= share:
            return
        actor = Actor(row.author)
        if self.known and chance.random() < AGAIN:
            row.contact, row.language = self.known[chance.randrange(len(self.known))]
            row.answer = self._answer(row.kind, row.part, row.language)
            self.visitors.again(actor, slot.moment, row.contact)
        else:
            row.contact = self.visitors.new(actor, slot.moment, row.language)
            if not row.contact:
                return
            self.known.append((row.contact, row.language))
        row.agreed_to_call = chance.random() < 0.7

    def _call_on(self, row: Consultation) -> date | None:
        """The day of a promised call; nobody promises one to somebody who leaves no phone."""
        if row.result != Result.CALL_BACK:
            return None
        if not row.contact:
            row.result = Result.ADVISED
            return None
        return row.held_on + timedelta(days=self.chance.randrange(1, 15))
