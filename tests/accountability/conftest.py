"""The house of cases with its reception, and a spring quarter that is closed."""

from tests.accountability.making import closed, year
from tests.reception.conftest import desk, house, keys

__all__ = ["closed", "desk", "house", "keys", "year"]
