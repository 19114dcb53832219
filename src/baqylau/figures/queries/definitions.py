"""What the installed rooms have registered."""

from django.utils.translation import gettext as _

from baqylau.figures.rules.evaluating import LIVE, measures_of
from baqylau.kernel.errors import DomainError
from baqylau.kernel.figures import Dimension, Figure, Fold
from baqylau.kernel.modules import registry


class UnknownFigureError(DomainError):
    """There is no such figure."""

    code = "unknown"
    status = 404


def folds() -> list[Fold]:
    """Every fold. Raises: ValueError when two share a code or a measure."""
    found: list[Fold] = registry.gather("folds")
    codes = [fold.code for fold in found]
    measures = [measure for fold in found for measure in fold.measures]
    for names in (codes, measures):
        if double := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"registered by two folds: {sorted(double)}")
    return found


def figures() -> list[Figure]:
    """Every figure in its order.

    Raises: ValueError when two share a code, or a public one and another one a measure.
    """
    found: list[Figure] = registry.gather("figures")
    codes = [figure.code for figure in found]
    if double := {code for code in codes if codes.count(code) > 1}:
        raise ValueError(f"registered twice: {sorted(double)}")
    public = {name for each in found if each.has_public_records for name in measures_of(each)}
    others = {name for each in found if not each.has_public_records for name in measures_of(each)}
    if both := (public & others) - {LIVE}:
        # Exact here and hidden there: whoever subtracts would find what the gate hides.
        raise ValueError(f"of public records and of others: {sorted(both)}")
    return found


def figure(code: str) -> Figure:
    """The figure with the code. Raises: UnknownFigureError."""
    for each in figures():
        if each.code == code:
            return each
    raise UnknownFigureError(_("There is no such figure."))


def dimension(of: Figure, code: str) -> Dimension | None:
    """The figure's dimension with the code; its first one when there is none such."""
    for each in of.dimensions:
        if each.code == code:
            return each
    return of.dimensions[0] if of.dimensions else None


def folds_of(of: Figure) -> list[Fold]:
    """The folds that a figure rests on; none for a live one."""
    measures = set(measures_of(of)) - {LIVE}
    return [fold for fold in folds() if fold.measures & measures]
