"""Reading the journal on: sums and bookmark move in one transaction, or not at all.

A fold's work is done before the transaction and thrown away if another process was first, so that
writers wait for the rows alone.
"""

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.figures.models import Bookmark
from baqylau.figures.queries.definitions import folds
from baqylau.figures.queries.telling import day_of_entry, last_number, told
from baqylau.figures.rules.adding import Key, Raw, add_up, check, collect, spread
from baqylau.figures.services.writing import add, forget, replace
from baqylau.journal.services import append
from baqylau.kernel.access import SYSTEM
from baqylau.kernel.figures import Fold

MENDED = "figures.mended"
"""The entry that tells of sums that were not what the records lead to."""
CHUNK = 1_000
"""Entries that a transaction moves a bookmark on by."""
PATIENCE = 2_000
"""Entries that whoever opens a page waits for."""
GULP = 20_000
"""Entries that are read at once when everything is counted anew."""
USUAL: Final = gc.get_threshold()
SELDOM: Final = (100_000, 20, 20)
"""When Python looks for circles of garbage while everything is counted anew."""


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Let Python look for circles seldom: sums by the hundred thousand hold none.

    A fifth of the time went there. Of two at once the first to end puts the usual back for both.
    """
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*USUAL)


def restart(*, fold: Fold) -> None:
    """Forget what a fold has counted, so that it begins at the first entry."""
    with transaction.atomic():
        forget(fold.measures)
        Bookmark.objects.update_or_create(
            fold=fold.code, defaults={"version": fold.version, "number": 0, "day": None}
        )


def _mark(fold: Fold) -> Bookmark:
    """Where the fold stands; at the beginning when its definition has changed."""
    mark = Bookmark.objects.filter(fold=fold.code).first()
    if mark is None or mark.version != fold.version:
        restart(fold=fold)
        mark = Bookmark.objects.get(fold=fold.code)
    return mark


def fold_next(*, fold: Fold, last: int, most: int = CHUNK) -> int:
    """Read the next entries, up to `last`; returns how many are left after that."""
    mark = _mark(fold)
    upto = min(last, mark.number + most)
    if upto <= mark.number:
        return 0
    sums = add_up(fold.run(told(fold.actions, mark.number, upto)), fold)
    day = day_of_entry(upto)
    with transaction.atomic():
        now = Bookmark.objects.select_for_update().get(fold=fold.code)
        if (now.number, now.version) != (mark.number, mark.version):
            return max(0, last - now.number)
        add(sums)
        Bookmark.objects.filter(fold=fold.code).update(number=upto, day=day)
    return last - upto


def catch_up(*, among: Sequence[Fold] | None = None, most: int = PATIENCE) -> int:
    """Read on for whoever opens a page, so many entries at most; returns how many are left."""
    last, left = last_number(), 0
    # Mostly all of them have read everything: one question tells, however many rooms count.
    there = set(Bookmark.objects.filter(number__gte=last).values_list("fold", "version"))
    for fold in folds() if among is None else among:
        if (fold.code, fold.version) in there:
            continue
        for _round in range(-(-most // CHUNK)):
            behind = fold_next(fold=fold, last=last)
            if not behind:
                break
        left = max(left, behind)
    return left


def fold_all() -> str:
    """Read everything that is not read yet; says how far.

    A fold that has read nothing of a long journal is counted as a whole: its sums are written once.
    """
    last = last_number()
    for fold in folds():
        if last > GULP and not _mark(fold).number:
            rebuild(fold=fold)
        while fold_next(fold=fold, last=last):
            pass
    return _("read up to entry %(number)s") % {"number": last}


def counted(fold: Fold, upto: int, *, after: int = 0) -> Counter[Key]:
    """The sums of a fold after one entry and up to another, made anew; nothing is written.

    Sums that come to nothing are left out; those below 0 take back what was given before.
    """
    raw: Raw = {}
    with _seldom_collected():
        for start in range(after, upto, GULP):
            collect(raw, fold.run(told(fold.actions, start, min(start + GULP, upto))))
        check(fold, raw)
        return spread(raw)


def rebuild(*, fold: Fold) -> int:
    """Count everything anew and put it in the place of what was there; returns the sums."""
    last = last_number()
    sums = counted(fold, last)
    put(fold, sums, last)
    return len(sums)


def put(fold: Fold, sums: Counter[Key], number: int, *, mended: int = 0) -> None:
    """Put sums that were counted up to an entry in the place of a fold's rows.

    `mended` is how many rows were wrong: then the journal says so.
    """
    day = day_of_entry(number)
    with _seldom_collected(), transaction.atomic():
        replace(fold.measures, sums)
        Bookmark.objects.update_or_create(
            fold=fold.code, defaults={"version": fold.version, "number": number, "day": day}
        )
        if mended:
            append(
                action=MENDED,
                actor=SYSTEM,
                subject=f"fold:{fold.code}",
                payload={"number": number, "sums": mended},
            )
