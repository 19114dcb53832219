"""The descriptor of a package: what a program, and a person, must know to use the files.

Source: Data Package, Tabular Data Package and Table Schema, specification v1 (frictionlessdata.io).
Titles and descriptions are Kazakh, and stand in Russian and English beside, under `_ru`, `_en`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baqylau.accountability.rules.manifest import sha256
from baqylau.accountability.rules.tables import EMPTY
from baqylau.accountability.words import in_each, named
from baqylau.kernel.datasets import Dataset, Field
from baqylau.web.queries import organisation

NAME = "baqylau-numbers"
TITLE = _("Published numbers of civic oversight")
DESCRIPTION = _(
    "Numbers of closed periods with their definitions, corrections and signatures. A row is a "
    "published number, never a person and never a talk."
)
LICENCE: Mapping[str, str] = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
MEDIA = {"csv": "text/csv", "json": "application/json"}


def descriptor(
    datasets: Sequence[Dataset],
    files: Mapping[str, bytes],
    version: str,
    created: str,
    base: str = "data/",
) -> dict[str, Any]:
    """The content of datapackage.json; the files stand below `base`."""
    publisher, publisher_ru, publisher_en = in_each(organisation)
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "version": version,
        "created": created,
        "is_training": settings.IS_TRAINING,
        **named("title", TITLE),
        **named("description", DESCRIPTION),
        "licenses": [dict(LICENCE)],
        "contributors": [
            {
                "title": publisher,
                "title_ru": publisher_ru,
                "title_en": publisher_en,
                "role": "publisher",
            }
        ],
        "resources": list(_resources(datasets, files, base)),
    }


def _resources(
    datasets: Sequence[Dataset], files: Mapping[str, bytes], base: str
) -> Iterable[dict[str, Any]]:
    for each in datasets:
        for suffix, media in MEDIA.items():
            content = files[f"data/{each.code}.{suffix}"]
            if content == EMPTY:
                # The specification's validator takes an empty list of objects for a broken file.
                continue
            yield {
                "profile": "tabular-data-resource",
                "name": each.code if suffix == "csv" else f"{each.code}-json",
                "path": f"{base}{each.code}.{suffix}",
                "format": suffix,
                "mediatype": media,
                "encoding": "utf-8",
                "sha256": sha256(content),
                **(_sums(content) if suffix == "csv" else {}),
                **named("title", each.label),
                **named("description", each.sentence),
                "schema": schema(each, suffix),
            }


def _sums(content: bytes) -> dict[str, Any]:
    """Size and hash in the specification's own words.

    Not for JSON: the specification's own validator (frictionless 5) cannot count what its reader of
    JSON has read, and calls every such file damaged. `sha256` and release.json tell them all.
    """
    return {"bytes": len(content), "hash": f"sha256:{sha256(content)}"}


def schema(each: Dataset, suffix: str = "csv") -> dict[str, Any]:
    """The Table Schema of a data set; `suffix` tells which file a reference leads to."""
    other = "" if suffix == "csv" else "-json"
    return {
        "fields": [_field(field) for field in each.fields],
        "missingValues": [""],
        "primaryKey": list(each.key),
        "foreignKeys": [
            {
                "fields": [reference.field],
                "reference": {
                    "resource": f"{reference.dataset}{other}",
                    "fields": [reference.field],
                },
            }
            for reference in each.refers
        ],
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if field.is_required else {}
    if field.choices:
        constraints["enum"] = list(field.choices)
    elif field.pattern:
        constraints["pattern"] = field.pattern
    return {
        "name": field.name,
        "type": field.type.value,
        **named("description", field.sentence),
        **(named("unit", field.unit) if field.unit else {}),
        **({"constraints": constraints} if constraints else {}),
    }
