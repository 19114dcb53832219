"""The house of cases, which is what most figures are about."""

from tests.casework.conftest import house

__all__ = ["house"]
