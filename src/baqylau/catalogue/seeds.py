"""The starter set as files: services, acts, cards and aliases, each row with its fingerprint."""

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from baqylau.catalogue.models import Kind, LifeSituation
from baqylau.catalogue.rules.wording import LANGUAGES, Wording, wording
from baqylau.text import Alias, read_aliases

SEED: Final = Path(__file__).resolve().parent / "seed"


@dataclass(frozen=True, slots=True)
class ServiceSeed:
    """A service of the starter set; `mark` changes when the row does."""

    code: str
    names: Mapping[str, str]
    group: str
    slug: str
    mark: str


@dataclass(frozen=True, slots=True)
class ActSeed:
    """An act that starter cards cite; `was_read` tells whether an excerpt was."""

    key: str
    names: Mapping[str, str]
    was_read: bool
    mark: str


@dataclass(frozen=True, slots=True)
class CardSeed:
    """A starter card; the code of a service card is its service's."""

    kind: str
    code: str
    order: int
    as_of: date
    source: str
    checked_by: str
    law: tuple[Mapping[str, str], ...]
    rules: tuple[str, ...]
    texts: Mapping[str, Wording]
    mark: str


def mark_of(value: object) -> str:
    """16 hex digits of what a file says."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def service_seeds(folder: Path = SEED) -> list[ServiceSeed]:
    """The services of the list; the address comes from the card where there is one."""
    slugs = {raw["code"]: raw["slug"] for raw in _files(folder / "services")}
    found = []
    with (folder / "services.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            group = LifeSituation(row["group"].replace(" and ", "_"))
            names = {language: row[f"name_{language}"] for language in LANGUAGES}
            slug = slugs.get(row["code"], "")
            found.append(ServiceSeed(row["code"], names, group.value, slug, mark_of(row)))
    return found


def act_seeds(folder: Path = SEED) -> list[ActSeed]:
    """The acts that the starter cards cite."""
    raw = tomllib.loads((folder / "acts.toml").read_text(encoding="utf-8"))
    return [
        ActSeed(
            key,
            {language: act[language] for language in LANGUAGES},
            act["status"] == "read",
            mark_of(act),
        )
        for key, act in raw.items()
    ]


def card_seeds(folder: Path = SEED) -> list[CardSeed]:
    """The cards of services, then those of the law."""
    services = [_card(raw, Kind.SERVICE) for raw in _files(folder / "services")]
    return [*services, *(_card(raw, Kind.LAW) for raw in _files(folder / "law"))]


def alias_seeds(folder: Path = SEED) -> list[Alias]:
    """The everyday words of the starter set; none if it brings no table."""
    path = folder / "aliases.tsv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(read_aliases(file))


def _files(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.toml")):
        yield tomllib.loads(path.read_text(encoding="utf-8"))


def _card(raw: Mapping[str, Any], kind: Kind) -> CardSeed:
    return CardSeed(
        kind=kind.value,
        code=raw["code"],
        order=raw.get("order", 1000),
        as_of=raw["as_of"],
        source="\n".join(f"{language}: {text}" for language, text in raw["source"].items()),
        checked_by=raw["checked_by"],
        law=tuple(raw["law"]),
        rules=tuple(raw.get("rules", ())),
        texts={language: wording(raw[language], kind) for language in LANGUAGES if language in raw},
        mark=mark_of(raw),
    )
