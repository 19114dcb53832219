"""Counting every figure anew from the records, and saying where the sums were others."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from baqylau.figures.models import Bin, Bookmark, Closing, Tally
from baqylau.figures.queries.definitions import folds
from baqylau.figures.queries.moving import moved
from baqylau.figures.rules.adding import Key
from baqylau.figures.rules.spans import UNSIZED
from baqylau.figures.services.folding import counted, fold_all, put
from baqylau.kernel.figures import Fold

TRIES = 5
"""How often the rows are read again because they grew meanwhile."""
COLUMNS = ("measure", "dimension", "span", "first_on", "value")


@dataclass(frozen=True, slots=True)
class Difference:
    """A sum that the records lead elsewhere; `size` is `UNSIZED` for all sizes."""

    key: Key
    kept: int
    told: int

    def __str__(self) -> str:
        return _("%(sum)s: the page says %(kept)s, the journal %(told)s") % {
            "sum": " ".join(map(str, self.key[:5])),
            "kept": self.kept,
            "told": self.told,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fold counted anew up to an entry: what it comes to, and what the rows said."""

    fold: Fold
    number: int
    sums: Counter[Key]
    differences: tuple[Difference, ...]
    is_older: bool = False
    """Whether the rows were counted by an older definition."""

    @property
    def is_sound(self) -> bool:
        """Whether the rows are what the records lead to."""
        return not (self.is_older or self.differences)


def kept(fold: Fold) -> Counter[Key]:
    """The rows of a fold as sums."""
    tallies = Tally.objects.filter(measure__in=sorted(fold.measures))
    bins = Bin.objects.filter(measure__in=sorted(fold.measures))
    found: Counter[Key] = Counter()
    for *key, amount in tallies.values_list(*COLUMNS, "amount").iterator():
        found[*key, UNSIZED] = amount
    for *key, amount in bins.values_list(*COLUMNS, "size", "amount").iterator():
        found[tuple(key)] = amount
    return found


def compare(fold: Fold) -> Comparison | None:
    """Count a fold anew and compare; None before it has read anything. Nothing is written."""
    mark = Bookmark.objects.filter(fold=fold.code).first()
    if mark is None:
        return None
    sums = counted(fold, mark.number)
    rows = kept(fold)
    for _try in range(TRIES):
        now = Bookmark.objects.get(fold=fold.code)
        if now.number == mark.number:
            break
        # Only what was folded meanwhile is counted on: the rest has been counted already.
        sums += counted(fold, now.number, after=mark.number)
        mark, rows = now, kept(fold)
    return Comparison(
        fold,
        mark.number,
        sums,
        tuple(_differences(rows, sums)),
        is_older=mark.version != fold.version,
    )


def _differences(rows: Counter[Key], sums: Counter[Key]) -> Iterator[Difference]:
    for key in sorted(rows.keys() | sums.keys()):
        if rows[key] != sums[key]:
            yield Difference(key, rows[key], sums[key])


def mend(comparison: Comparison) -> None:
    """Put the sums that were counted in the place of the rows, and write it down."""
    put(
        comparison.fold,
        comparison.sums,
        comparison.number,
        mended=max(1, len(comparison.differences)),
    )


def check_all() -> str:
    """Count everything anew; what differs is put right and written into the journal.

    Says how many sums there are, how many differed, and how many published numbers the records
    lead elsewhere now: those are never changed.
    """
    sums = wrong = 0
    for fold in folds():
        found = compare(fold)
        if found is None:
            continue
        sums += len(found.sums)
        wrong += len(found.differences)
        if not found.is_sound:
            mend(found)
    # After it: sums that somebody has changed may be such as nothing can be added to.
    fold_all()
    elsewhere = len(moved(list(Closing.objects.all())))
    return _("sums: %(sums)s, differed: %(wrong)s, closed numbers to look at: %(moved)s") % {
        "sums": sums,
        "wrong": wrong,
        "moved": elsewhere,
    }
