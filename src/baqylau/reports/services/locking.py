"""The two locks of one's own key: the passphrase, and the printed code."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError
from baqylau.reports.models import Keyholder, NextKey
from baqylau.reports.queries.holders import own_key
from baqylau.reports.services.slow import queue
from baqylau.seal import people
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey


def opened_by_passphrase(actor: Actor, passphrase: str) -> SecretKey:
    """The actor's key, opened for this one step. Derives one key.

    Raises: SealError `passphrase_wrong`, also for who has no key; `busy`.
    """
    row = own_key(actor.key)
    if row is None or row.by_passphrase is None:
        raise SealError("passphrase_wrong")
    locked = bytes(row.by_passphrase)
    key = queue.run(
        lambda: people.open_with_passphrase(locked, actor.key, passphrase), lane=actor.key
    )
    today = clock.today()
    if row.seen_on != today:
        Keyholder.objects.filter(pk=row.pk).update(seen_on=today)
    return key


def change_passphrase(*, actor: Actor, old: str, new: str) -> None:
    """Lock the same key behind another passphrase; the printed code stays good.

    Derives two keys. Raises: SealError `passphrase_wrong`, `busy`; ConflictError.
    """
    key = opened_by_passphrase(actor, old)
    locked = queue.run(lambda: people.protect(key, actor.key, new), lane=actor.key)
    _store(actor, key, "passphrase", by_passphrase=locked)


def recover_with_code(*, actor: Actor, code: str, passphrase: str) -> str:
    """The passphrase is forgotten: the printed code opens the key; returns a new code to print.

    Derives three keys; a mistyped code derives none.
    Raises: SealError `code_wrong`, `digits_…`, `busy`; ConflictError.
    """
    row = own_key(actor.key)
    if row is None or row.by_code is None:
        raise SealError("code_wrong")
    locked = bytes(row.by_code)
    key = queue.run(lambda: people.open_with_code(locked, actor.key, code), lane=actor.key)
    fresh = people.draw_code()

    def protect() -> tuple[bytes, bytes]:
        return (
            people.protect(key, actor.key, passphrase),
            people.protect_with_code(key, actor.key, fresh),
        )

    by_passphrase, by_code = queue.run(protect, lane=actor.key)
    changes = {"by_passphrase": by_passphrase, "by_code": by_code, "code_kept_on": None}
    _store(actor, key, "code", **changes)
    return fresh


def renew_code(*, actor: Actor, passphrase: str) -> str:
    """A new printed code; the old one opens nothing any more. Derives two keys.

    Raises: SealError `passphrase_wrong`, `busy`; ConflictError.
    """
    key, fresh = opened_by_passphrase(actor, passphrase), people.draw_code()
    locked = queue.run(lambda: people.protect_with_code(key, actor.key, fresh), lane=actor.key)
    _store(actor, key, "new_code", by_code=locked, code_kept_on=None)
    return fresh


def keep_code(*, actor: Actor) -> None:
    """Note that the person has shown that they hold their latest printed code; safe to repeat."""
    with transaction.atomic(using="sealed"):
        row = NextKey.objects.filter(pk=actor.key).first() or own_key(actor.key)
        if row is None or row.code_kept_on is not None:
            return
        row.code_kept_on = clock.today()
        row.save(update_fields=["code_kept_on"])
        append(
            action="reports.code_kept",
            actor=actor,
            subject=f"keyholder:{actor.key}",
            using="sealed",
        )


def _store(actor: Actor, key: SecretKey, what: str, **changes: object) -> None:
    """Put new locks in place of the old ones, if the key is still the living one."""
    with transaction.atomic(using="sealed"):
        living = Keyholder.objects.filter(holder=actor.key, until_on=None, public=key.public)
        if not living.update(**changes):
            raise ConflictError(_("Your key has changed meanwhile. Begin anew."))
        append(
            action="reports.relocked",
            actor=actor,
            subject=f"keyholder:{actor.key}",
            payload={"what": what},
            using="sealed",
        )
