"""The search's memory must not outlive the rows that a test rolls back."""

from collections.abc import Iterator

import pytest

from baqylau.catalogue.queries.search import keeper


@pytest.fixture(autouse=True)
def fresh_index() -> Iterator[None]:
    """Forget the index before and after each test."""
    keeper.forget()
    yield
    keeper.forget()
