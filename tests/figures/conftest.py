"""The house of cases, which is what most figures are about."""

from tests.casework.conftest import house
from tests.figures.hiding import same_cells

__all__ = ["house", "same_cells"]
