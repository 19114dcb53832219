"""Comparing the sums with the journal, from its first entry."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from baqylau.figures.queries.definitions import folds
from baqylau.figures.services.checking import compare, kept
from baqylau.figures.services.folding import rebuild as rebuild_fold

__all__ = ["differences", "kept", "rebuild"]


def differences() -> Iterator[str]:
    """One sentence for each sum that the journal does not lead to."""
    for fold in folds():
        found = compare(fold)
        if found is None:
            continue
        if found.is_older:
            yield _("%(fold)s: counted by an older definition") % {"fold": fold.code}
            continue
        yield from map(str, found.differences)


def rebuild() -> int:
    """Count everything anew from the journal; returns the sums."""
    return sum(rebuild_fold(fold=fold) for fold in folds())
