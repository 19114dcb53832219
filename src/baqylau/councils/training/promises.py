"""Thirty invented recommendations in every state over a year, with their documents and answers.

What happens to each is planned first; then everything is played through the services in the order
of its days, with the clock held at each.
"""

import csv
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files
from typing import Any, Final

from baqylau.casework.models import Case
from baqylau.councils.models import Council, Draft, FinalDocument, Meeting, Recommendation
from baqylau.councils.services import deliveries, documents, publishing, stepping
from baqylau.councils.training.people import morning_of, somebody
from baqylau.institutions.models import Institution
from baqylau.kernel.access import Actor
from baqylau.kernel.roles import Role

Row = Mapping[str, str]
SIGNED, SENT, ARRIVED, PUBLISHED = 2, 3, 5, 6
"""Days after the control: signed, sent, arrived, published."""
UNSENT: Final = "unsent"
UNARRIVED: Final = "unarrived"
PLACE: Final = ("Тараз қаласы", "город Тараз")


@dataclass(frozen=True, slots=True)
class Planned:
    """A step to be: days after the arrival; `ahead` names the promised day, counted from today."""

    after: int
    kind: str
    finding: str = ""
    until: int | None = None
    ahead: int | None = None


_YES = Planned(9, "answered", "accepted", until=40)
_DONE = Planned(38, "executed")
FATES: Final[Mapping[str, tuple[Planned, ...]]] = {
    "accepted": (Planned(9, "answered", "accepted", ahead=60),),
    "kept": (Planned(10, "answered", "accepted", ahead=45),),
    "broken": (Planned(11, "answered", "accepted", until=30),),
    "moved": (
        Planned(8, "answered", "accepted", until=30),
        Planned(31, "promised", ahead=-6),
    ),
    "noday": (Planned(12, "answered", "accepted"),),
    "partly": (Planned(12, "answered", "partly", ahead=30),),
    "refused": (Planned(10, "answered", "refused"),),
    "late": (
        Planned(24, "silence"),
        Planned(33, "answered", "accepted", ahead=38),
    ),
    "silent": (Planned(25, "silence"),),
    "heard": (
        Planned(2, "notice", until=9),
        Planned(9, "hearing"),
        Planned(12, "answered", "accepted", ahead=20),
    ),
    "executed": (_YES, _DONE),
    "confirmed": (_YES, _DONE, Planned(52, "verified", "confirmed")),
    "disputed": (_YES, _DONE, Planned(52, "verified", "disputed")),
    "withdrawn": (Planned(4, "withdrawn"),),
    "overdue": (),
    "waiting": (),
    UNARRIVED: (),
    UNSENT: (),
}
"""What becomes of a recommendation, by a word of the table."""


@dataclass(slots=True)
class World:
    """Who acts, and what recommendations point to."""

    today: date
    secretary: Actor
    coordinator: Actor
    checker: Actor
    councils: Mapping[str, str]
    figure: str
    bodies: dict[str, Institution] = field(default_factory=dict)

    def body(self, kind: str) -> Institution:
        """The body of the kind that the year is about, in the city where there is one."""
        if kind not in self.bodies:
            rows = Institution.objects.filter(kind=kind, until_on=None).order_by("id")
            in_city = rows.filter(district__level="city").first()
            self.bodies[kind] = in_city or rows[0]
        return self.bodies[kind]


Event = tuple[date, int, Callable[[], object]]
"""A day, the order within it, and what is done."""


def bring(chance: random.Random, today: date) -> int:
    """Bring the documents, and what became of each recommendation; returns the recommendations."""
    world = _world(today)
    written = _table("recommendations.tsv")
    events: list[Event] = []
    for row in _table("documents.tsv"):
        mine = [each for each in written if each["document"] == row["key"]]
        events += _document(chance, world, row, mine, len(events))
    for day, _order, happen in sorted(events, key=lambda event: event[:2]):
        with morning_of(day):
            happen()
    return Recommendation.objects.count()


