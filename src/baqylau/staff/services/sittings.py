"""Who sits where: opening, touching, locking, reopening and ending a shift at a browser."""

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models import F

from baqylau.journal import services as journal
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.staff import rules
from baqylau.staff.models import Sitting, User

TOUCHED_EVERY = 15
"""Seconds between two writes of "seen"; the lock may come earlier by so much."""


@transaction.atomic
def open_sitting(*, user: User, browser: str, session_key: str) -> Sitting:
    """Begin a shift after a full sign-in; an older one of the same person here ends."""
    now = clock.now()
    Sitting.objects.filter(user=user, browser=browser).delete()
    sitting = Sitting.objects.create(
        user=user, browser=browser, session_key=session_key, opened_at=now, seen_at=now
    )
    journal.append(action="staff.signed_in", actor=Actor(user.key), subject=f"staff:{user.key}")
    return sitting


def touch_sitting(*, sitting: Sitting) -> None:
    """Note that somebody is at the desk; quietly nothing when that was noted just now.

    Only then is there a transaction: otherwise every page would wait for whoever writes.
    """
    now = clock.now()
    if rules.is_idle(sitting.seen_at, now, TOUCHED_EVERY):
        with transaction.atomic():
            Sitting.objects.filter(pk=sitting.pk, locked_at=None).update(seen_at=now)


@transaction.atomic
def lock_sitting(*, sitting: Sitting) -> None:
    """Lock the desk; the session stays as it is."""
    if sitting.locked_at is None:
        sitting.locked_at = clock.now()
        Sitting.objects.filter(pk=sitting.pk).update(locked_at=sitting.locked_at)


@transaction.atomic
def reopen_sitting(*, sitting: Sitting, session_key: str) -> None:
    """Unlock the desk under a renewed session."""
    Sitting.objects.filter(pk=sitting.pk).update(
        locked_at=None, misses=0, seen_at=clock.now(), session_key=session_key
    )


def try_pin(*, sitting: Sitting, secret: str) -> bool:
    """Whether the PIN (the passphrase, for somebody without one) is right.

    Each try is counted before it is compared, in a transaction of its own, so that tries at the
    same moment count too. The fifth miss ends the shift: then only a full sign-in helps.
    """
    with transaction.atomic():
        counted = Sitting.objects.filter(pk=sitting.pk, misses__lt=rules.PIN_TRIES).update(
            misses=F("misses") + 1
        )
    if not counted:
        return False
    # Hashing takes its time, so it stands outside any transaction.
    if check_password(secret, sitting.user.pin or sitting.user.password):
        return True
    with transaction.atomic():
        spent = Sitting.objects.filter(pk=sitting.pk, misses__gte=rules.PIN_TRIES)
        if spent.exists():
            spent.delete()
            _note_spent(sitting.user)
    return False


def _note_spent(user: User) -> None:
    journal.append(
        action="staff.pin_tries_spent", actor=Actor(user.key), subject=f"staff:{user.key}"
    )


@transaction.atomic
def end_sitting(*, sitting: Sitting) -> None:
    """End the shift: a full sign-in is due."""
    Sitting.objects.filter(pk=sitting.pk).delete()


def is_live(sitting: Sitting) -> bool:
    """Whether the shift still runs, and a PIN may reopen it."""
    return not rules.is_over(sitting.opened_at, clock.now(), settings.STAFF_SHIFT)
