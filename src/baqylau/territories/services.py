"""Load the starter units."""

import csv
from collections.abc import Iterator, Mapping
from importlib.resources import files

from django.db import transaction

from baqylau.journal.services import append
from baqylau.kernel.access import SYSTEM
from baqylau.territories.models import Level, Territory
from baqylau.text.sorting import sort_key


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("baqylau.territories") / "seed" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines(), delimiter="\t")


def seed() -> str:
    """Bring the units up to date with the shipped files; returns how many there are."""
    tiles = {row["kato"]: row for row in _rows("tiles.tsv")}
    oblast: Territory | None = None
    changed = 0
    with transaction.atomic():
        for row in _rows("districts.tsv"):
            fields = _fields(row, tiles[row["kato"]])
            is_oblast = fields["level"] == Level.OBLAST
            fields["parent_id"] = None if is_oblast or oblast is None else oblast.kato
            unit, is_changed = _save(row["kato"], fields)
            changed += is_changed
            oblast = unit if is_oblast else oblast
        if changed:
            append(action="territories.seed", actor=SYSTEM, payload={"changed": changed})
    return str(len(tiles))


def _fields(row: Mapping[str, str], tile: Mapping[str, str]) -> dict[str, object]:
    fields: dict[str, object] = {
        "level": _level(row),
        "name_kk": row["name_kk"],
        "name_ru": tile["name_ru"],
        "name_en": row["name_en"],
        "column": int(tile["column"]) if tile["column"] else None,
        "row": int(tile["row"]) if tile["row"] else None,
    }
    for language in ("kk", "ru", "en"):
        fields[f"full_{language}"] = tile[f"full_{language}"]
        fields[f"sort_{language}"] = sort_key(str(fields[f"name_{language}"]))
    return fields


def _level(row: Mapping[str, str]) -> Level:
    """The level that the code itself tells. Source: KATO, digits 3 to 5 of the code."""
    if row["kato"].endswith("0000000"):
        return Level.OBLAST
    return Level.CITY if row["kato"][2] == "1" else Level.DISTRICT


def _save(kato: str, fields: dict[str, object]) -> tuple[Territory, bool]:
    known = Territory.objects.filter(kato=kato).first()
    if known and all(getattr(known, name) == value for name, value in fields.items()):
        return known, False
    unit = known or Territory(kato=kato)
    for name, value in fields.items():
        setattr(unit, name, value)
    unit.save()
    return unit, True
