"""Writing down the budget of a contract, what is spent, and its stages."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.accountability.access import MONEY
from baqylau.accountability.models import BudgetLine, Spending, Stage
from baqylau.figures.models import Contract
from baqylau.figures.queries.contracts import days_of
from baqylau.figures.services.contracts import MOST, Shown
from baqylau.files import services as files
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError, refuse_all
from baqylau.kernel.permissions import require

LINES = 200


@dataclass(frozen=True, slots=True)
class Budgeted:
    """What a line of the budget says; `plan` in tenge."""

    code: str
    label_kk: str
    label_ru: str
    plan: Decimal


@dataclass(frozen=True, slots=True)
class Staged:
    """What a stage says."""

    label_kk: str
    label_ru: str
    due_on: date
    done_on: date | None = None


def _empty(said: object, *names: str) -> Iterator[DomainError]:
    for name in names:
        if not getattr(said, name).strip():
            yield DomainError(_("Fill this in."), code="empty", field=name)


def write_line(
    *, actor: Actor, contract: Contract, said: Budgeted, line: BudgetLine | None = None
) -> BudgetLine:
    """Add a line to the budget, or change it. Raises: NotAllowedError; RefusalsError."""
    require(actor, MONEY)
    with transaction.atomic():
        row = line or BudgetLine(contract=contract)
        faults = list(_empty(said, "code", "label_kk", "label_ru"))
        others = BudgetLine.objects.filter(contract=contract).exclude(pk=row.pk)
        if others.filter(code=said.code).exists():
            faults.append(DomainError(_("Another line has this code."), code="taken", field="code"))
        if others.count() >= LINES:
            faults.append(DomainError(_("A budget has at most 200 lines."), code="many"))
        if not 0 <= said.plan < MOST:
            faults.append(
                DomainError(_("A plan is an amount from 0 up."), code="amount", field="plan")
            )
        refuse_all(faults)
        for name, value in asdict(said).items():
            setattr(row, name, value)
        row.save()
        append(
            action="accountability.line_written",
            actor=actor,
            subject=f"contract:{contract.pk}",
            payload={"line": row.pk, "plan": str(row.plan)},
        )
    return row


def spend(*, actor: Actor, line: BudgetLine, on: date, amount: Decimal, shown: Shown) -> Spending:
    """Write down what was spent, with its document. Raises: NotAllowedError; RefusalsError."""
    require(actor, MONEY)
    refuse_all(list(_faults_of_spending(line, on, amount, shown)))
    kept = files.keep(pieces=[shown.content], media_type=shown.media_type)
    with transaction.atomic():
        made = Spending.objects.create(
            line=line,
            on=on,
            amount=amount,
            document=shown.name.strip(),
            file=kept,
            person=actor.key,
            made_at=clock.now(),
        )
        append(
            action="accountability.spent",
            actor=actor,
            subject=f"contract:{line.contract_id}",
            payload={
                "line": line.pk,
                "spending": made.pk,
                "on": on,
                "amount": str(amount),
                "digest": kept.digest,
            },
        )
    return made


def _faults_of_spending(
    line: BudgetLine, on: date, amount: Decimal, shown: Shown
) -> Iterator[DomainError]:
    if not 0 < amount < MOST:
        yield DomainError(_("What is spent is more than 0."), code="amount", field="amount")
    if on not in days_of(line.contract):
        yield DomainError(_("This day lies outside the contract."), code="outside", field="on")
    elif on > clock.today():
        yield DomainError(_("This day is still to come."), code="future", field="on")
    if not shown.name.strip():
        yield DomainError(_("Say what the document is called."), code="document", field="document")
    if not shown.content:
        yield DomainError(_("Choose the document that shows it."), code="file", field="file")


def strike(*, actor: Actor, spending: Spending) -> None:
    """Strike out what was typed wrongly; it stays to be seen. Raises: NotAllowedError."""
    require(actor, MONEY)
    with transaction.atomic():
        changed = Spending.objects.filter(pk=spending.pk, struck_at=None).update(
            struck_by=actor.key, struck_at=clock.now()
        )
        if changed:
            append(
                action="accountability.struck",
                actor=actor,
                subject=f"contract:{spending.line.contract_id}",
                payload={"spending": spending.pk},
            )


def write_stage(
    *, actor: Actor, contract: Contract, said: Staged, stage: Stage | None = None
) -> Stage:
    """Add a stage to a contract, or change it. Raises: NotAllowedError; RefusalsError."""
    require(actor, MONEY)
    with transaction.atomic():
        row = stage or Stage(contract=contract)
        faults = list(_empty(said, "label_kk", "label_ru"))
        if said.due_on not in days_of(contract):
            faults.append(
                DomainError(
                    _("This day lies outside the contract."), code="outside", field="due_on"
                )
            )
        if said.done_on and said.done_on > clock.today():
            faults.append(
                DomainError(_("This day is still to come."), code="future", field="done_on")
            )
        refuse_all(faults)
        for name, value in asdict(said).items():
            setattr(row, name, value)
        row.save()
        append(
            action="accountability.stage_written",
            actor=actor,
            subject=f"contract:{contract.pk}",
            payload={"stage": row.pk, "due_on": row.due_on, "done_on": row.done_on},
        )
    return row
