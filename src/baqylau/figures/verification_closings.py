"""Comparing what is published of closed periods with its seal and with the journal.

Who changes a cell must change the digest of its period, and then the signature; who signs anew
needs the key, and leaves the digest that the journal holds. So nothing of it is ever rebuilt.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from baqylau.figures.models import Cell, Closing, Correction
from baqylau.figures.queries.definitions import folds
from baqylau.figures.queries.published import chosen_of
from baqylau.figures.queries.telling import day_of
from baqylau.figures.rules.sealing import Corrected, Published, digest, is_signed, message
from baqylau.figures.services.folding import MENDED
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.modules import Health

RECENT = timedelta(days=30)
"""How long the doctor speaks of sums that were put right."""
SHOWN = 3
"""Faults that the doctor names."""
Place = tuple[str, str, str, str, int]
"""Period, figure ("" for the closing), dimension and value ("" for a whole), turn."""
Told = dict[Place, dict[str, Any]]
"""What the journal says."""


def faults() -> Iterator[str]:
    """One sentence for each closing or correction that is not as it was signed and told."""
    told = _told()
    for closing in Closing.objects.order_by("first_on", "span"):
        code = chosen_of(closing).code
        for fault in _of_closing(closing, told.pop((code, "", "", "", 0), None)):
            yield _("%(period)s: %(fault)s") % {"period": code, "fault": fault}
        for fault in _of_corrections(closing, code, told):
            yield _("%(period)s: %(fault)s") % {"period": code, "fault": fault}
    for period, figure, dimension, value, turn in sorted(told):
        named = " ".join(filter(None, (figure, dimension, value, str(turn))))
        yield _("%(period)s: the journal tells of it and it is not there: %(what)s") % {
            "period": period,
            "what": named if figure else _("the closing"),
        }


def _told() -> Told:
    rows = Entry.objects.using("default").filter(action__in=("figures.closed", "figures.corrected"))
    found: Told = {}
    for subject, payload in rows.values_list("subject", "payload"):
        said = json.loads(payload)
        period = subject.removeprefix("period:")
        figure, by, value = (said.get(name, "") for name in ("figure", "dimension", "value"))
        found[period, figure, by, value, said.get("turn", 0)] = said
    return found


def _of_closing(closing: Closing, told: dict[str, Any] | None) -> Iterator[str]:
    rows = Cell.objects.filter(closing=closing).values_list(
        "figure", "window", "dimension", "value", "answer", "together"
    )
    if digest(Published(*row) for row in rows) != closing.digest:
        yield _("its numbers are not those that were signed")
    words = message(closing.span, closing.first_on, closing.number, closing.head, closing.digest)
    if not is_signed(words, closing.key, closing.signature):
        yield _("its signature is wrong")
    head = Entry.objects.using("default").filter(number=closing.number).first()
    if head is None or head.digest != closing.head:
        yield _("the journal has another entry where it was closed")
    if told is None or (told["digest"], told["number"]) != (closing.digest, closing.number):
        yield _("the journal does not tell of this closing")


def _of_corrections(closing: Closing, code: str, told: Told) -> Iterator[str]:
    rows = Correction.objects.filter(cell__closing=closing).select_related("cell")
    last: dict[int, tuple[int, object]] = {}
    for row in rows.order_by("cell_id", "number"):
        figure, by, value = row.cell.figure, row.cell.dimension, row.cell.value
        number, before = last.get(row.cell_id, (0, row.cell.answer))
        said = told.pop((code, figure, by, value, row.number), None)
        reasons = {"kk": row.reason_kk, "ru": row.reason_ru, "en": row.reason_en}
        found = Corrected(code, figure, row.number, row.old, row.new, reasons, by, value)
        if said is None or said["digest"] != found.digest:
            yield _("a correction is not as it was published: %(figure)s") % {"figure": figure}
        if (row.number, row.old) != (number + 1, before):
            yield _("a correction is missing: %(figure)s") % {"figure": figure}
        last[row.cell_id] = row.number, row.new


def keep() -> int:
    """Nothing that is published is ever made anew; returns the closed periods."""
    return Closing.objects.count()


def health() -> Iterator[Health]:
    """What is wrong with published numbers, and sums that had to be put right lately."""
    found = list(faults())
    for fault in found[:SHOWN]:
        yield Health(
            _("A closed period is not as it was signed: %(fault)s") % {"fault": fault},
            _("Publish nothing of it. Compare with a backup and with the signed heads."),
        )
    subjects = [f"fold:{fold.code}" for fold in folds()]
    last = (
        Entry.objects.using("default")
        .filter(subject__in=subjects, action=MENDED)
        .order_by("-number")
        .first()
    )
    if last and day_of(last.at) > clock.today() - RECENT:
        yield Health(
            _("Sums of the figures were not what the records say; they were counted anew: %(at)s")
            % {"at": day_of(last.at).isoformat()},
            _("Ask who can write to the database beside the program, and run “baqylau verify”."),
        )
