"""How many came: what is refused, what is asked about once more, what is written down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.errors import DomainError

MOST = 5_000
"""People at one event at most: the largest halls of an oblast hold fewer."""
UNUSUAL = 500
"""More than so many is asked about once more."""
UNKNOWN = "unknown"
Cell = tuple[str, str]
"""Sex and age band."""


@dataclass(frozen=True, slots=True)
class Heads:
    """Counted in the room: everybody, and of them those whose sex and age were told apart."""

    total: int
    cells: Mapping[Cell, int] = field(default_factory=dict)

    @property
    def told(self) -> int:
        """How many were told apart."""
        return sum(self.cells.values())

    def whole(self) -> dict[Cell, int]:
        """Each cell that has somebody; those who were not told apart in a cell of their own."""
        found = {cell: count for cell, count in self.cells.items() if count}
        rest = self.total - self.told
        if rest:
            nobody: Cell = (UNKNOWN, UNKNOWN)
            found[nobody] = found.get(nobody, 0) + rest
        return found


def faults(heads: Heads, *, is_sure: bool) -> Iterator[DomainError]:
    """What is wrong with the numbers; what is merely unusual passes once somebody is sure."""
    if min(heads.total, *heads.cells.values(), 0) < 0:
        yield DomainError(
            _("Fewer than nobody cannot have come: write 0 or more."),
            code="negative",
            field="total",
        )
    elif heads.total > MOST:
        yield DomainError(
            _("More than %(limit)s people do not fit one event. Was a digit too much typed?"),
            code="too_many",
            field="total",
            params={"limit": MOST},
        )
    elif heads.told > heads.total:
        yield DomainError(
            _("By sex and age there are %(told)s people, but %(total)s in all. Look at both."),
            code="sum",
            field="total",
            params={"told": heads.told, "total": heads.total},
        )
    elif heads.total > UNUSUAL and not is_sure:
        yield DomainError(
            _("%(total)s people are unusually many. Tick the box if it is so."),
            code="unusual",
            field="is_sure",
            params={"total": heads.total},
        )
    elif heads.total == 0 and not is_sure:
        yield DomainError(
            _("Nobody came? Tick the box if it is so."), code="unusual", field="is_sure"
        )
