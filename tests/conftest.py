"""What every test may use: the cast, and clocks that stand still."""

import pytest

from baqylau.config import messages


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues before the first page is drawn."""
    messages.compile_all()