def _table(name: str) -> list[Row]:
    text = (files("baqylau.councils.training") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def _world(today: date) -> World:
    councils = Council.objects.order_by("pk").values_list("code", "institution__kind")
    by_body = {kind: code for code, kind in councils}
    first = {"akimat": by_body.get("akimat", ""), "education": by_body.get("state_body", "")}
    return World(
        today,
        somebody(Role.SECRETARY),
        somebody(Role.COORDINATOR),
        somebody(Role.ADVISER),
        first,
        f"casework.in_time {today.year - 1}-Q4",
    )


@dataclass(slots=True)
class _Made:
    """A document as far as it has been made."""

    row: FinalDocument | None = None
    recommendations: list[Recommendation] = field(default_factory=list)

    @property
    def code(self) -> str:
        """The code of what was made."""
        return self.row.code if self.row else ""


def _document(
    chance: random.Random, world: World, row: Row, mine: list[Row], order: int
) -> Iterator[Event]:
    """All that happens to a document and its recommendations."""
    made = _Made()
    done = world.today - timedelta(days=int(row["ago"]))
    signed = done + timedelta(days=SIGNED)
    code = f"{chance.getrandbits(32):08x}"
    yield signed, order, lambda: _write(world, made, row, mine, done, code)
    fates = {world.body(each["body"]).code: each["fate"] for each in mine}
    for place, (body, fate) in enumerate(fates.items(), start=1):
        if fate == UNSENT:
            continue
        yield done + timedelta(days=SENT), order + place, _sending(world, made, body)
        if fate != UNARRIVED:
            reference = f"ВХ-{chance.randrange(100, 999)}"
            arrived = done + timedelta(days=ARRIVED)
            yield arrived, order + place, _arriving(world, made, body, reference)
    if UNSENT not in fates.values():
        yield done + timedelta(days=PUBLISHED), order, _publishing(world, made)
    arrived = done + timedelta(days=ARRIVED)
    for place, each in enumerate(mine):
        for step in FATES[each["fate"]]:
            day = arrived + timedelta(days=step.after)
            yield day, order + 10 + place, _stepping(world, made, place, each, step, arrived)


def _write(world: World, made: _Made, row: Row, mine: list[Row], done: date, code: str) -> None:
    """Draft the document with its recommendations, and sign it."""
    texts = {name: text for name, text in row.items() if name.endswith(("_kk", "_ru"))}
    if row["kind"] == "final":
        texts |= {"place_kk": PLACE[0], "place_ru": PLACE[1]}
    said = documents.Written(
        kind=row["kind"],
        first_on=done - timedelta(days=14),
        completed_on=done,
        form=row["form"],
        signer="Айгүл Үлгібаева",
        council=world.councils.get(row["council"], ""),
        texts=texts,
    )
    draft = documents.write_document(actor=world.secretary, said=said, new_code=code)
    for number, each in enumerate(mine):
        origin, source = _source(world, each["origin"], row, done, number)
        documents.write_recommendation(
            actor=world.secretary,
            document=code,
            text_kk=each["text_kk"],
            text_ru=each["text_ru"],
            body=world.body(each["body"]).code,
            origin=origin,
            source=source,
        )
    made.row = documents.sign(actor=world.coordinator, code=code, revision=draft.revision)
    made.recommendations = list(Recommendation.objects.filter(document=made.row).order_by("order"))


def _source(world: World, origin: str, row: Row, done: date, number: int) -> tuple[str, str]:
    """Where it came from, never later than the control; else from the control itself."""
    council = world.councils.get(row["council"], "")
    found: str | None = None
    if origin == "figure":
        found = world.figure
    elif origin == "case":
        codes = Case.objects.filter(opened_on__lt=done).order_by("pk")
        found = codes.values_list("number", flat=True)[number : number + 1].first()
    elif origin == "meeting":
        day = world.today + timedelta(days=int(row["meeting"]))
        rows = Meeting.objects.filter(council__code=council, planned_on__gte=day)
        found = rows.order_by("planned_on").values_list("code", flat=True).first()
    elif origin == "comments":
        drafts = Draft.objects.filter(council__code=council, closes_on__lte=done)
        found = drafts.order_by("pk").values_list("code", flat=True).first()
    return (origin, found) if found else ("control", "")


def _sending(world: World, made: _Made, body: str) -> Callable[[], object]:
    def happen() -> None:
        day = made.recommendations[0].written_on + timedelta(days=SENT - SIGNED)
        deliveries.send(actor=world.coordinator, document=made.code, body=body, on=day)

    return happen


def _arriving(world: World, made: _Made, body: str, reference: str) -> Callable[[], object]:
    def happen() -> None:
        day = made.recommendations[0].written_on + timedelta(days=ARRIVED - SIGNED)
        deliveries.receive(
            actor=world.secretary, document=made.code, body=body, on=day, reference=reference
        )

    return happen


def _publishing(world: World, made: _Made) -> Callable[[], object]:
    def happen() -> None:
        revision = made.row.revision if made.row else 0
        publishing.publish_document(actor=world.coordinator, code=made.code, revision=revision)

    return happen


def _stepping(
    world: World, made: _Made, place: int, row: Row, step: Planned, arrived: date
) -> Callable[[], object]:
    def happen() -> None:
        details: dict[str, Any] = {}
        if step.finding:
            details["finding"] = step.finding
        if step.until is not None:
            details["until_on"] = arrived + timedelta(days=step.until)
        if step.ahead is not None:
            details["until_on"] = world.today + timedelta(days=step.ahead)
        stepping.record_step(
            actor=world.checker if step.kind == "verified" else world.secretary,
            number=made.recommendations[place].number or "",
            kind=step.kind,
            on=arrived + timedelta(days=step.after),
            said=_words(row, step.kind),
            **details,
        )

    return happen


def _words(row: Row, kind: str) -> dict[str, str]:
    """What everybody reads of the step."""
    if kind == "answered":
        return {"text_kk": row["answer_kk"], "text_ru": row["answer_ru"]}
    if kind == "verified":
        return {"text_kk": row["found_kk"]}
    if kind == "executed":
        return {
            "text_kk": "Ұсыным орындалды, растайтын құжат хатқа қоса берілді.",
            "text_ru": "Рекомендация исполнена, подтверждение приложено к письму.",
        }
    if kind == "promised":
        return {"text_kk": "Мердігер кешіккендіктен күні шегерілді."}
    return {}
