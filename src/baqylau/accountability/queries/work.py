"""What waits because of an account: for those who give it, and for the commissioner."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from baqylau.accountability.access import APPROVE, DRAFT, RECEIVED
from baqylau.accountability.models import Account, State
from baqylau.accountability.queries import accounts as queries
from baqylau.kernel.access import Actor
from baqylau.kernel.permissions import may
from baqylau.kernel.work import Asked, Task

NEWEST = 50
"""Accounts that are looked at: a programme gives a few in a year."""


def waiting(asked: Asked) -> Sequence[Task]:
    """The accounts in which the next move is the actor's."""
    if not any(may(asked.actor, action) for action in (RECEIVED, APPROVE)):
        return ()
    rows = queries.accounts().exclude(state__in=(State.DRAFT, State.ACCEPTED))[:NEWEST]
    return asked.take(task for row in rows for task in _tasks(row, asked.actor))


def _tasks(row: Account, actor: Actor) -> Iterator[Task]:
    if row.state == State.SENT and may(actor, RECEIVED):
        yield _task(_("Answer an account"), "received_account", row)
    if row.state == State.APPROVED_ONCE and may(actor, APPROVE) and _is_another(row, actor):
        yield _task(_("Read an account and approve it"), "account", row)
    if may(actor, DRAFT) and (label := _next(row)):
        yield _task(label, "account", row)


def _is_another(row: Account, actor: Actor) -> bool:
    """Whether the actor is not the one who has approved it."""
    return all(each.person != actor.key for each in queries.approvals_of(row))


def _next(row: Account) -> str:
    """What those who write accounts do next; "" when it is not their turn."""
    if row.state == State.APPROVED:
        return _("Seal an account")
    if row.state == State.SEALED:
        return _("Send an account")
    is_left = row.state == State.RETURNED and queries.newest_version(row)
    return _("Mend an account that came back") if is_left else ""


def _task(label: str, page: str, row: Account) -> Task:
    kind = _("account to the commissioner")
    reference = f"{row.contract.number}, {row.period}"
    return Task(label, reverse(page, args=[row.pk]), None, kind, row.pk, reference)
