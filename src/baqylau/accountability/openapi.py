"""The description of the data addresses. Source: OpenAPI Specification 3.1.1."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from baqylau.accountability import describing
from baqylau.accountability.operations import MEDIA, Kind, Operation
from baqylau.accountability.rules.asking import pattern_of
from baqylau.accountability.rules.manifest import VERSION as RELEASE_VERSION
from baqylau.accountability.words import named
from baqylau.kernel.datasets import Dataset, Field, Type

JSON_TYPES: Mapping[Type, str] = {
    Type.STRING: "string",
    Type.INTEGER: "integer",
    Type.NUMBER: "number",
    Type.BOOLEAN: "boolean",
    Type.DATE: "string",
    Type.DATETIME: "string",
}
FORMATS = {Type.DATE: "date", Type.DATETIME: "date-time"}
OBJECTS = {Kind.DESCRIPTOR, Kind.OPENAPI, Kind.RECORD}


def document(operations: Iterable[Operation], version: str, newest: str) -> dict[str, Any]:
    """The whole description; `version` is the program's, `newest` a release, "" while none is."""
    return {
        "openapi": "3.1.0",
        "info": {
            **_described(describing.TITLE, "title", "x-title"),
            **_described(describing.DESCRIPTION, "description", "x-description"),
            "version": version,
            "license": {"name": describing.LICENCE["title"], "url": describing.LICENCE["path"]},
        },
        "servers": [{"url": "/"}],
        "paths": {_path(each): {"get": _operation(each, newest)} for each in operations},
        "components": {"schemas": {"Problem": _PROBLEM}},
    }


def _described(text: object, name: str, other: str) -> dict[str, str]:
    """Kazakh under the standard's own name, Russian and English as extensions."""
    found = named("text", text)
    return {name: found["text"], f"{other}-ru": found["text_ru"], f"{other}-en": found["text_en"]}


def _path(operation: Operation) -> str:
    return "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", operation.route)


def _operation(operation: Operation, newest: str) -> dict[str, Any]:
    statuses = {"200": _answer(operation), "304": {"description": "Not Modified"}}
    if operation.dataset:
        statuses["400"] = _refusal("Bad Request")
    if operation.has_version:
        statuses["404"] = _refusal("Not Found")
    return {
        "operationId": operation.name,
        **_described(operation.summary, "summary", "x-summary"),
        "parameters": list(_parameters(operation, newest)),
        "responses": statuses,
    }


def _parameters(operation: Operation, newest: str) -> Iterable[dict[str, Any]]:
    if operation.has_version:
        pattern = f"^{RELEASE_VERSION.pattern}$"
        yield {
            "name": "version",
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": pattern},
            **({"example": newest} if newest else {}),
        }
    for name in operation.dataset.asked if operation.dataset else ():
        field = operation.dataset.field(name) if operation.dataset else None
        if field:
            yield {
                "name": name,
                "in": "query",
                "required": False,
                "allowEmptyValue": re.fullmatch(pattern_of(field), "") is not None,
                **_described(field.sentence, "description", "x-description"),
                "schema": {"type": "string", "pattern": f"^({pattern_of(field)})$"},
            }


def _answer(operation: Operation) -> dict[str, Any]:
    return {
        "description": "OK",
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": {MEDIA[operation.kind]: {"schema": _content(operation)}},
    }


def _content(operation: Operation) -> dict[str, Any]:
    if operation.kind in OBJECTS:
        return {"type": "object"}
    if operation.kind is Kind.RELEASES:
        return {"type": "array", "items": {"type": "object"}}
    if operation.kind is Kind.JSON and operation.dataset:
        return {"type": "array", "items": _row(operation.dataset)}
    return {"type": "string"}


def _row(dataset: Dataset) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.name: _property(field) for field in dataset.fields},
        "required": list(dataset.names),
        "additionalProperties": False,
    }


def _property(field: Field) -> dict[str, Any]:
    name = JSON_TYPES[field.type]
    found: dict[str, Any] = {"type": name if field.is_required else [name, "null"]}
    found |= {"format": FORMATS[field.type]} if field.type in FORMATS else {}
    return found | _described(field.sentence, "description", "x-description")


def _refusal(description: str) -> dict[str, Any]:
    reference = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {"description": description, "content": {"application/problem+json": reference}}


_PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "description": "RFC 9457",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "detail_ru": {"type": "string"},
        "detail_en": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
}
