"""How far a matter is, as its own resident may see it: no name, no service, nobody's free text."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from baqylau.casework.models import Case
from baqylau.casework.queries.cases import facts, steps_of
from baqylau.casework.queries.showing import ShownClock, StagePoint, shown_clock, stages
from baqylau.casework.rules.clocks import Law, clocks
from baqylau.casework.rules.facts import picture_of
from baqylau.casework.taxonomy import Outcome, Stage
from baqylau.law.dates import date_in_words
from baqylau.law.errors import LawError
from baqylau.law.sentences import BASIS, BASIS_NO_ARTICLE
from baqylau.law.words import reader
from baqylau.reception.models import Consultation, PrintedSlip
from baqylau.reception.queries.consultations import visits_about, whole
from baqylau.reception.words import DONE, LATE, NEXT_STAGE, NEXT_STEP


class State(StrEnum):
    """What there is to say about a number."""

    UNWRITTEN = "unwritten"
    STRUCK = "struck"
    ADVISED = "advised"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Term:
    """A running term in words: until when, how long that is, by which act."""

    shown: ShownClock
    due: str
    basis: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything that the status page says.

    `earlier_on` and `later_on` are days of the first and of the newest visit about the same
    problem, None when there is none but this; `is_uncounted`: the calendar does not reach to the
    end of a term yet.
    """

    number: str
    state: State
    on: date
    done: Any = ""
    then: Any = ""
    outcome: str = ""
    stages: tuple[StagePoint, ...] = ()
    terms: tuple[Term, ...] = ()
    is_uncounted: bool = False
    earlier_on: date | None = None
    later_on: date | None = None


def progress_at(year: int, serial: int, today: date, law: Law) -> Progress | None:
    """How far the matter of a number is; None for a number that was never given away."""
    row = whole().filter(year=year, serial=serial).first()
    if row is not None:
        return progress_of(row, today, law)
    slip = PrintedSlip.objects.filter(year=year, serial=serial).first()
    if slip is None:
        return None
    return Progress(str(slip), State.UNWRITTEN, slip.printed_on)


def progress_of(row: Consultation, today: date, law: Law) -> Progress:
    """How far the matter of a consultation is, with whatever came of its other visits."""
    if row.is_struck:
        return Progress(row.number, State.STRUCK, row.held_on)
    visits = visits_about(row)
    first, last = visits[0], visits[-1]
    earlier_on = first.held_on if first.pk != row.pk else None
    later_on = last.held_on if last.pk != row.pk else None
    cases = [visit.case for visit in visits if visit.case is not None]
    if not cases:
        return Progress(
            number=row.number,
            state=State.ADVISED,
            on=row.held_on,
            done=DONE[last.result],
            then=NEXT_STEP[last.result],
            earlier_on=earlier_on,
            later_on=later_on,
        )
    found, is_uncounted = terms_of(cases[-1], today, law)
    picture = picture_of(facts(steps_of(cases[-1])))
    is_late = picture.stage == Stage.FILED and any(term.shown.is_late for term in found)
    return Progress(
        number=row.number,
        state=State.CASE,
        on=row.held_on,
        done=DONE[row.result],
        then=LATE if is_late else NEXT_STAGE[picture.stage],
        outcome=str(Outcome(picture.closed.outcome).label) if picture.closed else "",
        stages=stages(picture),
        terms=found,
        is_uncounted=is_uncounted,
        earlier_on=earlier_on,
        later_on=later_on,
    )


def terms_of(case: Case, today: date, law: Law) -> tuple[tuple[Term, ...], bool]:
    """The running terms of a case, the nearest first, and whether one could not be counted."""
    try:
        running = [
            shown_clock(clock, today, law)
            for clock in clocks(picture_of(facts(steps_of(case))), law)
            if clock.is_running
        ]
    except LawError:
        return (), True
    running.sort(key=lambda shown: shown.clock.deadline.due_on)
    return tuple(_term(shown) for shown in running), False


def _term(shown: ShownClock) -> Term:
    language = reader.language()
    rule = shown.clock.deadline.rule
    basis = BASIS if rule.article else BASIS_NO_ARTICLE
    return Term(
        shown,
        due=date_in_words(shown.clock.deadline.due_on, language),
        basis=basis.fill(language, act=rule.act.in_language(language), article=rule.article),
    )
