"""Two invented accounts to the commissioner: one accepted, one sealed and not yet sent."""

from datetime import date, timedelta

from baqylau.accountability.models import Account
from baqylau.accountability.queries import accounts as queries
from baqylau.accountability.queries.content import content_of
from baqylau.accountability.rules.sealing import digest
from baqylau.accountability.services import making, sealing, writing
from baqylau.accountability.training import words
from baqylau.accountability.training.people import morning_of
from baqylau.figures.models import Contract
from baqylau.figures.rules.spans import Chosen
from baqylau.kernel import clock
from baqylau.kernel.access import Actor

WRITTEN = timedelta(days=14)
"""How long after the closing of its quarter an account is written."""
ANSWERED = timedelta(days=6)
"""How long the commissioner reads it."""


def give(
    people: tuple[Actor, Actor, Actor | None],
    contract: Contract,
    closed: list[tuple[date, Chosen]],
    today: date,
) -> list[Account]:
    """Give the accounts of the last two quarters that were closed long enough ago.

    `people` write, approve, and answer for the commissioner (None: nobody answers yet).
    """
    ready = [(on + WRITTEN, chosen) for on, chosen in closed if on + WRITTEN < today][-2:]
    made = [_sealed(people[:2], contract, on, chosen) for on, chosen in ready]
    if len(made) > 1:
        _send(people, made[0], ready[0][0], today)
    return made


def _sealed(people: tuple[Actor, Actor], contract: Contract, on: date, chosen: Chosen) -> Account:
    writer, second = people
    with morning_of(on):
        account = writing.open_account(actor=writer, contract=contract, code=chosen.code)
        texts = {
            (section, language): said
            for section, both in words.TEXTS.items()
            for language, said in zip(("kk", "ru"), both, strict=True)
        }
        writing.write(actor=writer, account=account, texts=texts, seen=account.edition)
        for actor in (writer, second):
            row = queries.account(account.pk)
            seen = digest(content_of(row, actor, clock.today()))
            sealing.approve(actor=actor, account=row, seen=seen)
        return sealing.seal(actor=writer, account=queries.account(account.pk))


def _send(
    people: tuple[Actor, Actor, Actor | None], account: Account, on: date, today: date
) -> None:
    writer, _second, official = people
    row = queries.account(account.pk)
    with morning_of(on):
        making.make(actor=writer, account=row, progress=lambda _done, _total: None)
        row = sealing.send(actor=writer, account=row)
    if official and on + ANSWERED < today:
        with morning_of(on + ANSWERED):
            sealing.answer(actor=official, account=row, accepted=True, remarks=words.REMARKS)
