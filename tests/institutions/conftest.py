"""Districts, a maker of bodies, and the training register."""

from collections.abc import Callable

import pytest

from baqylau.institutions import services
from baqylau.institutions.models import Institution
from baqylau.institutions.training.load import load
from baqylau.kernel.access import Actor
from baqylau.territories import services as territories

EDITOR = Actor("editor", frozenset({"editor"}))
KORDAY = "314800000"
TARAZ = "311000000"
Make = Callable[..., Institution]


@pytest.fixture
def districts(db: None) -> None:
    """The units of the oblast."""
    territories.seed()


@pytest.fixture
def make(districts: None) -> Make:
    """`make("№ 5 мектеп", kind="school", district_id=TARAZ)` stores a body."""

    def body(name: str = "№ 5 мектеп", **fields: object) -> Institution:
        given = {"kind": "school", "ownership": "state", "district_id": KORDAY, **fields}
        return services.create(actor=EDITOR, fields={"name_kk": name, **given})

    return body


@pytest.fixture
def training(districts: None) -> int:
    """The training register; the number of its rows."""
    return load(2017, 1, lambda _done, _total: None)
