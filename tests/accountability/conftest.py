"""The house of cases, and a spring quarter that is closed."""

from tests.accountability.making import closed, year
from tests.casework.conftest import house

__all__ = ["closed", "house", "year"]
