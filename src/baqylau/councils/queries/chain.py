"""A recommendation as its pages show it: stages, explained terms, steps, what may follow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from baqylau.casework.queries.listing import names
from baqylau.councils.models import Recommendation, Step
from baqylau.councils.queries.documents import clock_of, deliveries_of
from baqylau.councils.queries.recommendations import facts, kind_of, pictured, steps_of
from baqylau.councils.queries.said import Said, said
from baqylau.councils.rules.clocks import (
    Clock,
    ClockKind,
    Law,
    PromiseClock,
    clocks,
    promise_clock,
)
from baqylau.councils.rules.order import due_next, next_kinds
from baqylau.councils.rules.steps import Picture
from baqylau.councils.taxonomy import DOING, State, StepKind
from baqylau.kernel.roles import Role
from baqylau.law.explain import account, caveats, standing_in_words
from baqylau.law.standing import State as Standing
from baqylau.law.standing import remaining
from baqylau.law.words import reader
from baqylau.staff.labels import ROLE_LABELS


@dataclass(frozen=True, slots=True)
class ShownClock:
    """A term in words: its name, its last day, how it stands, how it was counted."""

    name: str
    due_on: date
    standing: str
    is_late: bool
    met_on: date | None
    was_missed: bool
    is_unsure: bool
    is_checked: bool
    account: tuple[str, ...]
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StagePoint:
    """A point of the line of stages; `on` is None for where it stands now."""

    label: object
    on: date | None
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step: what it came to, the public words, whoever wrote it (at the desk), whose check.

    `is_struck`: it does not hold any more; `why` is the reason.
    """

    step: Step
    finding: str
    words: Said
    by: str
    role: str
    is_struck: bool
    why: str
    can_be_struck: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A step that may be taken: its code, and what somebody does by it."""

    kind: StepKind
    label: Any


@dataclass(frozen=True, slots=True)
class Chain:
    """The whole chain of a recommendation. `overdue` are calendar days after the last day."""

    row: Recommendation
    text: Said
    stages: tuple[StagePoint, ...]
    clocks: tuple[ShownClock, ...]
    steps: tuple[ShownStep, ...]
    answer: ShownStep | None
    checks: tuple[ShownStep, ...]
    due_move: Move | None
    other_moves: tuple[Move, ...]
    overdue: int
    owner: str = ""


def overdue_days(row: Recommendation, today: date) -> int:
    """Calendar days since the last day of the running term; 0 while it runs."""
    return max(0, (today - row.due_on).days) if row.due_on else 0


def shown_clock(clock: Clock, today: date, law: Law) -> ShownClock:
    """A term of law in the reader's language."""
    language = reader.language()
    now = remaining(clock.deadline, today, law.calendar) if clock.is_running else None
    return ShownClock(
        clock.deadline.rule.name.in_language(language),
        clock.deadline.due_on,
        standing_in_words(now, language) if now else "",
        is_late=bool(now and now.state is Standing.OVERDUE),
        met_on=clock.met_on,
        was_missed=clock.was_missed,
        is_unsure=bool(clock.deadline.unconfirmed_years),
        is_checked=clock.deadline.is_verified,
        account=tuple(account(clock.deadline, language)),
        caveats=tuple(caveats(clock.deadline, language)),
    )


def _shown_promise(clock: PromiseClock, today: date) -> ShownClock:
    late = (today - clock.due_on).days if clock.is_running else 0
    told = [_("The body has named this day itself; no law sets it.")]
    if clock.moves:
        told.append(_("Times the day was moved: %(count)s.") % {"count": clock.moves})
    return ShownClock(
        _("The body's own promise"),
        clock.due_on,
        _("Days overdue: %(days)s.") % {"days": late} if late > 0 else "",
        is_late=late > 0,
        met_on=clock.met_on,
        was_missed=clock.was_missed,
        is_unsure=False,
        is_checked=True,
        account=tuple(told),
    )


def all_clocks(row: Recommendation, picture: Picture, law: Law) -> list[Clock]:
    """The terms of law: for sending the document, for the answer, for the notice of a hearing."""
    document = row.document
    sending = clock_of(document, deliveries_of(document), law) if document else None
    kept = [sending] if sending and sending.kind == ClockKind.SENDING else []
    return [*kept, *clocks(picture, kind_of(row), law)]


def stages(picture: Picture) -> tuple[StagePoint, ...]:
    """The line of stages: what happened with its days, then where it stands now."""
    passed = [
        picture.sent,
        picture.received,
        picture.hearing,
        picture.silence if not picture.first_answer else None,
        picture.answered,
        picture.executed,
        picture.verified,
        picture.withdrawn,
    ]
    line = [StagePoint(State.WRITTEN.label, picture.written_on)]
    line += [StagePoint(StepKind(fact.kind).label, fact.on) for fact in passed if fact]
    return (*line, StagePoint(picture.state.label, None, is_now=True))


def chain_of(row: Recommendation, today: date, law: Law, *, at_desk: bool = False) -> Chain:
    """The chain; a fixed number of queries."""
    rows = steps_of(row)
    picture = pictured(row, facts(rows))
    due = due_next(picture, row.due_on, today)
    moves = [Move(kind, DOING[kind]) for kind in next_kinds(picture) if kind in DOING]
    if row.document_id:
        moves = [move for move in moves if move.kind not in (StepKind.SENT, StepKind.RECEIVED)]
    known = names([row.owner, *(step.actor for step in rows)]) if at_desk else {}
    steps = tuple(_shown(rows, known))
    terms = [shown_clock(clock, today, law) for clock in all_clocks(row, picture, law)]
    promise = promise_clock(picture)
    answer = picture.answered.number if picture.answered else 0
    return Chain(
        row=row,
        text=said(row, "text"),
        stages=stages(picture),
        clocks=(*terms, *([_shown_promise(promise, today)] if promise else [])),
        steps=steps,
        answer=next((each for each in steps if each.step.number == answer), None),
        checks=tuple(each for each in steps if each.role and not each.is_struck),
        due_move=next((move for move in moves if move.kind == due), None),
        other_moves=tuple(move for move in moves if move.kind != due),
        overdue=overdue_days(row, today),
        owner=known.get(row.owner, ""),
    )


def _shown(rows: Sequence[Step], known: Mapping[str, str]) -> Iterator[ShownStep]:
    struck = {row.target: row for row in rows if row.kind == StepKind.STRUCK}
    held = [row.number for row in rows if row.kind != StepKind.STRUCK and row.number not in struck]
    last = max(held, default=0)
    for row in rows:
        if row.kind == StepKind.STRUCK:
            continue
        strike = struck.get(row.number)
        yield ShownStep(
            row,
            finding=str(State(row.finding).label) if row.finding else "",
            words=said(row, "text"),
            by=known.get(row.actor, ""),
            role=str(ROLE_LABELS[Role(row.role)]) if row.role else "",
            is_struck=strike is not None,
            why=strike.text_kk if strike else "",
            can_be_struck=row.number == last,
        )
