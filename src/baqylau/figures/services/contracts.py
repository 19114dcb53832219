"""Writing down a contract: its parties and days, its indicators, its plan, what is typed in.

Whatever is wrong is said at once, one sentence each.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.figures.access import CONTRACT
from baqylau.figures.models import Contract, Indicator, Plan, TypedFact
from baqylau.figures.queries import contracts as queries
from baqylau.figures.rules.plans import PERCENT, is_inside, overlapping
from baqylau.figures.rules.spans import Chosen, choose
from baqylau.figures.showing import name_of
from baqylau.files import services as files
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError, refuse_all
from baqylau.kernel.figures import Dimension, Share
from baqylau.kernel.period import Period
from baqylau.kernel.permissions import require

MOST = Decimal(10) ** 12
"""What no plan reaches."""
INDICATORS = 100
"""So many that a plan for all of them fits into one entry of the journal."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract says; `last_on` is its last day."""

    number: str
    subject_kk: str
    subject_ru: str
    customer_kk: str
    customer_ru: str
    contractor_kk: str
    contractor_ru: str
    signed_on: date
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Promise:
    """What an indicator says. `source` is the code of a figure, or TYPED, or "" by mistake."""

    TYPED = "typed"

    order: int
    code: str
    label_kk: str
    label_ru: str
    unit_kk: str
    unit_ru: str
    source: str
    dimension: str = ""
    value: str = ""


def write_contract(*, actor: Actor, terms: Terms, contract: Contract | None = None) -> Contract:
    """Write a contract down, or change it. Raises: NotAllowedError; RefusalsError."""
    require(actor, CONTRACT)
    with transaction.atomic():
        row = contract or Contract()
        refuse_all(list(_faults_of_terms(terms, row)))
        said = asdict(terms)
        row.until_on = said.pop("last_on") + timedelta(days=1)
        for name, value in said.items():
            setattr(row, name, value)
        row.save()
        append(
            action="figures.contract_written",
            actor=actor,
            subject=f"contract:{row.pk}",
            payload={"first_on": str(row.first_on), "until_on": str(row.until_on)},
        )
    return row


def _faults_of_terms(terms: Terms, row: Contract) -> Iterator[DomainError]:
    for name, value in asdict(terms).items():
        if isinstance(value, str) and not value.strip():
            yield DomainError(_("Fill this in."), code="empty", field=name)
    if Contract.objects.filter(number=terms.number).exclude(pk=row.pk).exists():
        yield DomainError(_("There is a contract with this number."), code="taken", field="number")
    if terms.last_on < terms.first_on:
        yield DomainError(_("The contract ends before it begins."), code="turned", field="last_on")
    elif row.pk:
        days = Period(terms.first_on, terms.last_on + timedelta(days=1))
        for chosen in queries.periods_of(row):
            if not is_inside(chosen, days):
                yield _outside(chosen, "last_on")


def _outside(chosen: Chosen, field: str) -> DomainError:
    return DomainError(
        _("This period is planned and would lie outside the contract: %(period)s."),
        code="outside",
        field=field,
        params={"period": name_of(chosen)},
    )


def write_indicator(
    *, actor: Actor, contract: Contract, promise: Promise, indicator: Indicator | None = None
) -> Indicator:
    """Add an indicator to a contract, or change it. Raises: NotAllowedError; RefusalsError."""
    require(actor, CONTRACT)
    with transaction.atomic():
        row = indicator or Indicator(contract=contract)
        refuse_all(list(_faults_of_promise(promise, row)))
        said: dict[str, Any] = asdict(promise)
        source = said.pop("source")
        said["figure"] = "" if source == Promise.TYPED else source
        for name, value in said.items():
            setattr(row, name, value)
        row.save()
        append(
            action="figures.indicator_written",
            actor=actor,
            subject=f"contract:{contract.pk}",
            payload={"indicator": row.pk, "figure": row.figure, "dimension": row.dimension},
        )
    return row


def _faults_of_promise(promise: Promise, row: Indicator) -> Iterator[DomainError]:
    for name in ("code", "label_kk", "label_ru", "unit_kk", "unit_ru"):
        if not getattr(promise, name).strip():
            yield DomainError(_("Fill this in."), code="empty", field=name)
    others = Indicator.objects.filter(contract=row.contract).exclude(pk=row.pk)
    if others.filter(code=promise.code).exists():
        yield DomainError(
            _("Another indicator of this contract has this code."), code="taken", field="code"
        )
    if others.count() >= INDICATORS:
        yield DomainError(_("A contract has at most 100 indicators."), code="many")
    typed = TypedFact.objects.filter(indicator=row.pk).exists() if row.pk else False
    if typed and promise.source != Promise.TYPED:
        yield DomainError(
            _("Facts have been typed in for this indicator: it stays one that is typed in."),
            code="typed",
            field="source",
        )
    yield from _faults_of_source(promise)


def _faults_of_source(promise: Promise) -> Iterator[DomainError]:
    if promise.source == Promise.TYPED:
        if promise.dimension:
            yield DomainError(
                _("What is typed in is not cut by groups."), code="cut", field="dimension"
            )
        return
    if not promise.source:
        yield DomainError(
            _("Choose what it is counted from: a figure, or typed in with a document."),
            code="source",
            field="source",
        )
        return
    known = queries.promisable().get(promise.source)
    if known is None:
        yield DomainError(
            _("There is no such published figure: %(code)s."),
            code="figure",
            field="source",
            params={"code": promise.source},
        )
        return
    if not promise.dimension:
        return
    by = queries.published_dimension(known, promise.dimension)
    if by is None:
        yield DomainError(
            _("This figure is not published by these groups."), code="dimension", field="dimension"
        )
    elif not _is_known(by, promise.value):
        yield DomainError(_("There is no such group."), code="value", field="value")


