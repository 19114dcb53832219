"""A step of a case as plain data, and what all steps together say."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from baqylau.casework.taxonomy import Finding, Stage, StepKind


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened on a day. `body` is an institution's code, `person` a colleague's opaque key.

    `until` is the day that an extension names; `target` the number of the step that is struck out.
    `due_on` is the last day of the term that the step ends, as it was counted when the step was
    written down; `body` is then the one that owed the answer.
    `reference` is the number of a letter; it is kept beside the journal, not in it.
    """

    number: int
    kind: str
    on: date
    procedure: str = ""
    body: str = ""
    is_after_hours: bool = False
    until: date | None = None
    due_on: date | None = None
    finding: str = ""
    outcome: str = ""
    evidence: str = ""
    person: str = ""
    target: int | None = None
    reference: str = ""

    def payload(self) -> dict[str, str | int | bool | date | None]:
        """What the journal holds of it: everything that is said, but for the letter's number."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        del said["reference"]
        return {name: value for name, value in said.items() if value not in ("", None, False)}


@dataclass(frozen=True, slots=True)
class Picture:
    """What the steps of a case add up to.

    `received_on` is the day on which the body that must answer got what was filed; it moves when
    that is redirected. `last_on` is the latest day of the procedure itself. `before_closing` is
    the stage to which a case returns that is opened again.
    """

    stage: Stage = Stage.OPEN
    opened_on: date | None = None
    body: str = ""
    person: str = ""
    filed: Fact | None = None
    received: Fact | None = None
    extensions: tuple[Fact, ...] = ()
    answered: Fact | None = None
    reviewed: Fact | None = None
    silence: Fact | None = None
    complaint: Fact | None = None
    forwarded: Fact | None = None
    decided: Fact | None = None
    court: Fact | None = None
    closed: Fact | None = None
    before_closing: Stage = Stage.OPEN
    last_on: date | None = None

    @property
    def procedure(self) -> str:
        """What was filed last, "" before anything is."""
        return self.filed.procedure if self.filed else ""


def standing(facts: Iterable[Fact]) -> list[Fact]:
    """The steps that hold: without those that were struck out, and without the striking."""
    facts = list(facts)
    struck = {fact.target for fact in facts if fact.kind == StepKind.STRUCK}
    return [fact for fact in facts if fact.kind != StepKind.STRUCK and fact.number not in struck]


def _opened(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, opened_on=fact.on, body=fact.body, person=fact.person)


def _filed(picture: Picture, fact: Fact) -> Picture:
    return Picture(
        stage=Stage.FILED,
        opened_on=picture.opened_on,
        body=fact.body or picture.body,
        person=picture.person,
        filed=fact,
        received=fact,
    )


def _redirected(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, body=fact.body, received=fact, extensions=())


def _extended(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, extensions=(*picture.extensions, fact))


def _answered(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, stage=Stage.ANSWERED, answered=fact)


def _reviewed(picture: Picture, fact: Fact) -> Picture:
    is_well = fact.finding == Finding.GRANTED
    return replace(picture, stage=Stage.REVIEWED if is_well else Stage.REFUSED, reviewed=fact)


def _silence(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, stage=Stage.REFUSED, silence=fact)


def _complaint(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, stage=Stage.COMPLAINED, complaint=fact, forwarded=None, decided=None)


def _forwarded(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, forwarded=fact)


def _decided(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, stage=Stage.DECIDED, decided=fact)


def _court(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, stage=Stage.IN_COURT, court=fact)


def _closed(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, stage=Stage.CLOSED, closed=fact, before_closing=picture.stage)


def _reopened(picture: Picture, _fact: Fact) -> Picture:
    return replace(picture, stage=picture.before_closing, closed=None)


def _assigned(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, person=fact.person)


def _moved(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, body=fact.body)


TURNS: Mapping[str, Callable[[Picture, Fact], Picture]] = {
    StepKind.OPENED: _opened,
    StepKind.FILED: _filed,
    StepKind.REDIRECTED: _redirected,
    StepKind.EXTENDED: _extended,
    StepKind.ANSWERED: _answered,
    StepKind.REVIEWED: _reviewed,
    StepKind.SILENCE: _silence,
    StepKind.COMPLAINT: _complaint,
    StepKind.FORWARDED: _forwarded,
    StepKind.DECIDED: _decided,
    StepKind.COURT: _court,
    StepKind.CLOSED: _closed,
    StepKind.REOPENED: _reopened,
    StepKind.ASSIGNED: _assigned,
    StepKind.MOVED: _moved,
}
HOUSEKEEPING = frozenset({StepKind.OPENED, StepKind.ASSIGNED, StepKind.MOVED, StepKind.STRUCK})
"""Steps of our own desk, whose days say nothing about the procedure."""


def turn(picture: Picture, fact: Fact) -> Picture:
    """The picture after one more step."""
    turned = TURNS[fact.kind](picture, fact)
    if fact.kind in HOUSEKEEPING:
        return turned
    return replace(turned, last_on=fact.on)


def picture_of(facts: Iterable[Fact]) -> Picture:
    """What all steps say, those struck out left aside."""
    picture = Picture()
    for fact in standing(facts):
        picture = turn(picture, fact)
    return picture
