"""What closing a period would publish, and what it was counted from.

Tables take seconds to choose (the gate asks what everybody could work out), so they are counted
once, looked at, and published as they were seen, if what they rest on has not changed since.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from baqylau.figures.models import Bin, Closing, Draft, Tally
from baqylau.figures.queries.closing import cells, to_publish
from baqylau.figures.queries.definitions import folds
from baqylau.figures.queries.published import corrections
from baqylau.figures.queries.sums import version_of
from baqylau.figures.rules.evaluating import LIVE, measures_of
from baqylau.figures.rules.sealing import Published, digest, from_rows
from baqylau.figures.rules.spans import Chosen
from baqylau.kernel.errors import ConflictError
from baqylau.kernel.figures import Span

TRIES = 5
"""How often the cells are counted again because the sums grew meanwhile."""
BEFORE = 3
"""Quarters before it whose numbers a quarter's tables rest on as well."""
COLUMNS = ("measure", "dimension", "first_on", "value")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The cells, up to which entry of the journal they were counted, and from what (a digest)."""

    number: int
    basis: str
    cells: tuple[Published, ...]

    @property
    def digest(self) -> str:
        """What they are."""
        return digest(self.cells)


def published_measures() -> list[str]:
    """Every measure that a published figure is added up from."""
    found = {measure for figure in to_publish() for measure in measures_of(figure)}
    return sorted(found - {LIVE})


def has_tables(chosen: Chosen) -> bool:
    """Whether closing the period publishes more than wholes."""
    return chosen.span is Span.QUARTER


def _since(chosen: Chosen) -> date:
    if not has_tables(chosen):
        return chosen.first
    months = chosen.first.year * 12 + chosen.first.month - 1 - 3 * BEFORE
    return date(months // 12, months % 12 + 1, 1)


def _behind(chosen: Chosen) -> Q:
    """The sums that the tables rest on: of what is published, by what it is published by."""
    meant = Q(pk__in=[])
    for figure in to_publish():
        codes = ["", *sorted(figure.published or ())]
        meant |= Q(measure__in=measures_of(figure), dimension__in=codes)
    days = (_since(chosen), chosen.first)
    return meant & Q(span=chosen.span.value, first_on__range=days)


def size_of(chosen: Chosen) -> int:
    """How many sums the tables rest on, which says how long counting takes; 0 without tables."""
    return Tally.objects.filter(_behind(chosen)).count() if has_tables(chosen) else 0


def basis_of(chosen: Chosen) -> str:
    """The SHA-256 (hex) over every sum that the cells rest on, and over what is published before.

    Wholes need none: they are counted again when the period is closed.
    """
    found = hashlib.sha256()
    if not has_tables(chosen):
        return found.hexdigest()
    for model, columns in ((Tally, COLUMNS), (Bin, (*COLUMNS, "size"))):
        rows = model.objects.filter(_behind(chosen)).order_by(*columns)
        for row in rows.values_list(*columns, "amount").iterator():
            found.update(repr(row).encode())
    before = Closing.objects.filter(span=chosen.span.value, first_on__lt=chosen.first)
    said = before.order_by("first_on").values_list("digest", flat=True)
    corrected = corrections().filter(cell__closing__in=before).count()
    found.update(repr((list(said), corrected)).encode())
    return found.hexdigest()


def prepare(chosen: Chosen, today: date) -> Prepared:
    """Count what closing would publish; nothing is written.

    Raises: ConflictError when the sums do not stand still.
    """
    for _try in range(TRIES):
        before = version_of(folds(), today).number or 0, basis_of(chosen)
        found = cells(chosen, today)
        after = version_of(folds(), today).number or 0, basis_of(chosen)
        if after == before or (has_tables(chosen) and after[1] == before[1]):
            return Prepared(*before, tuple(found))
    raise ConflictError(_("So much is being written that nothing can be counted. Try again."))


def draft_of(chosen: Chosen) -> Draft | None:
    """What was counted for the period, when it was."""
    return Draft.objects.filter(span=chosen.span.value, first_on=chosen.first).first()


def as_prepared(draft: Draft) -> Prepared:
    """The draft's cells."""
    return Prepared(draft.number, draft.basis, tuple(from_rows(draft.cells)))
