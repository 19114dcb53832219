"""A deadline: the due date together with everything that led to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baqylau.law.calendar import ONE_DAY, Calendar, Day
from baqylau.law.counting import Term, count
from baqylau.law.extensions import AppliedExtension, Extension, apply_extensions
from baqylau.law.rules import Rule


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due date that can say how it came about.

    `start_on` is the day of the event, `counts_from` the day that it counts as (later for a
    receipt on a day off or after hours; `waited` holds the days off in between).
    `unconfirmed_years` are the years on the way whose calendar may still change.
    """

    rule: Rule
    start_on: date
    counts_from: date
    is_after_hours: bool
    waited: tuple[Day, ...]
    term: Term
    extensions: tuple[AppliedExtension, ...]
    unconfirmed_years: tuple[int, ...]

    @property
    def due_on(self) -> date:
        """The last day of the term, extensions included."""
        return self.extensions[-1].due_on if self.extensions else self.term.due_on

    @property
    def skipped(self) -> tuple[Day, ...]:
        """Every day off that moved the due date, in the order in which it was met."""
        days = self.waited + self.term.skipped + self.term.rolled
        for applied in self.extensions:
            days += applied.rolled
        return days

    @property
    def is_verified(self) -> bool:
        """Whether a lawyer has checked every rule that the due date rests on."""
        return all(rule.is_verified for rule in self.rules)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that the due date rests on: its own, then those of its extensions."""
        return (self.rule, *(applied.extension.rule for applied in self.extensions))

    @property
    def is_before_act(self) -> bool:
        """Whether the event is older than the act, so that the count is only an example."""
        adopted = self.rule.adopted_on
        return adopted is not None and self.start_on < adopted


def _opening(
    rule: Rule, start: date, calendar: Calendar, *, is_after_hours: bool
) -> tuple[date, tuple[Day, ...]]:
    """Return the day that the event counts as, and the days off waited through."""
    if not rule.is_receipt:
        return start, ()
    first = start + ONE_DAY if is_after_hours else start
    waited = calendar.days_off_until_working(first)
    return (waited[-1].on + ONE_DAY if waited else first), waited


def compute(
    rule: Rule,
    start: date,
    calendar: Calendar,
    *,
    extensions: Sequence[Extension] = (),
    after_hours: bool = False,
) -> Deadline:
    """Count the deadline that a rule sets for an event of that day.

    `after_hours` matters only to rules whose event is a receipt by a state body, and only on a
    working day.

    Raises: LawError `outside_calendar`, or one of those of `apply_extensions`.
    """
    is_late = after_hours and rule.is_receipt and calendar.is_working_day(start)
    counts_from, waited = _opening(rule, start, calendar, is_after_hours=is_late)
    term = count(counts_from, rule.amount, rule.unit, calendar)
    applied = apply_extensions(rule, extensions, counts_from, term.due_on, calendar)
    touched = [start, term.due_on, *(each.due_on for each in applied)]
    return Deadline(
        rule=rule,
        start_on=start,
        counts_from=counts_from,
        is_after_hours=is_late,
        waited=waited,
        term=term,
        extensions=applied,
        unconfirmed_years=calendar.unconfirmed_years(min(touched), max(touched)),
    )


def recount(deadline: Deadline, calendar: Calendar) -> Deadline:
    """Count a deadline again on another calendar, everything else unchanged.

    Raises: LawError, as `compute`; an extension that no longer fits is refused.
    """
    return compute(
        deadline.rule,
        deadline.start_on,
        calendar,
        extensions=[applied.extension for applied in deadline.extensions],
        after_hours=deadline.is_after_hours,
    )
