"""The terms of law that run in a case, counted from its steps.

Source: Administrative Procedural and Process-Related Code, articles 65, 76, 91, 92, 99, 136; Law on
Public Services, article 25; Law on Access to Information, article 11; Law on Public Control,
article 13; as `law` holds them. No lawyer has checked which step starts which term.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from baqylau.casework.rules.facts import Fact, Picture
from baqylau.casework.taxonomy import Procedure, Stage
from baqylau.law.calendar import Calendar
from baqylau.law.deadline import Deadline, compute
from baqylau.law.errors import LawError
from baqylau.law.extensions import Extension
from baqylau.law.rules import Rule, rule_on


class Law(Protocol):
    """Rules and calendar in force."""

    @property
    def rules(self) -> Sequence[Rule]:
        """Every version of every rule."""

    @property
    def calendar(self) -> Calendar:
        """The working calendar."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Which rules a procedure obeys: for the answer, for extending it, for complaining after it."""

    answer: str
    extension: str = ""
    complaint: str = "cmp.file"


TERMS: Mapping[str, Terms] = {
    Procedure.APPEAL: Terms("app.answer", "app.extend_max"),
    Procedure.PROVIDER: Terms("svc.complaint_provider"),
    Procedure.QUALITY: Terms("svc.complaint_quality_body"),
    Procedure.INFORMATION: Terms("info.answer", "info.extend"),
    Procedure.FINAL_DOCUMENT: Terms("pc.final_doc_answer", complaint=""),
}


class ClockKind(StrEnum):
    """What is counted."""

    ANSWER = "answer"
    COMPLAINT = "complaint"
    FORWARDING = "forwarding"
    DECISION = "decision"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class Clock:
    """One term of the case. `met_on` is the day of what it waited for; `is_ours`: we must act."""

    kind: ClockKind
    deadline: Deadline
    met_on: date | None
    is_running: bool
    is_ours: bool = False

    @property
    def was_missed(self) -> bool:
        """Whether what it waited for came after its last day."""
        return self.met_on is not None and self.met_on > self.deadline.due_on


def _count(rule: str, start: Fact, law: Law, extensions: Sequence[Fact] = ()) -> Deadline:
    named = TERMS[start.procedure].extension if start.procedure in TERMS else ""
    return compute(
        rule_on(law.rules, rule, start.on),
        start.on,
        law.calendar,
        extensions=[
            Extension(rule_on(law.rules, named, start.on), fact.on, fact.until)
            for fact in extensions
        ],
        after_hours=start.is_after_hours,
    )


def answer_deadline(picture: Picture, law: Law, *, is_strict: bool = False) -> Deadline | None:
    """Until when an answer is due; None before anything is filed, or where no law says.

    An extension that fitted when it was written down and fits no longer, because rule or calendar
    were changed since, is left out: the earlier day holds. `is_strict` refuses the last of them.
    Raises: LawError.
    """
    if picture.filed is None or picture.received is None:
        return None
    terms = TERMS[picture.filed.procedure]
    start = Fact(
        picture.received.number,
        picture.received.kind,
        picture.received.on,
        procedure=picture.filed.procedure,
        is_after_hours=picture.received.is_after_hours,
    )
    deadline, kept = _count(terms.answer, start, law), list[Fact]()
    for fact in picture.extensions:
        try:
            deadline = _count(terms.answer, start, law, [*kept, fact])
        except LawError as error:
            is_new = is_strict and fact is picture.extensions[-1]
            if is_new or not error.code.startswith("extension_"):
                raise
        else:
            kept.append(fact)
    return deadline


def _answer(picture: Picture, law: Law) -> Clock | None:
    deadline = answer_deadline(picture, law)
    if deadline is None:
        return None
    met_on = picture.answered.on if picture.answered else None
    return Clock(ClockKind.ANSWER, deadline, met_on, picture.stage == Stage.FILED)


def _complaint(picture: Picture, law: Law) -> Clock | None:
    """Three months from the answer or, without one, from the day that silence became a refusal."""
    rule = TERMS[picture.procedure].complaint if picture.procedure else ""
    begin = picture.answered.on if picture.answered else None
    if begin is None and picture.silence:
        due = answer_deadline(picture, law)
        begin = due.due_on if due else None
    if not rule or begin is None:
        return None
    return Clock(
        ClockKind.COMPLAINT,
        compute(rule_on(law.rules, rule, begin), begin, law.calendar),
        picture.complaint.on if picture.complaint else None,
        picture.stage in (Stage.ANSWERED, Stage.REFUSED),
        is_ours=True,
    )


def _forwarding(picture: Picture, law: Law) -> Clock | None:
    if picture.complaint is None:
        return None
    met = picture.forwarded or picture.decided
    return Clock(
        ClockKind.FORWARDING,
        _count("cmp.forward", picture.complaint, law),
        met.on if met else None,
        picture.stage == Stage.COMPLAINED and met is None,
    )


def _decision(picture: Picture, law: Law) -> Clock | None:
    if picture.forwarded is None:
        return None
    return Clock(
        ClockKind.DECISION,
        _count("cmp.decide", picture.forwarded, law),
        picture.decided.on if picture.decided else None,
        picture.stage == Stage.COMPLAINED,
    )


def _court(picture: Picture, law: Law) -> Clock | None:
    if picture.decided is None:
        return None
    return Clock(
        ClockKind.COURT,
        _count("court.file", picture.decided, law),
        picture.court.on if picture.court else None,
        picture.stage == Stage.DECIDED,
        is_ours=True,
    )


def clocks(picture: Picture, law: Law) -> list[Clock]:
    """Every term of the present round of the case, those that ended too, in their order.

    Raises: LawError when the calendar does not reach so far, or a rule is not in force.
    """
    made = (build(picture, law) for build in (_answer, _complaint, _forwarding, _decision, _court))
    return [clock for clock in made if clock is not None]


@dataclass(frozen=True, slots=True)
class Projection:
    """What lists show of a case: all of it follows from the steps, none of it from today."""

    stage: str
    body: str
    person: str
    procedure: str
    next_due_on: date | None
    is_unsure: bool
    outcome: str
    closed_on: date | None


def projection(picture: Picture, law: Law) -> Projection:
    """What lists show. Raises: LawError, as `clocks`."""
    running = [clock.deadline for clock in clocks(picture, law) if clock.is_running]
    nearest = min(running, key=lambda deadline: deadline.due_on, default=None)
    return Projection(
        stage=picture.stage.value,
        body=picture.body,
        person=picture.person,
        procedure=picture.procedure,
        next_due_on=nearest.due_on if nearest else None,
        is_unsure=bool(nearest and nearest.unconfirmed_years),
        outcome=picture.closed.outcome if picture.closed else "",
        closed_on=picture.closed.on if picture.closed else None,
    )
