"""The tile map: recognisable, readable, reachable."""

import csv
import itertools
import re

import pytest
from django.template import Context, Template
from django.utils import translation

from baqylau.territories import queries, services
from baqylau.territories.models import Territory
from baqylau.territories.rules import LETTER, SIDE, TileValue, box, square
from tests.consistency.source import PACKAGE

pytestmark = pytest.mark.django_db
VALUES = {
    "314800000": TileValue("25", "25 мекеме", "/districts/314800000/", level=3),
    "311000000": TileValue("140", "140 мекеме"),
}


@pytest.fixture(autouse=True)
def units() -> None:
    services.seed()


def drawn(language: str = "kk") -> str:
    source = "{% load territories %}{% tile_map values 'Мекемелер' 'Саны' %}"
    with translation.override(language):
        return Template(source).render(Context({"values": VALUES}))


def middles() -> dict[str, tuple[float, float]]:
    """Longitude and latitude of the middle of each unit's bounding box, by code."""
    path = PACKAGE / "territories" / "seed" / "districts.tsv"
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["west"]]
    return {
        row["kato"]: (
            (float(row["west"]) + float(row["east"])) / 2,
            (float(row["south"]) + float(row["north"])) / 2,
        )
        for row in rows
    }


def test_who_lies_clearly_east_or_north_of_another_does_so_on_the_map() -> None:
    tiles = {unit.kato: unit for unit in queries.tiles()}
    places = middles()
    assert set(tiles) == set(places)
    compared = 0
    for one, other in itertools.permutations(tiles, 2):
        east = places[one][0] - places[other][0]
        north = places[one][1] - places[other][1]
        if east > 0.8:
            compared += 1
            assert (tiles[one].column or 0) >= (tiles[other].column or 0), (one, other)
        if north > 0.6:
            compared += 1
            assert (tiles[one].row or 0) <= (tiles[other].row or 0), (one, other)
    assert compared > 60


def test_neighbours_that_everybody_knows_touch() -> None:
    places = {unit.name_en: (unit.column or 0, unit.row or 0) for unit in queries.tiles()}
    for one, other in [
        ("Taraz", "Bayzak"),
        ("Taraz", "Zhambyl"),
        ("Zhambyl", "Zhualy"),
        ("Talas", "Sarysu"),
        ("Turar Ryskulov", "Merki"),
        ("Merki", "Shu"),
        ("Shu", "Korday"),
        ("Moiynkum", "Shu"),
    ]:
        apart = [abs(a - b) for a, b in zip(places[one], places[other], strict=True)]
        assert max(apart) == 1, (one, other)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_name_fits_its_tile_with_letters_that_can_be_read_on_a_small_phone(
    language: str,
) -> None:
    width, _height = box([(unit.column or 0, unit.row or 0) for unit in queries.tiles()])
    for unit in queries.tiles():
        name = getattr(unit, f"name_{language}")
        drawn_at = square(unit.column or 0, unit.row or 0, name)
        for word, y in drawn_at.lines:
            assert len(word) * LETTER * drawn_at.size <= SIDE - 12
            assert drawn_at.y + drawn_at.size < y < drawn_at.number_y - 22
        assert drawn_at.size * (360 - 32) / width >= 10.5


def test_every_name_is_there_in_full() -> None:
    page = drawn()
    for word in ("Мойынқұм", "Тұрар", "Рысқұлов", "Жуалы"):
        assert f">{word}</text>" in page


def test_a_tile_with_an_address_is_a_link_that_reads_itself_out() -> None:
    page = drawn()
    assert '<a href="/districts/314800000/" aria-label="Қордай ауданы: 25 мекеме"' in page
    assert '<g role="img" aria-label="Тараз қаласы: 140 мекеме"' in page
    assert '<g role="img" aria-label="Шу ауданы"' in page


def test_the_table_beside_holds_the_same_numbers() -> None:
    table = drawn("ru").split("<details>")[1]
    assert re.findall(r'class="num">(\d+)<', table) == ["25", "140"]
    assert "Кордайский район" in table


def test_the_map_needs_no_style_attribute_and_no_script() -> None:
    page = drawn()
    assert "style=" not in page
    assert "<script" not in page
    assert len(page.encode()) < 9_000


def test_a_unit_that_has_ended_leaves_its_tile() -> None:
    Territory.objects.filter(kato="316600000").update(until_on="2020-01-01")
    assert "Шу" not in [unit.name_kk for unit in queries.tiles()]
