"""Giving a stored file to somebody who may have it."""

from typing import Final

from django.http import FileResponse, HttpResponse

from baqylau.files import store
from baqylau.files.models import StoredFile

ENDINGS: Final = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
"""How a file's name ends, by its kind."""
HOUR: Final = "public, max-age=3600"
"""How long a public picture may be kept by others: what is taken back is gone after that."""


def taken(file: StoredFile, name: str) -> HttpResponse:
    """A stored file to take away; its name is ours, for names of files name people."""
    ending = ENDINGS.get(file.media_type, "bin")
    content = store.read(file.digest)
    return FileResponse(  # type: ignore[return-value]  # a response all the same; django-stubs has another base
        content,
        as_attachment=True,
        filename=f"{name}.{ending}",
        content_type=file.media_type,
        headers={"Cache-Control": "no-store"},
    )


def shown(digest: str, kept: str = HOUR) -> HttpResponse:
    """A picture to be seen, cleaned and light; `kept` says how long others may keep it."""
    with store.read(digest) as file:
        content = file.read()
    return HttpResponse(content, content_type="image/jpeg", headers={"Cache-Control": kept})
