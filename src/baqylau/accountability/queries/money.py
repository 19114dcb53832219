"""The budget of a contract with what was spent, and its stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from baqylau.accountability.models import BudgetLine, Spending, Stage
from baqylau.figures.models import Contract
from baqylau.kernel.errors import DomainError


class UnknownLineError(DomainError):
    """There is no such line, spending or stage in the contract."""

    code = "unknown"
    status = 404


@dataclass(frozen=True, slots=True)
class Spent:
    """A line of the budget; `spent` up to a day, `lately` of it since another."""

    line: BudgetLine
    spent: Decimal
    lately: Decimal

    @property
    def left(self) -> Decimal:
        """What is not spent; negative where more was spent than planned."""
        return self.line.plan - self.spent

    @property
    def is_over(self) -> bool:
        """Whether more was spent than planned."""
        return self.left < 0


def lines_of(of: Contract, first: date, until: date) -> list[Spent]:
    """Every line with what was spent before `until`, and how much of it since `first`."""
    rows = BudgetLine.objects.filter(contract=of).order_by("code", "pk")
    meant = Spending.objects.filter(line__in=rows, struck_at=None, on__lt=until)
    sums = {
        line: (all_of_it, lately or Decimal())
        for line, all_of_it, lately in meant.order_by()
        .values_list("line")
        .annotate(all_of_it=Sum("amount"), lately=Sum("amount", filter=Q(on__gte=first)))
    }
    return [Spent(row, *sums.get(row.pk, (Decimal(), Decimal()))) for row in rows]


@dataclass(frozen=True, slots=True)
class Whole:
    """All lines together."""

    plan: Decimal
    spent: Decimal
    left: Decimal


def whole(rows: Sequence[Spent]) -> Whole:
    """The sum of the lines."""
    plan = sum((row.line.plan for row in rows), Decimal())
    spent = sum((row.spent for row in rows), Decimal())
    return Whole(plan, spent, plan - spent)


def line(of: Contract, pk: int) -> BudgetLine:
    """A line of the contract. Raises: UnknownLineError."""
    found = BudgetLine.objects.filter(contract=of, pk=pk).select_related("contract").first()
    if found is None:
        raise UnknownLineError(_("There is no such line in this contract."))
    return found


def spending_of(of: Contract) -> QuerySet[Spending]:
    """All that was spent, struck out or not, the newest first."""
    rows = Spending.objects.filter(line__contract=of).select_related("line")
    return rows.order_by("-on", "-pk")


def spending(of: Contract, pk: int) -> Spending:
    """One of them with its file. Raises: UnknownLineError."""
    found = spending_of(of).select_related("line__contract", "file").filter(pk=pk).first()
    if found is None:
        raise UnknownLineError(_("There is no such spending in this contract."))
    return found


def stages_of(of: Contract) -> list[Stage]:
    """The stages by their days."""
    return list(Stage.objects.filter(contract=of).order_by("due_on", "pk"))


def stage(of: Contract, pk: int) -> Stage:
    """A stage of the contract. Raises: UnknownLineError."""
    found = Stage.objects.filter(contract=of, pk=pk).select_related("contract").first()
    if found is None:
        raise UnknownLineError(_("There is no such stage in this contract."))
    return found
