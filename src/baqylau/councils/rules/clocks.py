"""The terms that run for a recommendation and for a final document, counted from what happened.

Source: Law on Public Control No 30-VIII of 02.10.2023, article 13; Law on Public Councils No 383-V
of 02.11.2015; Administrative Procedural and Process-Related Code, article 76, for letters; as `law`
holds them. No lawyer has checked which step starts which term.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from baqylau.councils.rules.steps import Fact, Picture
from baqylau.councils.taxonomy import WAITING, DocumentKind, State, StepKind
from baqylau.law.calendar import Calendar
from baqylau.law.deadline import Deadline, compute
from baqylau.law.rules import Rule, rule_on


class Law(Protocol):
    """Rules and calendar in force."""

    @property
    def rules(self) -> Sequence[Rule]:
        """Every version of every rule."""

    @property
    def calendar(self) -> Calendar:
        """The working calendar."""


ANSWER_RULES: Mapping[str, str] = {
    DocumentKind.FINAL: "pc.final_doc_answer",
    DocumentKind.COUNCIL: "council.answer",
    DocumentKind.LETTER: "app.answer",
}
"""The rule of an answer, by the kind of document in which the recommendation stands."""
SEND_RULE = "pc.final_doc_send"
NOTICE_RULE = "pc.hearing_notice"
ENDING = frozenset({StepKind.ANSWERED, StepKind.SILENCE})
"""Steps by which a term for an answer comes to its end."""


class ClockKind(StrEnum):
    """What is counted."""

    SENDING = "sending"
    ANSWER = "answer"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Clock:
    """A term of law. `met_on` is the day of what it waited for; `is_ours`: we must act."""

    kind: ClockKind
    deadline: Deadline
    met_on: date | None
    is_running: bool
    is_ours: bool = False

    @property
    def was_missed(self) -> bool:
        """Whether what it waited for came after its last day."""
        return self.met_on is not None and self.met_on > self.deadline.due_on


@dataclass(frozen=True, slots=True)
class PromiseClock:
    """The day that the body has named itself; `moves` is how often it named a later one.

    `was_missed`: reported as done after the day.
    """

    due_on: date
    promised_on: date
    moves: int
    met_on: date | None
    is_running: bool

    @property
    def was_missed(self) -> bool:
        """Whether it was reported as done after the day."""
        return self.met_on is not None and self.met_on > self.due_on


def _count(rule: str, start: date, law: Law) -> Deadline:
    return compute(rule_on(law.rules, rule, start), start, law.calendar)


def sending_clock(kind: str, completed_on: date, sent_on: date | None, law: Law) -> Clock | None:
    """Until when a final document must go out; None for what no law gives a term.

    `sent_on` is the day on which the last body was sent its own. Raises: LawError.
    """
    if kind != DocumentKind.FINAL:
        return None
    deadline = _count(SEND_RULE, completed_on, law)
    return Clock(ClockKind.SENDING, deadline, sent_on, sent_on is None, is_ours=True)


def answer_deadline(picture: Picture, kind: str, law: Law) -> Deadline | None:
    """Until when the body owes its answer; None while nobody knows when it arrived.

    Raises: LawError.
    """
    if picture.received is None:
        return None
    return _count(ANSWER_RULES[kind], picture.received.on, law)


def answer_clock(picture: Picture, kind: str, law: Law) -> Clock | None:
    """The term for the answer to this recommendation alone. Raises: LawError."""
    deadline = answer_deadline(picture, kind, law)
    if deadline is None:
        return None
    met_on = picture.first_answer.on if picture.first_answer else None
    return Clock(ClockKind.ANSWER, deadline, met_on, picture.state in WAITING)


def notice_clock(picture: Picture, law: Law) -> Clock | None:
    """The notice that the body owed before its hearing. Raises: LawError."""
    notice = picture.notice
    if notice is None or notice.until_on is None:
        return None
    deadline = _count(NOTICE_RULE, notice.until_on, law)
    return Clock(ClockKind.NOTICE, deadline, notice.on, is_running=False)


def promise_clock(picture: Picture) -> PromiseClock | None:
    """The day that the body has promised, if it has."""
    if not picture.promises:
        return None
    last = picture.promises[-1]
    if last.until_on is None:
        return None
    is_over = picture.state in {State.EXECUTED, State.CONFIRMED, State.WITHDRAWN, State.REFUSED}
    # What citizens found undone does not meet the promise, whatever the body has reported.
    is_met = picture.executed is not None and picture.state != State.DISPUTED
    met_on = picture.executed.on if picture.executed and is_met else None
    return PromiseClock(last.until_on, last.on, len(picture.promises) - 1, met_on, not is_over)


def clocks(picture: Picture, kind: str, law: Law) -> list[Clock]:
    """Every term of law of a recommendation, those that ended too. Raises: LawError."""
    made = (answer_clock(picture, kind, law), notice_clock(picture, law))
    return [clock for clock in made if clock is not None]


def with_term(picture: Picture, fact: Fact, kind: str, law: Law) -> Fact:
    """The step with the last day of the term that it ends; the first that ends it, no other.

    Raises: LawError.
    """
    if fact.kind not in ENDING or picture.first_answer or picture.silence:
        return fact
    deadline = answer_deadline(picture, kind, law)
    return replace(fact, due_on=deadline.due_on) if deadline else fact


@dataclass(frozen=True, slots=True)
class Projection:
    """What lists show of a recommendation: it follows from the steps, nothing of it from today."""

    state: str
    received_on: date | None
    due_on: date | None
    is_unsure: bool
    answered_on: date | None
    promised_on: date | None
    sent_on: date | None
    answer: str
    was_in_time: bool | None
    executed_on: date | None
    found: str


def _in_time(picture: Picture) -> bool | None:
    """Whether the term ended with an answer in time; None while it has not ended.

    What ended it first says so: an answer that comes after silence was noted changes nothing.
    """
    ended = picture.silence or picture.first_answer
    if ended is None or ended.due_on is None:
        return None
    return ended.kind == StepKind.ANSWERED and ended.on <= ended.due_on


def projection(picture: Picture, kind: str, law: Law) -> Projection:
    """What lists show. Raises: LawError."""
    answer, promise = answer_clock(picture, kind, law), promise_clock(picture)
    running = answer.deadline if answer and answer.is_running else None
    due_on = promise.due_on if promise and promise.is_running else None
    return Projection(
        state=picture.state.value,
        received_on=picture.received.on if picture.received else None,
        due_on=running.due_on if running else due_on,
        is_unsure=bool(running and running.unconfirmed_years),
        answered_on=picture.answered.on if picture.answered else None,
        promised_on=picture.promised_on,
        sent_on=picture.sent.on if picture.sent else None,
        answer=picture.answered.finding if picture.answered else "",
        was_in_time=_in_time(picture),
        executed_on=picture.executed.on if picture.executed else None,
        found=picture.verified.finding if picture.verified else "",
    )
