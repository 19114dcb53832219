"""Comparing the sums with the journal, from its first entry."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from baqylau.figures.models import Bin, Bookmark, Tally
from baqylau.figures.queries.definitions import folds
from baqylau.figures.rules.adding import Key
from baqylau.figures.rules.spans import UNSIZED
from baqylau.figures.services.folding import counted
from baqylau.figures.services.folding import rebuild as rebuild_fold
from baqylau.kernel.figures import Fold

TRIES = 5
"""How often the rows are read again because they grew meanwhile."""


def kept(fold: Fold) -> Counter[Key]:
    """The rows of a fold as sums."""
    columns = ("measure", "dimension", "span", "first_on", "value")
    tallies = Tally.objects.filter(measure__in=sorted(fold.measures))
    bins = Bin.objects.filter(measure__in=sorted(fold.measures))
    found: Counter[Key] = Counter()
    for *key, amount in tallies.values_list(*columns, "amount").iterator():
        found[*key, UNSIZED] = amount
    for *key, amount in bins.values_list(*columns, "size", "amount").iterator():
        found[tuple(key)] = amount
    return found


def differences() -> Iterator[str]:
    """One sentence for each sum that the journal does not lead to."""
    for fold in folds():
        yield from _differences(fold)


def _differences(fold: Fold) -> Iterator[str]:
    mark = Bookmark.objects.filter(fold=fold.code).first()
    if mark is None:
        return
    for _try in range(TRIES):
        rows, sums = kept(fold), counted(fold, mark.number)
        before, mark = mark, Bookmark.objects.get(fold=fold.code)
        if mark.number == before.number:
            break
    if mark.version != fold.version:
        yield _("%(fold)s: counted by an older definition") % {"fold": fold.code}
        return
    for key in sorted(rows.keys() | sums.keys()):
        if rows[key] != sums[key]:
            yield _("%(sum)s: the page says %(kept)s, the journal %(told)s") % {
                "sum": " ".join(map(str, key[:5])),
                "kept": rows[key],
                "told": sums[key],
            }


def rebuild() -> int:
    """Count everything anew from the journal; returns the sums."""
    return sum(rebuild_fold(fold=fold) for fold in folds())
