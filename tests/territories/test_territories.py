"""Units: seed, names, order, spans."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from baqylau.journal.models import Entry
from baqylau.territories import labels, queries, services
from baqylau.territories.models import Level, Territory

pytestmark = pytest.mark.django_db


def test_the_seed_brings_the_oblast_its_city_and_ten_districts() -> None:
    assert services.seed() == "12"
    levels = list(Territory.objects.values_list("level", flat=True))
    assert (levels.count("oblast"), levels.count("city"), levels.count("district")) == (1, 1, 10)
    assert {unit.parent_id for unit in Territory.objects.exclude(level=Level.OBLAST)} == {
        "310000000"
    }


def test_seeding_again_changes_and_journals_nothing() -> None:
    services.seed()
    entries = Entry.objects.count()
    services.seed()
    assert Entry.objects.count() == entries


def test_seeding_mends_what_the_shipped_file_says_otherwise() -> None:
    services.seed()
    Territory.objects.filter(kato="314800000").update(name_kk="Басқа")
    services.seed()
    assert Territory.objects.get(kato="314800000").name_kk == "Қордай"


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("kk", ["Байзақ", "Жамбыл", "Жуалы", "Қордай", "Меркі", "Мойынқұм"]),
        ("ru", ["Байзак", "Жамбыл", "Жуалы", "Кордай", "Мерке", "Мойынкум"]),
        ("en", ["Bayzak", "Korday", "Merki", "Moiynkum", "Sarysu", "Shu"]),
    ],
)
def test_districts_stand_in_the_order_of_the_readers_alphabet(
    language: str, order: list[str]
) -> None:
    services.seed()
    with translation.override(language):
        assert [labels.name(unit) for unit in queries.districts()][:6] == order


def test_full_names_carry_the_word_for_the_level() -> None:
    services.seed()
    names = []
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            names.append(labels.full_name(queries.district("315000000")))
    assert names == ["Тұрар Рысқұлов ауданы", "район Турара Рыскулова", "Turar Ryskulov district"]


def test_a_district_exists_in_its_span_only() -> None:
    services.seed()
    Territory.objects.filter(kato="316600000").update(until_on=date(2026, 1, 1))
    assert "316600000" in {unit.kato for unit in queries.districts(date(2025, 12, 31))}
    assert "316600000" not in {unit.kato for unit in queries.districts(date(2026, 1, 1))}
    assert queries.district("316600000").name_en == "Shu"


def test_an_unknown_code_is_a_refusal() -> None:
    with pytest.raises(queries.UnknownTerritoryError):
        queries.district("999999999")


@pytest.mark.parametrize(
    "fields",
    [
        {"kato": "12"},
        {"first_on": date(2026, 1, 1), "until_on": date(2026, 1, 1)},
        {"column": 1},
        {"column": 4, "row": 2},
    ],
)
def test_the_database_refuses_what_cannot_be(fields: dict[str, object]) -> None:
    services.seed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Territory.objects.create(**{"kato": "399999999", "level": "district", **fields})
