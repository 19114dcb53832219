"""Which step may follow which, and days that cannot contradict each other."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baqylau.councils.rules.clocks import Law, answer_deadline
from baqylau.councils.rules.steps import Fact, Picture, standing, turn
from baqylau.councils.taxonomy import ANSWERS, CHECKS, State, StepKind
from baqylau.kernel.errors import DomainError
from baqylau.web.dates import said_day

_HEARD = frozenset({StepKind.NOTICE, StepKind.HEARING})
_AGREED = _HEARD | {
    StepKind.ANSWERED,
    StepKind.PROMISED,
    StepKind.EXECUTED,
    StepKind.VERIFIED,
    StepKind.WITHDRAWN,
}
ALLOWED: Mapping[str, frozenset[StepKind]] = {
    State.WRITTEN: frozenset({StepKind.SENT}),
    State.SENT: _HEARD
    | {StepKind.RECEIVED, StepKind.SILENCE, StepKind.ANSWERED, StepKind.WITHDRAWN},
    State.SILENT: _HEARD | {StepKind.ANSWERED, StepKind.WITHDRAWN},
    State.ACCEPTED: _AGREED,
    State.PARTLY: _AGREED,
    State.REFUSED: _HEARD | {StepKind.ANSWERED, StepKind.WITHDRAWN},
    State.EXECUTED: frozenset({StepKind.VERIFIED}),
    State.CONFIRMED: frozenset({StepKind.VERIFIED}),
    State.DISPUTED: frozenset({StepKind.PROMISED, StepKind.EXECUTED, StepKind.VERIFIED}),
    State.WITHDRAWN: frozenset(),
}


class StepRefusedError(DomainError):
    """The step contradicts what happened before."""

    code = "step_refused"


def next_kinds(picture: Picture) -> list[StepKind]:
    """The steps that may follow, in the order in which they usually come."""
    allowed = ALLOWED[picture.state]
    if picture.received:
        allowed -= {StepKind.RECEIVED}
    else:
        allowed -= {StepKind.SILENCE}
    if picture.hearing:
        allowed -= {StepKind.HEARING}
    return [kind for kind in StepKind if kind in allowed]


def due_next(picture: Picture, due_on: date | None, today: date) -> StepKind | None:
    """The step that the desk offers first; every other one may be taken as well."""
    is_over = due_on is not None and due_on < today
    if picture.state == State.SENT:
        if picture.received is None:
            return StepKind.RECEIVED
        return StepKind.SILENCE if is_over else StepKind.ANSWERED
    if picture.state in (State.ACCEPTED, State.PARTLY):
        if picture.promised_on is None:
            return StepKind.PROMISED
        return StepKind.VERIFIED if is_over else StepKind.EXECUTED
    return _NEXT.get(picture.state)


_NEXT: Mapping[str, StepKind] = {
    State.SILENT: StepKind.ANSWERED,
    State.EXECUTED: StepKind.VERIFIED,
    State.DISPUTED: StepKind.PROMISED,
}


def check(picture: Picture, fact: Fact, today: date, *, kind: str, law: Law) -> None:
    """Refuse a step that cannot follow, or whose day cannot be true.

    `kind` is that of the document. Raises: StepRefusedError; LawError.
    """
    if fact.kind not in next_kinds(picture):
        raise StepRefusedError(
            _("This step cannot follow now. The recommendation stands here: %(state)s."),
            params={"state": picture.state.label},
        )
    if fact.on > today:
        raise StepRefusedError(_("This day is in the future."), field="on")
    _check_order(picture, fact)
    if fact.kind in CHECK:
        CHECK[fact.kind](picture, fact, kind, law)


_BEFORE_WRITTEN: Mapping[str, Promise] = {
    StepKind.SENT: _("Nothing is sent before it is written. Day of the recommendation: %(day)s."),
    StepKind.ANSWERED: _(
        "An answer cannot come before the recommendation. Day of the recommendation: %(day)s."
    ),
}
_EARLIER: Promise = _("This day lies before the recommendation itself. Its day: %(day)s.")
_BEFORE_RECEIPT: Promise = _(
    "An answer cannot come before the body received the recommendation. Day of receipt: %(day)s."
)
_BEFORE_LAST: Promise = _("This day lies before the step that went before. Its day: %(day)s.")


def _check_order(picture: Picture, fact: Fact) -> None:
    written, received = picture.written_on, picture.received
    if written and fact.on < written:
        _refuse(_BEFORE_WRITTEN.get(fact.kind, _EARLIER), written)
    if fact.kind == StepKind.ANSWERED and received and fact.on < received.on:
        _refuse(_BEFORE_RECEIPT, received.on)
    if picture.last_on and fact.on < picture.last_on:
        _refuse(_BEFORE_LAST, picture.last_on)


def _refuse(message: Promise, day: date, field: str = "on") -> None:
    raise StepRefusedError(message, field=field, params={"day": said_day(day)})


def _check_silence(picture: Picture, fact: Fact, kind: str, law: Law) -> None:
    deadline = answer_deadline(picture, kind, law)
    if deadline and fact.on <= deadline.due_on:
        _refuse(
            _("The term has not passed yet. Last day for the answer: %(day)s."), deadline.due_on
        )


def _check_answer(_picture: Picture, fact: Fact, _kind: str, _law: Law) -> None:
    if fact.finding not in ANSWERS:
        raise StepRefusedError(_("Say what the answer comes to."), field="finding")
    if fact.until_on and fact.finding == State.REFUSED:
        raise StepRefusedError(_("What is refused is not promised for a day."), field="until_on")
    if fact.until_on and fact.until_on < fact.on:
        _refuse(
            _("A promise cannot be for a day before it. Its day: %(day)s."), fact.on, "until_on"
        )


def _check_promise(_picture: Picture, fact: Fact, _kind: str, _law: Law) -> None:
    if fact.until_on is None:
        raise StepRefusedError(_("Say for which day it is promised."), field="until_on")
    if fact.until_on < fact.on:
        _refuse(
            _("A promise cannot be for a day before it. Its day: %(day)s."), fact.on, "until_on"
        )


def _check_notice(_picture: Picture, fact: Fact, _kind: str, _law: Law) -> None:
    if fact.until_on is None:
        raise StepRefusedError(_("Say on which day the hearing is."), field="until_on")
    if fact.until_on < fact.on:
        _refuse(_("A notice comes before its hearing. Day of the notice: %(day)s."), fact.on)


def _check_found(_picture: Picture, fact: Fact, _kind: str, _law: Law) -> None:
    if fact.finding not in CHECKS:
        raise StepRefusedError(_("Say what was found on the spot."), field="finding")


CHECK: Mapping[str, Callable[[Picture, Fact, str, Law], None]] = {
    StepKind.SILENCE: _check_silence,
    StepKind.ANSWERED: _check_answer,
    StepKind.PROMISED: _check_promise,
    StepKind.NOTICE: _check_notice,
    StepKind.VERIFIED: _check_found,
}


def check_struck(
    written_on: date, facts: Iterable[Fact], fact: Fact, today: date, *, kind: str, law: Law
) -> None:
    """Refuse to strike out a step without which the later ones cannot stand.

    Raises: StepRefusedError.
    """
    facts = list(facts)
    if fact.target not in {each.number for each in standing(facts)}:
        raise StepRefusedError(_("This step cannot be struck out."))
    picture = Picture(written_on=written_on)
    for each in standing([*facts, fact]):
        try:
            check(picture, each, today, kind=kind, law=law)
        except DomainError as error:
            raise StepRefusedError(
                _("Strike out the later steps first: they rest on this one.")
            ) from error
        picture = turn(picture, each)
