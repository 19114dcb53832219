"""A case as its page shows it: stages, clocks with their reasons, what may follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from baqylau.casework.models import Case, Step
from baqylau.casework.queries.cases import facts, present_heir, steps_of
from baqylau.casework.queries.listing import names
from baqylau.casework.rules.advice import due_next
from baqylau.casework.rules.clocks import Clock, Law, clocks
from baqylau.casework.rules.facts import HOUSEKEEPING, Picture, picture_of
from baqylau.casework.rules.refusals import next_kinds
from baqylau.casework.taxonomy import DOING, Stage, StepKind
from baqylau.institutions.models import Institution
from baqylau.law.explain import account, caveats, standing_in_words
from baqylau.law.standing import State, remaining
from baqylau.law.words import reader


@dataclass(frozen=True, slots=True)
class ShownClock:
    """A term in words: its name, its last day, how it stands, how it was counted."""

    clock: Clock
    name: str
    standing: str
    is_late: bool
    account: tuple[str, ...]
    caveats: tuple[str, ...]

    @property
    def due_on(self) -> date:
        """Its last day."""
        return self.clock.deadline.due_on

    @property
    def met_on(self) -> date | None:
        """When what was owed came; None when it has not."""
        return self.clock.met_on

    @property
    def was_missed(self) -> bool:
        """Whether it came too late."""
        return self.clock.was_missed

    @property
    def is_unsure(self) -> bool:
        """Whether a calendar that is not confirmed yet may move it."""
        return bool(self.clock.deadline.unconfirmed_years)

    @property
    def is_checked(self) -> bool:
        """Whether a lawyer has checked its rule."""
        return self.clock.deadline.is_verified


@dataclass(frozen=True, slots=True)
class StagePoint:
    """A point of the line of stages; `on` is None for what has not happened."""

    label: object
    on: date | None
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step with whoever wrote it; `is_struck`: it does not hold any more.

    `is_earlier`: it was filed before the case was opened here.
    """

    step: Step
    by: str
    to: str
    is_struck: bool
    can_be_struck: bool
    is_earlier: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A step that may be taken: its code, and what the adviser does by it."""

    kind: StepKind
    label: Any


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that the page of a case shows."""

    case: Case
    person: str
    stages: tuple[StagePoint, ...]
    clocks: tuple[ShownClock, ...]
    steps: tuple[ShownStep, ...]
    due_move: Move | None
    other_moves: tuple[Move, ...]
    heir: Institution | None
    is_body_gone: bool


def shown_clock(clock: Clock, today: date, law: Law) -> ShownClock:
    """A term in the reader's language."""
    language = reader.language()
    now = remaining(clock.deadline, today, law.calendar) if clock.is_running else None
    return ShownClock(
        clock,
        clock.deadline.rule.name.in_language(language),
        standing_in_words(now, language) if now else "",
        is_late=bool(now and now.state is State.OVERDUE),
        account=tuple(account(clock.deadline, language)),
        caveats=tuple(caveats(clock.deadline, language)),
    )


def stages(picture: Picture) -> tuple[StagePoint, ...]:
    """The line of stages: what happened with its days, then where the case stands now."""
    passed = [
        (StepKind.OPENED, picture.opened_on),
        *(
            (StepKind(fact.kind), fact.on)
            for fact in (
                picture.filed,
                picture.answered,
                picture.silence if not picture.answered else None,
                picture.complaint,
                picture.decided,
                picture.court,
                picture.closed,
            )
            if fact
        ),
    ]
    line = [StagePoint(kind.label, on) for kind, on in passed]
    if picture.stage != Stage.CLOSED:
        line.append(StagePoint(picture.stage.label, None, is_now=True))
    return tuple(line)


def page_of(case: Case, today: date, law: Law) -> CasePage:
    """The page of a case; a fixed number of queries."""
    rows = steps_of(case)
    picture = picture_of(facts(rows))
    counted = clocks(picture, law)
    due = due_next(picture, counted, today)
    moves = [Move(kind, DOING[kind]) for kind in next_kinds(picture)]
    known = names([case.person, *(row.actor for row in rows), *(row.person for row in rows)])
    body = case.body
    is_gone = bool(body and body.until_on and body.until_on <= today)
    return CasePage(
        case=case,
        person=known.get(case.person, case.person),
        stages=stages(picture),
        clocks=tuple(shown_clock(clock, today, law) for clock in counted),
        steps=tuple(_shown(rows, known, picture)),
        due_move=next((move for move in moves if move.kind == due), None),
        other_moves=tuple(move for move in moves if move.kind not in {due, *_too_early(counted)}),
        heir=present_heir(body) if body and is_gone else None,
        is_body_gone=is_gone,
    )


def _too_early(counted: Iterable[Clock]) -> set[StepKind]:
    """Silence while a term runs: it is offered first once the term is over, and refused before."""
    return {StepKind.SILENCE} if any(clock.is_running for clock in counted) else set()


def _shown(rows: list[Step], known: dict[str, str], picture: Picture) -> Iterable[ShownStep]:
    is_open, opened_on = picture.stage != Stage.CLOSED, picture.opened_on
    struck = {row.target for row in rows}
    held = [
        row.number
        for row in rows
        if row.number not in struck and StepKind(row.kind) not in HOUSEKEEPING
    ]
    last = max(held, default=0)
    for row in reversed(rows):
        is_last = row.number == last and (is_open or row.kind == StepKind.CLOSED)
        yield ShownStep(
            row,
            by=known.get(row.actor, ""),
            to=known.get(row.person, ""),
            is_struck=row.number in struck,
            can_be_struck=is_last,
            is_earlier=row.kind == StepKind.FILED and bool(opened_on and row.on < opened_on),
        )
