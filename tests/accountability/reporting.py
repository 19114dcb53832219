"""A contract with its money and a written account, for tests of accounts."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

from PIL import Image

from baqylau.accountability.models import Account, BudgetLine
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.queries.content import content_of
from baqylau.accountability.rules.sealing import digest
from baqylau.accountability.services import making, sealing, writing
from baqylau.accountability.services.money import (
    Budgeted,
    Staged,
    spend,
    write_line,
    write_stage,
)
from baqylau.figures.models import Contract
from baqylau.figures.rules.spans import choose
from baqylau.figures.services import close
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from tests.figures import contracts as making_contracts
from tests.figures.contracts import COORDINATOR, PAPER, QUARTER, SECOND

NOW = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)
TEXTS = {
    "summary": ("Қабылдау бөлмесі үш ай жұмыс істеді.", "Приёмная работала три месяца."),
    "work": ("Он кездесу өтті.", "Прошло десять встреч."),
}
LAWYER = Actor("person:l", frozenset({"lawyer"}))


def picture() -> bytes:
    """A small picture."""
    target = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(target, "JPEG")
    return target.getvalue()


def make_money(contract: Contract) -> BudgetLine:
    """A line of the budget with one spending, and a stage."""
    line = write_line(
        actor=COORDINATOR,
        contract=contract,
        said=Budgeted("01", "Жалақы", "Оплата труда", Decimal(1_000_000)),
    )
    spend(
        actor=COORDINATOR, line=line, on=date(2026, 5, 20), amount=Decimal("250000.50"), shown=PAPER
    )
    stage = Staged("Қабылдауды ашу", "Открытие приёмной", date(2026, 4, 30), date(2026, 4, 28))
    write_stage(actor=COORDINATOR, contract=contract, said=stage)
    return line


def make_account(*, planned: int = 40, text: str = "") -> Account:
    """An account of the quarter, its texts written; the period is open still."""
    contract = making_contracts.make_contract()
    making_contracts.plan(contract, opened=planned, solved=40, typed=4)
    making_contracts.typed(contract, 5)
    make_money(contract)
    account = writing.open_account(actor=COORDINATOR, contract=contract, code=QUARTER)
    write(account, text)
    return queries.account(account.pk)


def write(account: Account, text: str = "") -> None:
    """Write every required text, with one more at the end of each."""
    said = {
        (code, language): f"{words} {text}".strip()
        for code, both in TEXTS.items()
        for language, words in zip(("kk", "ru"), both, strict=True)
    }
    edition = queries.account(account.pk).edition
    writing.write(actor=COORDINATOR, account=account, texts=said, seen=edition)


def close_quarter() -> None:
    """Close the period of the account."""
    chosen = choose(QUARTER)
    assert chosen
    close(actor=COORDINATOR, chosen=chosen)


def seen(account: Account, actor: Actor = COORDINATOR) -> str:
    """The digest that a person has before them."""
    return digest(content_of(account, actor, clock.today()))


def approved(account: Account) -> Account:
    """Approved by two."""
    for actor in (COORDINATOR, SECOND):
        sealing.approve(actor=actor, account=account, seen=seen(account, actor))
    return queries.account(account.pk)


def sealed(account: Account) -> Account:
    """Closed, approved and sealed."""
    close_quarter()
    return sealing.seal(actor=COORDINATOR, account=approved(account))


def sent(account: Account) -> Account:
    """Sealed, its documents made, and sent."""
    row = queries.account(sealed(account).pk)
    making.make(actor=COORDINATOR, account=row, progress=lambda _done, _total: None)
    return sealing.send(actor=COORDINATOR, account=row)
