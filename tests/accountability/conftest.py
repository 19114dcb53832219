"""The house of cases with its reception, and a spring quarter that is closed."""

from tests.accountability.making import closed, year
from tests.figures.hiding import same_cells
from tests.reception.conftest import desk, house, keys

__all__ = ["closed", "desk", "house", "keys", "same_cells", "year"]
