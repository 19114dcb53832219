"""The two counters follow labels in batches: who watches them cannot tell which label moved what.

Until then the moves of each label lie sealed under a key that is derived from the journal's own: a
copy of the database alone does not open them.
"""

from collections import Counter as Tally
from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from secrets import SystemRandom
from typing import Final

from django.db import transaction
from django.db.models import F

from baqylau.journal import keys as journal_keys
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM
from baqylau.law.counting import add_months
from baqylau.reports.models import Counter, Uncounted, new_id
from baqylau.reports.rules.contents import dumped, loaded
from baqylau.seal import keys, notes
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey, Use
from baqylau.storage.wiping import overwrite_deleted, rewrite

ENOUGH: Final = 8
"""Labels that are counted together at least, unless they have waited for PATIENCE."""
PATIENCE: Final = 3
"""Months after which fewer are counted too: a year's table must not wait for ever."""
Move = tuple[str, str, int]
"""Counter, value, step."""


def put(filed_on: date, moves: Sequence[Move]) -> None:
    """Lay the moves of a label aside, within the caller's transaction; none is none."""
    if not moves:
        return
    number = new_id()
    text = dumped({"month": f"{filed_on:%Y-%m}-01", "moves": [list(move) for move in moves]})
    sealed = notes.seal(text.decode(), number, [_key().public])
    Uncounted.objects.create(id=number, month=clock.today().replace(day=1), sealed=sealed)


def count_together() -> str:
    """Let the counters follow the labels of months that are over, if they are enough.

    All or nothing, in an order that is drawn by lot. What does not open, because `keys/` is not the
    one under which it was sealed, stays where it is. Safe to repeat; says how many were counted.
    """
    this_month = clock.today().replace(day=1)
    with transaction.atomic(using="sealed"):
        overwrite_deleted("sealed")
        waiting = Uncounted.objects.select_for_update().filter(month__lt=this_month)
        opened = _opened(list(waiting))
        oldest = min((row.month for row, _moves in opened), default=this_month)
        if not opened or (len(opened) < ENOUGH and oldest > add_months(this_month, -PATIENCE)):
            return "0 counted"
        _move(opened)
        Uncounted.objects.filter(pk__in=[row.pk for row, _moves in opened]).delete()
        append(
            action="reports.counted",
            actor=SYSTEM,
            subject="reports:counters",
            payload={"labels": len(opened)},
            using="sealed",
        )
    # Dead rows still say which label came when.
    rewrite("sealed", [Uncounted._meta.db_table, Counter._meta.db_table])
    return f"{len(opened)} counted"


Cell = tuple[date, str, str]


def _opened(rows: Sequence[Uncounted]) -> list[tuple[Uncounted, list[tuple[Cell, int]]]]:
    """The rows that open, with the cells that each moves."""
    key, found = _key(), []
    for row in rows:
        try:
            said = loaded(notes.unseal(key, row.pk, bytes(row.sealed)).encode())
        except SealError:
            continue
        month = date.fromisoformat(said["month"])
        found.append((row, [((month, by, value), step) for by, value, step in said["moves"]]))
    return found


def _move(opened: Sequence[tuple[Uncounted, list[tuple[Cell, int]]]]) -> None:
    sums: Tally[Cell] = Tally()
    for _row, moves in opened:
        for cell, step in moves:
            sums[cell] += step
    cells = [cell for cell, step in sums.items() if step]
    SystemRandom().shuffle(cells)
    for month, by, value in cells:
        row, _is_new = Counter.objects.get_or_create(month=month, by=by, value=value)
        Counter.objects.filter(pk=row.pk).update(number=F("number") + sums[month, by, value])


def _key() -> SecretKey:
    seed = blake2b(journal_keys.seed(), digest_size=32, person=b"baqylau counters")
    return keys.from_seed(Use.PERSON, seed.digest())
