"""Bring the synthetic bodies and rooms; the same seed gives the same ones."""

import csv
import random
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files

from django.db import transaction

from baqylau.institutions import hours, services
from baqylau.institutions.models import Institution, PointKind
from baqylau.kernel.access import SYSTEM
from baqylau.territories import queries as territories
from baqylau.territories.models import Level, Territory

FIRST_NUMBER = 901
"""Numbers that no school or clinic of the oblast has."""
PEOPLE = 80
"""Thousands of people in the district for which kinds.tsv says how many bodies there are.

sizes.tsv holds thousands of people by district, rough, from general knowledge, and for training
data alone: a large district has more schools than a small one.
"""
CHUNK = 50
"""Bodies written in one transaction, so that others get their turn."""
LANGUAGES = ("kk", "ru", "en")
Fields = dict[str, object]


def _table(name: str) -> list[dict[str, str]]:
    text = (files("baqylau.institutions.training") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t"))


def load(seed: int, scale: int, progress: Callable[[int, int], None]) -> int:
    """About 300 bodies a unit of scale, with reception rooms; nothing when there are any already.

    Returns the number of bodies and rooms written.
    """
    if Institution.objects.exists():
        return 0
    chance = random.Random(seed)  # noqa: S311 - training data, to be the same every time
    sizes = random.Random(seed + 1)  # noqa: S311 - training data, to be the same every time
    bodies = list(_bodies(chance, sizes, scale))
    for start in range(0, len(bodies), CHUNK):
        with transaction.atomic():
            for code, fields in bodies[start : start + CHUNK]:
                services.write_institution(Institution(code=code), SYSTEM, fields)
        progress(min(start + CHUNK, len(bodies)), len(bodies))
    return len(bodies) + _rooms(chance) + _branches(chance)


def _code(chance: random.Random) -> str:
    return f"{chance.getrandbits(32):08x}"


def _phone(chance: random.Random) -> str:
    """A number in a block that no exchange gives out."""
    return f"+7 (7262) 00-{chance.randrange(100):02}-{chance.randrange(100):02}"


def _bodies(
    chance: random.Random, sizes: random.Random, scale: int
) -> Iterator[tuple[str, Fields]]:
    words, streets = _table("words.tsv"), _table("streets.tsv")
    people = {row["district"]: int(row["people"]) for row in _table("sizes.tsv")}
    number = FIRST_NUMBER
    for row in _table("kinds.tsv"):
        is_single = "{n}" not in row["name_kk"]
        for unit in sorted(territories.districts(), key=lambda unit: unit.kato):
            several = int(row["taraz" if unit.level == Level.CITY else "each"])
            if unit.level != Level.CITY and not is_single:
                several = _by_size(several, people.get(unit.kato, PEOPLE), chance)
            for _copy in range(several * (1 if is_single else scale)):
                fields = _names(row, unit, number, chance.choice(words))
                fields |= _address(chance, streets)
                fields |= {"hours": hours.read(row["hours"]), "phone": _phone(chance)}
                fields["people"] = sizes.randint(*map(int, row["people"].split("-")))
                yield _code(chance), fields
                number += not is_single


def _by_size(usual: int, people: int, chance: random.Random) -> int:
    """Such bodies in a district of so many thousand people; never none of what is usual."""
    if usual == 0:
        return 0
    return max(1, round(usual * people / PEOPLE + chance.uniform(-0.6, 0.6)))


def _names(row: Mapping[str, str], unit: Territory, number: int, word: Mapping[str, str]) -> Fields:
    parts = {f"word_{code}": text for code, text in word.items()}
    parts |= {f"full_{code}": getattr(unit, f"full_{code}") for code in LANGUAGES}
    return {
        **{f"name_{code}": row[f"name_{code}"].format(n=number, **parts) for code in LANGUAGES},
        "kind": row["kind"],
        "ownership": row["ownership"],
        "district_id": unit.kato,
    }


def _address(chance: random.Random, streets: list[dict[str, str]]) -> Fields:
    street, house = chance.choice(streets), chance.randrange(1, 150)
    return {
        "address_kk": f"{street['kk']}, {house}-үй",
        "address_ru": f"{street['ru']}, {house}",
    }


def _rooms(chance: random.Random) -> int:
    rows = _table("rooms.tsv")
    for row in rows:
        hosts = Institution.objects.filter(kind=row["host"], district=row["district"])
        host = hosts.order_by("id")[0]
        fields: Fields = {
            name: text for name, text in row.items() if name.startswith(("name_", "note_"))
        }
        fields |= {"kind": row["kind"], "district_id": row["district"], "phone": _phone(chance)}
        fields |= {"hours": hours.read(row["hours"]), "code": _code(chance)}
        if row["kind"] == "reception":
            fields |= {"address_kk": host.address_kk, "address_ru": host.address_ru}
        services.save_point(actor=SYSTEM, institution=host, fields=fields)
    return len(rows)


def _branches(chance: random.Random) -> int:
    """A village branch of one centre in every district."""
    streets = _table("streets.tsv")
    units = [unit for unit in territories.districts() if unit.level == Level.DISTRICT]
    for unit in sorted(units, key=lambda unit: unit.kato):
        host = Institution.objects.filter(kind="tson", district=unit).order_by("id")[0]
        fields: dict[str, object] = {
            "code": _code(chance),
            "kind": PointKind.BRANCH,
            "name_kk": f"{host.name_kk}, ауылдағы бөлімше",
            "name_ru": f"{host.name_ru}, сельское отделение",
            "name_en": f"{host.name_en}, village branch",
            "district_id": unit.kato,
            "hours": hours.read("mo-fr 9:00-17:00, 13:00-14:00"),
            "phone": _phone(chance),
        }
        services.save_point(
            actor=SYSTEM, institution=host, fields=fields | _address(chance, streets)
        )
    return len(units)
