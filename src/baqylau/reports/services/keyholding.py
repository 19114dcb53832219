"""A person's own key: made behind a passphrase and a printed code, unlocked for a while."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError
from baqylau.reports.models import Keyholder, Unlocked
from baqylau.reports.queries.holders import forget, own_key
from baqylau.reports.services.slow import queue
from baqylau.seal import keys, people, tickets
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey, Use
from baqylau.storage.wiping import overwrite_deleted


def enrol(*, actor: Actor, office: str, passphrase: str) -> str:
    """Make the actor's key pair; returns the recovery code to print, which is kept nowhere.

    Derives two keys. Raises: ConflictError when the actor has a living key; SealError `busy`.
    """
    key, code = keys.generate(Use.PERSON), people.draw_code()

    def protect() -> tuple[bytes, bytes]:
        return (
            people.protect(key, actor.key, passphrase),
            people.protect_with_code(key, actor.key, code),
        )

    by_passphrase, by_code = queue.run(protect, lane=actor.key)
    today = clock.today()
    with transaction.atomic(using="sealed"):
        if own_key(actor.key) is not None:
            raise ConflictError(_("You have a key already."))
        Keyholder.objects.create(
            holder=actor.key,
            office=office,
            public=key.public,
            by_passphrase=by_passphrase,
            by_code=by_code,
            since_on=today,
            seen_on=today,
        )
        payload = {"office": str(office), "public": key.public}
        append(
            action="reports.enrolled",
            actor=actor,
            subject=f"keyholder:{actor.key}",
            payload=payload,
            using="sealed",
        )
    forget()
    return code


def unlock(*, actor: Actor, passphrase: str) -> bytes:
    """Unlock the actor's key for fifteen minutes; returns the secret for their cookie alone.

    Derives one key. Raises: SealError `passphrase_wrong`, also for who has no key; `busy`.
    """
    row = own_key(actor.key)
    if row is None or row.by_passphrase is None:
        raise SealError("passphrase_wrong")
    locked = bytes(row.by_passphrase)
    key = queue.run(
        lambda: people.open_with_passphrase(locked, actor.key, passphrase), lane=actor.key
    )
    secret = tickets.draw_secret()
    today = clock.today()
    with transaction.atomic(using="sealed"):
        _keep_ticket(actor, key, secret)
        if row.seen_on != today:
            Keyholder.objects.filter(pk=row.pk).update(seen_on=today)
        append(
            action="reports.unlocked",
            actor=actor,
            subject=f"keyholder:{actor.key}",
            using="sealed",
        )
    return secret


def held_key(*, actor: Actor, secret: bytes) -> SecretKey:
    """The actor's unlocked key, good for fifteen minutes more.

    Raises: SealError `ticket_wrong` or `ticket_over`; also when the key was ended meanwhile.
    """
    row = Unlocked.objects.filter(holder=actor.key).first()
    if row is None:
        raise SealError("ticket_over")
    try:
        key = tickets.redeem(bytes(row.ticket), secret, _about(actor), now=clock.now())
    except SealError as error:
        if error.code == "ticket_over":
            _forget(Unlocked.objects.filter(pk=row.pk, ticket=row.ticket))
        raise
    living = own_key(actor.key)
    if living is None or living.public != key.public:
        lock(actor=actor)
        raise SealError("ticket_over")
    with transaction.atomic(using="sealed"):
        _keep_ticket(actor, key, secret)
    return key


def lock(*, actor: Actor) -> None:
    """Lock the actor's key again; safe to repeat."""
    _forget(Unlocked.objects.filter(holder=actor.key))


def forget_left_open() -> None:
    """Drop the tickets of former days: with the cookie of a browser they would still open."""
    _forget(Unlocked.objects.filter(made_on__lt=clock.today()))


def _forget(rows: QuerySet[Unlocked]) -> None:
    with transaction.atomic(using="sealed"):
        overwrite_deleted("sealed")
        rows.delete()


def _keep_ticket(actor: Actor, key: SecretKey, secret: bytes) -> None:
    ticket = tickets.issue(key, secret, _about(actor), now=clock.now())
    Unlocked.objects.update_or_create(
        holder=actor.key, defaults={"ticket": ticket, "made_on": clock.today()}
    )


def _about(actor: Actor) -> str:
    return f"officer/{actor.key}"
