"""The house of cases, which is what most numbers are about."""

from tests.casework.conftest import house

__all__ = ["house"]
