"""A step of a recommendation as plain data, and what all steps together say."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from baqylau.councils.taxonomy import State, StepKind

Value = str | int | bool | date | None


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened on a day. `finding` is what an answer, or a check on the spot, came to.

    `until_on` is the promised day, or that of the hearing. `due_on` is the last day of the term
    that the step ends, as it was counted when the step was written down. `said` is the digest of
    the public words, and `role` whose check it was; `target` the step that is struck out.
    """

    number: int
    kind: str
    on: date
    finding: str = ""
    until_on: date | None = None
    due_on: date | None = None
    role: str = ""
    said: str = ""
    target: int | None = None

    def payload(self) -> dict[str, Value]:
        """What the journal holds of it: everything that is said."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in told.items() if value not in ("", None)}


@dataclass(frozen=True, slots=True)
class Picture:
    """What the steps of a recommendation add up to.

    `answered` is the answer that holds, `first_answer` the one that ended the term. `promises` are
    all days that were promised, the last one holds. `last_on` is the latest day.
    """

    state: State = State.WRITTEN
    written_on: date | None = None
    sent: Fact | None = None
    received: Fact | None = None
    notice: Fact | None = None
    hearing: Fact | None = None
    silence: Fact | None = None
    first_answer: Fact | None = None
    answered: Fact | None = None
    promises: tuple[Fact, ...] = ()
    executed: Fact | None = None
    verified: Fact | None = None
    withdrawn: Fact | None = None
    last_on: date | None = None

    @property
    def promised_on(self) -> date | None:
        """The day for which it is promised now."""
        return self.promises[-1].until_on if self.promises else None

    @property
    def is_accepted(self) -> bool:
        """Whether the answer that holds accepts it, whole or in part."""
        return bool(self.answered and self.answered.finding in (State.ACCEPTED, State.PARTLY))


def standing(facts: Iterable[Fact]) -> list[Fact]:
    """The steps that hold: without those that were struck out, and without the striking."""
    facts = list(facts)
    struck = {fact.target for fact in facts if fact.kind == StepKind.STRUCK}
    return [fact for fact in facts if fact.kind != StepKind.STRUCK and fact.number not in struck]


def _sent(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, state=State.SENT, sent=fact)


def _received(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, received=fact)


def _notice(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, notice=fact, hearing=None)


def _hearing(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, hearing=fact)


def _silence(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, state=State.SILENT, silence=fact)


def _answered(picture: Picture, fact: Fact) -> Picture:
    """A refusal takes earlier promises back; a day named with the answer is a promise."""
    is_refused = fact.finding == State.REFUSED
    kept = () if is_refused else picture.promises
    return replace(
        picture,
        state=State(fact.finding),
        first_answer=picture.first_answer or fact,
        answered=fact,
        promises=(*kept, fact) if fact.until_on else kept,
    )


def _promised(picture: Picture, fact: Fact) -> Picture:
    """A promise after a dispute begins the wait anew."""
    state = State(picture.answered.finding) if picture.answered else picture.state
    return replace(picture, state=state, promises=(*picture.promises, fact), executed=None)


def _executed(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, state=State.EXECUTED, executed=fact)


def _verified(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, state=State(fact.finding), verified=fact)


def _withdrawn(picture: Picture, fact: Fact) -> Picture:
    return replace(picture, state=State.WITHDRAWN, withdrawn=fact)


TURNS: Mapping[str, Callable[[Picture, Fact], Picture]] = {
    StepKind.SENT: _sent,
    StepKind.RECEIVED: _received,
    StepKind.NOTICE: _notice,
    StepKind.HEARING: _hearing,
    StepKind.SILENCE: _silence,
    StepKind.ANSWERED: _answered,
    StepKind.PROMISED: _promised,
    StepKind.EXECUTED: _executed,
    StepKind.VERIFIED: _verified,
    StepKind.WITHDRAWN: _withdrawn,
}


def turn(picture: Picture, fact: Fact) -> Picture:
    """The picture after one more step."""
    return replace(TURNS[fact.kind](picture, fact), last_on=fact.on)


def picture_of(written_on: date, facts: Iterable[Fact]) -> Picture:
    """What all steps say, those struck out left aside."""
    picture = Picture(written_on=written_on)
    for fact in standing(facts):
        picture = turn(picture, fact)
    return picture
