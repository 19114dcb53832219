"""One page for every small form of the room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from baqylau.files import store
from baqylau.files.models import StoredFile
from baqylau.kernel.errors import DomainError
from baqylau.web.forms import add_refusal

Text = Any
"""A str or a lazy translation."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A form's page: its title, the way here as (label, address), what sending it does and says.

    The last address of the way is where one goes on.
    """

    title: Text
    way: tuple[tuple[Text, str], ...]
    work: Callable[[], object]
    done: Text
    lead: Text = ""


def ask(request: HttpRequest, form: forms.Form, asking: Asking) -> HttpResponse:
    """Show the form, or do its work; a refusal stands beside its field and nothing is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            asking.work()
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, asking.done)
            return redirect(asking.way[-1][1])
    context: Mapping[str, object] = {"form": form, "asking": asking, "back": asking.way[-1][1]}
    status = 400 if form.errors else 200
    return render(request, "accountability/form.html", context, status=status)


ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
"""How a file's name ends, by its kind."""


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
