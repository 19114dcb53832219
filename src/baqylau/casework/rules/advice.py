"""Which step is due next: the one that the page of a case offers first."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from baqylau.casework.rules.clocks import Clock
from baqylau.casework.rules.facts import Picture
from baqylau.casework.taxonomy import Finding, Outcome, Stage, StepKind

Running = Clock | None


def due_next(picture: Picture, clocks: Sequence[Clock], today: date) -> StepKind | None:
    """The step that a case waits for on the day; None when it is closed.

    `clocks` are all of the case. Nothing is decided by it: every other step may be taken as well.
    """
    running = next((clock for clock in clocks if clock.is_running), None)
    choose = _CHOICES.get(picture.stage)
    return choose(picture, running, today) if choose else None


def is_doubtful(picture: Picture, outcome: str) -> bool:
    """Whether the outcome says something else than the steps do: asked once, then believed."""
    last = picture.decided or picture.reviewed
    finding = last.finding if last else ""
    match outcome:
        case Outcome.SOLVED | Outcome.ADVISED:
            return picture.filed is not None
        case Outcome.APPEAL_WON:
            is_won = finding in {Finding.GRANTED, Finding.PARTLY} or picture.court is not None
            return picture.filed is None or not is_won
        case Outcome.REASONED_REFUSAL:
            return finding == Finding.GRANTED
        case Outcome.SILENCE:
            return picture.answered is not None
        case _other:
            return False


def _is_over(running: Running, today: date) -> bool:
    return running is not None and running.deadline.due_on < today


def _filed(_picture: Picture, running: Running, today: date) -> StepKind:
    return StepKind.SILENCE if _is_over(running, today) else StepKind.ANSWERED


def _refused(_picture: Picture, running: Running, today: date) -> StepKind:
    """Where no law gives a complaint, or its window is over, nothing but closing is left."""
    is_open = running is not None and not _is_over(running, today)
    return StepKind.COMPLAINT if is_open else StepKind.CLOSED


def _complained(picture: Picture, _running: Running, _today: date) -> StepKind:
    return StepKind.DECIDED if picture.forwarded else StepKind.FORWARDED


def _decided(picture: Picture, running: Running, today: date) -> StepKind:
    is_won = picture.decided is not None and picture.decided.finding == Finding.GRANTED
    return StepKind.CLOSED if is_won or _is_over(running, today) else StepKind.COURT


def _always(kind: StepKind) -> Callable[[Picture, Running, date], StepKind]:
    return lambda _picture, _running, _today: kind


_CHOICES: Mapping[str, Callable[[Picture, Running, date], StepKind]] = {
    Stage.OPEN: _always(StepKind.FILED),
    Stage.FILED: _filed,
    Stage.ANSWERED: _always(StepKind.REVIEWED),
    Stage.REVIEWED: _always(StepKind.CLOSED),
    Stage.REFUSED: _refused,
    Stage.COMPLAINED: _complained,
    Stage.DECIDED: _decided,
    Stage.IN_COURT: _always(StepKind.CLOSED),
}
