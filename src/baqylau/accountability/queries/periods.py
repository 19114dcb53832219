"""Closed periods by their codes, and what to say of those that are not closed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from baqylau.figures.models import Closing
from baqylau.figures.queries.closing import closing_of
from baqylau.figures.queries.published import chosen_of, closings
from baqylau.figures.rules.spans import Chosen, choose, first_of, period_of
from baqylau.figures.showing import name_of
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.figures import Span


class UnknownPeriodError(DomainError):
    """No period is called so."""

    code = "unknown"
    status = 404


class NotClosedError(DomainError):
    """The period's numbers are not fixed yet."""

    code = "not_closed"
    status = 404


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed period with its name."""

    closing: Closing
    chosen: Chosen

    @property
    def name(self) -> str:
        """In words."""
        return name_of(self.chosen)

    @property
    def code(self) -> str:
        """As it stands in an address."""
        return self.chosen.code


def closed(code: str) -> Closed:
    """The closed period with the code. Raises: UnknownPeriodError, NotClosedError with when."""
    chosen = choose(code)
    if chosen is None or chosen.period is None:
        raise UnknownPeriodError(
            _("No period is called so. Write a quarter as 2026-Q3, a month as 2026-09.")
        )
    closing = closing_of(chosen)
    if closing is None:
        raise NotClosedError(_why_not(chosen))
    return Closed(closing, chosen)


def _why_not(chosen: Chosen) -> str:
    """Why the period has no numbers, and when they can be expected."""
    said: dict[str, object] = {"period": name_of(chosen)}
    if chosen.period is None or not chosen.is_over(clock.today()):
        until = chosen.period.until if chosen.period else clock.today()
        said["day"] = date_format(until, "DATE_FORMAT")
        return (
            _(
                "There are no numbers yet: %(period)s. The period still runs; it can be closed "
                "from %(day)s on, and its numbers will stand at this address then."
            )
            % said
        )
    newest = closings(chosen.span).first()
    if newest and newest.first_on > chosen.first:
        return _("Of this period no numbers were published: %(period)s.") % said
    return (
        _(
            "There are no numbers yet: %(period)s. The period is over, but it is not closed. Once "
            "it is, its numbers will stand at this address."
        )
        % said
    )


def all_closed() -> dict[str, list[Closed]]:
    """Every closed period by its kind, the newest first."""
    rows = Closing.objects.order_by("-first_on")
    found: dict[str, list[Closed]] = {"quarter": [], "year": [], "month": []}
    for row in rows:
        found[row.span].append(Closed(row, chosen_of(row)))
    return found


def before(of: Closed) -> Closing | None:
    """The closing of the period right before, None where it was not closed."""
    span = of.chosen.span
    first = first_of(span, of.chosen.first.fromordinal(of.chosen.first.toordinal() - 1))
    return closing_of(Chosen(span, first))


def four_quarters(closing: Closing) -> Sequence[Closing]:
    """The closed quarters among the four that end with this one, the newest first."""
    until = period_of(Span(closing.span), closing.first_on).until
    since = until.replace(year=until.year - 1)
    rows = Closing.objects.filter(span=Span.QUARTER.value, first_on__gte=since, first_on__lt=until)
    return list(rows.order_by("-first_on"))
