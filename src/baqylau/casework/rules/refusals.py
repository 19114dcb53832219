"""Which step may follow which, and dates that cannot contradict each other."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from baqylau.casework.rules.clocks import TERMS, Law, answer_deadline
from baqylau.casework.rules.facts import HOUSEKEEPING, Fact, Picture, standing, turn
from baqylau.casework.taxonomy import UNPROVEN, Evidence, Finding, Outcome, Stage, StepKind
from baqylau.kernel.errors import DomainError
from baqylau.law.errors import LawError
from baqylau.web.dates import said_day

ALWAYS = frozenset({StepKind.ASSIGNED, StepKind.MOVED})
ALLOWED: Mapping[str, frozenset[StepKind]] = {
    Stage.OPEN: frozenset({StepKind.FILED, StepKind.CLOSED}),
    Stage.FILED: frozenset(
        {
            StepKind.REDIRECTED,
            StepKind.EXTENDED,
            StepKind.ANSWERED,
            StepKind.SILENCE,
            StepKind.CLOSED,
        }
    ),
    Stage.ANSWERED: frozenset({StepKind.REVIEWED, StepKind.CLOSED}),
    Stage.REVIEWED: frozenset({StepKind.CLOSED, StepKind.FILED}),
    Stage.REFUSED: frozenset(
        {StepKind.COMPLAINT, StepKind.ANSWERED, StepKind.FILED, StepKind.CLOSED}
    ),
    Stage.COMPLAINED: frozenset(
        {StepKind.FORWARDED, StepKind.DECIDED, StepKind.COURT, StepKind.CLOSED}
    ),
    Stage.DECIDED: frozenset({StepKind.COURT, StepKind.FILED, StepKind.CLOSED}),
    Stage.IN_COURT: frozenset({StepKind.CLOSED}),
    Stage.CLOSED: frozenset({StepKind.REOPENED}),
}


class StepRefusedError(DomainError):
    """The step contradicts what happened before."""

    code = "step_refused"


def next_kinds(picture: Picture) -> list[StepKind]:
    """The steps that may follow, in the order in which they usually come."""
    allowed = ALLOWED[picture.stage]
    if picture.filed and not TERMS[picture.filed.procedure].extension:
        allowed -= {StepKind.EXTENDED}
    if picture.forwarded:
        allowed -= {StepKind.FORWARDED}
    return [kind for kind in StepKind if kind in allowed]


def check(picture: Picture, fact: Fact, today: date, law: Law) -> None:
    """Refuse a step that cannot follow, or whose day cannot be true.

    Raises: StepRefusedError; LawError for an extension that the law does not allow, or a day that
    the calendar does not hold.
    """
    is_ours = fact.kind in ALWAYS and picture.stage != Stage.CLOSED
    if fact.kind not in next_kinds(picture) and not is_ours:
        raise StepRefusedError(
            _("This step cannot follow now. The case stands here: %(stage)s."),
            params={"stage": picture.stage.label},
        )
    if fact.on > today:
        raise StepRefusedError(_("This day is in the future."), field="on")
    _check_order(picture, fact)
    if fact.kind in CHECKS:
        CHECKS[fact.kind](picture, fact, law)


BEFORE: Mapping[str, Any] = {
    StepKind.ANSWERED: _("An answer cannot come before the appeal. Day of filing: %(day)s."),
    StepKind.SILENCE: _("An answer cannot come before the appeal. Day of filing: %(day)s."),
    StepKind.REDIRECTED: _("Nothing is redirected before it is filed. Day of filing: %(day)s."),
}
"""What is said of a day before the appeal reached the body that must answer."""


def _check_order(picture: Picture, fact: Fact) -> None:
    if fact.kind in HOUSEKEEPING:
        return
    if fact.kind in BEFORE and picture.received and fact.on < picture.received.on:
        raise StepRefusedError(
            BEFORE[fact.kind],
            field="on",
            params={"day": said_day(picture.received.on)},
        )
    if picture.last_on and fact.on < picture.last_on:
        raise StepRefusedError(
            _("This day lies before the step that went before. Its day: %(day)s."),
            field="on",
            params={"day": said_day(picture.last_on)},
        )


def _check_filed(picture: Picture, fact: Fact, law: Law) -> None:
    if fact.procedure not in TERMS:
        raise StepRefusedError(_("Choose what was filed."), field="procedure")
    if not (fact.body or picture.body):
        raise StepRefusedError(_("Say which body it was filed with."), field="body")
    answer_deadline(turn(picture, fact), law, is_strict=True)


def _check_redirected(picture: Picture, fact: Fact, law: Law) -> None:
    if not fact.body or fact.body == picture.body:
        raise StepRefusedError(_("Say which other body it was redirected to."), field="body")
    answer_deadline(turn(picture, fact), law, is_strict=True)


def _check_extended(picture: Picture, fact: Fact, law: Law) -> None:
    try:
        answer_deadline(turn(picture, fact), law, is_strict=True)
    except LawError as error:
        error.field = "on" if error.code == "extension_not_in_term" else "until"
        raise


def _check_silence(picture: Picture, fact: Fact, law: Law) -> None:
    deadline = answer_deadline(picture, law)
    if deadline and fact.on <= deadline.due_on:
        raise StepRefusedError(
            _("The term has not passed yet. Last day for the answer: %(day)s."),
            field="on",
            params={"day": said_day(deadline.due_on)},
        )


def _check_finding(_picture: Picture, fact: Fact, _law: Law) -> None:
    if fact.finding not in Finding.values:
        raise StepRefusedError(_("Say what it comes to."), field="finding")


def _check_closed(picture: Picture, fact: Fact, _law: Law) -> None:
    if fact.outcome not in Outcome.values:
        raise StepRefusedError(_("Choose the outcome."), field="outcome")
    if fact.evidence not in Evidence.values:
        raise StepRefusedError(_("Choose what shows the outcome."), field="evidence")
    if fact.evidence == Evidence.NOTHING and fact.outcome not in UNPROVEN:
        raise StepRefusedError(_("This outcome needs something that shows it."), field="evidence")
    if picture.opened_on and fact.on < picture.opened_on:
        raise StepRefusedError(
            _("This day lies before the step that went before. Its day: %(day)s."),
            field="on",
            params={"day": said_day(picture.opened_on)},
        )


CHECKS: Mapping[str, Callable[[Picture, Fact, Law], None]] = {
    StepKind.FILED: _check_filed,
    StepKind.REDIRECTED: _check_redirected,
    StepKind.EXTENDED: _check_extended,
    StepKind.SILENCE: _check_silence,
    StepKind.REVIEWED: _check_finding,
    StepKind.DECIDED: _check_finding,
    StepKind.CLOSED: _check_closed,
}


def check_struck(facts: Iterable[Fact], fact: Fact, today: date, law: Law) -> None:
    """Refuse to strike out a step without which the later ones cannot stand.

    Raises: StepRefusedError.
    """
    facts = list(facts)
    held = {each.number: each for each in standing(facts)}
    target = held.get(fact.target or 0)
    if target is None or target.kind in HOUSEKEEPING:
        raise StepRefusedError(_("This step cannot be struck out."))
    picture = Picture()
    for each in standing([*facts, fact]):
        if each.kind != StepKind.OPENED:
            try:
                check(picture, each, today, law)
            except DomainError as error:
                raise StepRefusedError(
                    _("Strike out the later steps first: they rest on this one.")
                ) from error
        picture = turn(picture, each)
