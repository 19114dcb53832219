"""Files for machines: rows, descriptions, releases; one for all languages, open to all sites."""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, TypeVar

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

from baqylau import __version__
from baqylau.accountability import describing, openapi
from baqylau.accountability.models import Release
from baqylau.accountability.operations import MEDIA, Kind, operations
from baqylau.accountability.queries import datasets as reading
from baqylau.accountability.queries import releases as published
from baqylau.accountability.rules.asking import read_asked
from baqylau.accountability.rules.manifest import written
from baqylau.accountability.rules.tables import as_csv, as_json
from baqylau.accountability.states import closed, recorded, released
from baqylau.accountability.words import in_each
from baqylau.files import store
from baqylau.kernel.datasets import Dataset
from baqylau.kernel.errors import DomainError
from baqylau.web.conditional import conditional, has_it

Answer = Callable[..., HttpResponseBase]
R = TypeVar("R", bound=HttpResponseBase)
FOREVER = "public, max-age=31536000, immutable"


def for_machines(view: Answer) -> Answer:
    """Read from any site; what is refused is a problem document (RFC 9457)."""

    @wraps(view)
    def answer(request: HttpRequest, /, **parts: str) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            response: HttpResponseBase = _problem(405, ("GET, HEAD",) * 3)
            response.headers["Allow"] = "GET, HEAD"
        else:
            try:
                response = view(request, **parts)
            except DomainError as error:
                response = _problem(error.status, in_each(error.__str__))
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Content-Language"] = "kk, ru, en"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
        return response

    return answer


def _problem(status: int, said: tuple[str, ...]) -> HttpResponse:
    kk, ru, en = said
    title = HTTPStatus(status).phrase
    content = {"type": "about:blank", "title": title, "status": status, "detail": kk}
    content |= {"detail_ru": ru, "detail_en": en}
    body = json.dumps(content, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type="application/problem+json")


def _content(body: bytes, kind: Kind) -> HttpResponse:
    media = MEDIA[kind]
    is_csv = kind is Kind.CSV
    return HttpResponse(body, content_type=f"{media}; charset=utf-8" if is_csv else media)


@for_machines
def rows(request: HttpRequest, /, *, code: str, suffix: str) -> HttpResponseBase:
    """A data set, whole or as it was asked for; whoever has it as it is now gets a 304."""
    found = reading.dataset(code)
    state = recorded if found.is_live else closed
    return conditional(state)(_rows)(request, found=found, suffix=suffix)


def _rows(request: HttpRequest, /, *, found: Dataset, suffix: str) -> HttpResponse:
    asked = read_asked(found, dict(request.GET.lists()))
    given = reading.rows_of(found, asked)
    if suffix == "csv":
        return _content(as_csv(found.names, given), Kind.CSV)
    return _content(as_json(found.names, given), Kind.JSON)


@for_machines
@conditional(closed)
def descriptor(_request: HttpRequest, /) -> HttpResponse:
    """The whole as a Data Package, whose files stand beside."""
    files = reading.data_files()
    created = published.as_of()
    content = describing.descriptor(reading.datasets(), files, "current", created, base="")
    return _content(written(content), Kind.DESCRIPTOR)


@for_machines
@conditional(released)
def api(_request: HttpRequest, /) -> HttpResponse:
    """The description of all these addresses."""
    last = published.releases().first()
    newest = last.version if last else ""
    return _content(written(openapi.document(operations(), __version__, newest)), Kind.OPENAPI)


@for_machines
@conditional(released)
def releases(_request: HttpRequest, /) -> HttpResponse:
    """All releases, the newest first."""
    found = [_record(each) for each in published.releases()]
    return _content(written(found), Kind.RELEASES)


def _record(found: Release) -> dict[str, Any]:
    """A release without its list of files."""
    return {
        "version": found.version,
        "published_at": published.moment(found.published_at),
        "archive": {
            "path": f"/data/releases/{found.version}.zip",
            "sha256": found.file_id,
            "bytes": found.file.size,
        },
        "key": found.key,
        "signature": found.file_signature,
        "journal": {"number": found.number, "digest": found.head},
    }


@for_machines
def record(request: HttpRequest, /, *, version: str) -> HttpResponse:
    """A release with everything that its manifest says."""
    found = published.release(version)
    body = written({**_record(found), "manifest": json.loads(found.manifest)})
    return _lasting(request, found) or _kept(_content(body, Kind.RECORD), found)


@for_machines
def signature(request: HttpRequest, /, *, version: str) -> HttpResponse:
    """The line that vouches for the archive."""
    found = published.release(version)
    line = published.signed_file(found).line.encode()
    return _lasting(request, found) or _kept(_content(line, Kind.SIGNATURE), found)


@for_machines
def archive(request: HttpRequest, /, *, version: str) -> HttpResponseBase:
    """The archive itself."""
    found = published.release(version)
    had = _lasting(request, found)
    if had:
        return had
    published.refuse_lost(found)
    response = FileResponse(
        store.read(found.file_id),
        as_attachment=True,
        filename=f"{describing.NAME}-{version}.zip",
        content_type=MEDIA[Kind.ARCHIVE],
    )
    return _kept(response, found)


def _tag(found: Release) -> str:
    return f'"{found.file_id}"'


def _lasting(request: HttpRequest, found: Release) -> HttpResponse | None:
    """304 for whoever has it: it never changes."""
    return _kept(HttpResponseNotModified(), found) if has_it(request, _tag(found)) else None


def _kept(response: R, found: Release) -> R:
    response.headers["ETag"] = _tag(found)
    response.headers["Cache-Control"] = FOREVER
    return response


VIEWS: Mapping[Kind, Answer] = {
    Kind.CSV: rows,
    Kind.JSON: rows,
    Kind.DESCRIPTOR: descriptor,
    Kind.OPENAPI: api,
    Kind.RELEASES: releases,
    Kind.ARCHIVE: archive,
    Kind.RECORD: record,
    Kind.SIGNATURE: signature,
}
"""The view of each kind of operation."""