def _is_known(by: Dimension, value: str) -> bool:
    return bool(value) and (value in (by.values() if by.values else ()) or bool(by.names([value])))


def write_plan(
    *, actor: Actor, contract: Contract, code: str, amounts: Mapping[int, Decimal | None]
) -> None:
    """Plan a period: amounts by the key of an indicator; None takes a plan back.

    Raises: NotAllowedError; RefusalsError for a period that overlaps another of the plan or lies
    outside the contract, and for amounts that cannot be.
    """
    require(actor, CONTRACT)
    chosen = choose(code)
    with transaction.atomic():
        # Who comes second waits here, and then sees the periods that the first one planned.
        Contract.objects.select_for_update().get(pk=contract.pk)
        rows = {row.pk: row for row in queries.indicators_of(contract)}
        faults = [*_faults_of_period(contract, chosen)]
        for key, amount in amounts.items():
            faults += _faults_of_amount(rows.get(key), amount)
        refuse_all(faults)
        for key, amount in amounts.items():
            if amount is None:
                Plan.objects.filter(indicator=key, period=code).delete()
            else:
                Plan.objects.update_or_create(
                    indicator=rows[key], period=code, defaults={"amount": amount}
                )
        append(
            action="figures.planned",
            actor=actor,
            subject=f"contract:{contract.pk}",
            payload={
                "period": code,
                "indicators": [*sorted(amounts)],
                "amounts": [
                    None if amount is None else str(amount)
                    for _key, amount in sorted(amounts.items())
                ],
            },
        )


def _faults_of_period(contract: Contract, chosen: Chosen | None) -> Iterator[DomainError]:
    if chosen is None or chosen.period is None:
        yield DomainError(_("Choose a month, a quarter or a year."), code="period", field="period")
        return
    if not is_inside(chosen, queries.days_of(contract)):
        yield DomainError(
            _("This period lies outside the contract: %(period)s."),
            code="outside",
            field="period",
            params={"period": name_of(chosen)},
        )
    if other := overlapping(chosen, queries.periods_of(contract)):
        yield DomainError(
            _("This period overlaps another of the plan: %(period)s."),
            code="overlap",
            field="period",
            params={"period": name_of(other)},
        )


def _faults_of_amount(row: Indicator | None, amount: Decimal | None) -> list[DomainError]:
    if row is None:
        return [DomainError(_("There is no such indicator in this contract."), code="indicator")]
    field = f"amount_{row.pk}"
    if amount is None:
        return []
    if not 0 <= amount < MOST:
        return [
            DomainError(
                _("%(code)s: a plan is a number from 0 up."),
                code="amount",
                field=field,
                params={"code": row.code},
            )
        ]
    known = queries.promisable().get(row.figure)
    if known and isinstance(known.kind, Share) and amount > PERCENT:
        return [
            DomainError(
                _("%(code)s: a share is at most 100 per cent."),
                code="share",
                field=field,
                params={"code": row.code},
            )
        ]
    return []


@dataclass(frozen=True, slots=True)
class Shown:
    """The document that shows a fact: what it is called, its content and kind."""

    name: str
    content: bytes
    media_type: str


def type_in(
    *, actor: Actor, indicator: Indicator, code: str, amount: Decimal, shown: Shown
) -> TypedFact:
    """Type a fact in; the one before it stays to be seen.

    Raises: NotAllowedError; RefusalsError.
    """
    require(actor, CONTRACT)
    refuse_all(list(_faults_of_fact(indicator, code, amount, shown)))
    kept = files.keep(pieces=[shown.content], media_type=shown.media_type)
    with transaction.atomic():
        Indicator.objects.select_for_update().get(pk=indicator.pk)
        before = TypedFact.objects.filter(indicator=indicator, period=code).count()
        made = TypedFact.objects.create(
            indicator=indicator,
            period=code,
            version=before + 1,
            amount=amount,
            file=kept,
            document=shown.name.strip(),
            person=actor.key,
            made_at=clock.now(),
        )
        append(
            action="figures.typed_in",
            actor=actor,
            subject=f"contract:{indicator.contract_id}",
            payload={
                "indicator": indicator.pk,
                "period": code,
                "version": made.version,
                "amount": str(amount),
                "digest": kept.digest,
            },
        )
    return made


def _faults_of_fact(
    indicator: Indicator, code: str, amount: Decimal, shown: Shown
) -> Iterator[DomainError]:
    chosen = choose(code)
    if indicator.figure:
        yield DomainError(
            _("This indicator is counted from records: nothing is typed in."), code="counted"
        )
    if chosen is None or not is_inside(chosen, queries.days_of(indicator.contract)):
        yield DomainError(_("Choose a period of the contract."), code="outside", field="period")
    if not 0 <= amount < MOST:
        yield DomainError(_("A fact is a number from 0 up."), code="amount", field="amount")
    if not shown.name.strip():
        yield DomainError(_("Say what the document is called."), code="document", field="document")
    if not shown.content:
        yield DomainError(_("Choose the document that shows it."), code="file", field="file")
