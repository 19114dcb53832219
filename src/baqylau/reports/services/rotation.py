"""A new key pair for a person: all that they can open is wrapped to it, then it takes over."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.reports.models import KeyCheck, Keyholder, NextKey, NextWrap, Unlocked, Wrap
from baqylau.reports.queries.contents import open_wrap
from baqylau.reports.queries.holders import own_key
from baqylau.reports.services.batches import SECONDS, Done
from baqylau.reports.services.locking import opened_by_passphrase
from baqylau.reports.services.renoting import renoted, store_notes
from baqylau.reports.services.slow import queue
from baqylau.reports.services.staging import stage, take_over, waiting
from baqylau.seal import keys, people
from baqylau.seal.keys import SecretKey, Use
from baqylau.seal.wraps import Role


def begin_rotation(*, actor: Actor, old: str, new: str) -> str:
    """Make a new key pair behind a new passphrase; returns its recovery code, which to print.

    The old key stays in use until `proceed` is done. Derives three keys.
    Raises: SealError `passphrase_wrong`, `busy`; ConflictError when a change is under way.
    """
    opened_by_passphrase(actor, old)
    key, code = keys.generate(Use.PERSON), people.draw_code()

    def protect() -> tuple[bytes, bytes]:
        return (
            people.protect(key, actor.key, new),
            people.protect_with_code(key, actor.key, code),
        )

    by_passphrase, by_code = queue.run(protect, lane=actor.key)
    try:
        with transaction.atomic(using="sealed"):
            NextKey.objects.create(
                holder=actor.key,
                public=key.public,
                by_passphrase=by_passphrase,
                by_code=by_code,
                made_by=actor.key,
                begun_on=clock.today(),
            )
            append(
                action="reports.rotation_begun",
                actor=actor,
                subject=f"keyholder:{actor.key}",
                payload={"public": key.public},
                using="sealed",
            )
    except IntegrityError:
        raise ConflictError(_("A change of your key is under way already.")) from None
    return code


def proceed(*, actor: Actor, own: SecretKey, seconds: float = SECONDS) -> Done:
    """Wrap to the coming key what is not wrapped yet; with the last one, the key changes.

    `own` is the old key. Goes on where it was when it is called again.

    Raises: DomainError when no change is under way; ConflictError when `own` is not the living key.
    """
    coming = NextKey.objects.filter(pk=actor.key).first()
    if coming is None:
        raise DomainError(_("No change of your key is under way."))
    living = own_key(actor.key)
    if living is None or living.public != own.public:
        raise ConflictError(_("Your key has changed meanwhile. Begin anew."))

    def opened(row: Wrap) -> SecretKey:
        return open_wrap(row.report, row.part, Role(row.role), own, actor.key)

    rows = Wrap.objects.filter(holder=actor.key)
    done = stage(list(waiting(rows, coming)), coming, opened, seconds, is_own=True)
    if done.left or not _switch(actor, coming, living, own):
        return Done(done.done, done.kept_back, done.damaged, max(1, done.left))
    return done


class _MoreError(Exception):
    """Something was wrapped to the old key meanwhile."""


def _switch(actor: Actor, coming: NextKey, living: Keyholder, own: SecretKey) -> bool:
    """Let the new key take over; False when something new has come for the old one."""
    fresh = renoted(own, coming.public)
    try:
        with transaction.atomic(using="sealed"):
            ready = frozenset(NextWrap.objects.filter(key=coming).values_list("wrap", flat=True))
            taken = take_over(coming)
            store_notes(fresh)
            _replace(living, coming)
            Unlocked.objects.filter(holder=actor.key).delete()
            append(
                action="reports.rotated",
                actor=actor,
                subject=f"keyholder:{actor.key}",
                payload={"public": coming.public, "before": living.public, "wraps": taken},
                using="sealed",
            )
            _require_all(actor.key, ready)
    except _MoreError:
        return False
    return True


def _require_all(holder: str, ready: frozenset[int]) -> None:
    """Asked under the journal's lock: what is filed after it sees the new key."""
    if not ready.issuperset(Wrap.objects.filter(holder=holder).values_list("pk", flat=True)):
        raise _MoreError


def _replace(living: Keyholder, coming: NextKey) -> None:
    today = clock.today()
    ended = Keyholder.objects.filter(pk=living.pk, until_on=None)
    if not ended.update(until_on=today, by_passphrase=None, by_code=None):
        raise ConflictError(_("Your key has changed meanwhile. Begin anew."))
    Keyholder.objects.create(
        holder=living.holder,
        office=living.office,
        public=coming.public,
        by_passphrase=coming.by_passphrase,
        by_code=coming.by_code,
        code_kept_on=coming.code_kept_on,
        # Whoever holds the old key has made the new one: trust goes with it, and so does a doubt.
        trusted_on=living.trusted_on,
        since_on=today,
        seen_on=today,
    )
    KeyCheck.objects.filter(public=living.public).update(public=coming.public)


def drop_rotation(*, actor: Actor) -> None:
    """Forget a change that was begun: the old key was never out of use. Safe to repeat."""
    with transaction.atomic(using="sealed"):
        number, _kinds = NextKey.objects.filter(pk=actor.key).delete()
        if number:
            append(
                action="reports.rotation_dropped",
                actor=actor,
                subject=f"keyholder:{actor.key}",
                using="sealed",
            )
