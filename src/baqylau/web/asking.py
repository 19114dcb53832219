"""One page for every small form at the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from baqylau.kernel.errors import DomainError
from baqylau.web.forms import add_refusal

Text = Any
"""A str or a lazy translation."""
Way = tuple[tuple[Text, str], ...]
"""The places on the way here: label and address of each."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A form's page: its title, the way here, what sending it does and says.

    `press` is the word on the button. `onward` gives the address where one goes on, from what the
    work gave; without it that is the last address of the way.
    """

    title: Text
    way: Way
    work: Callable[[], object]
    done: Text
    lead: Text = ""
    press: Text = ""
    onward: Callable[[Any], str] | None = None


def ask(request: HttpRequest, form: forms.Form, asking: Asking) -> HttpResponse:
    """Show the form, or do its work; a refusal stands beside its field and nothing is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            made = asking.work()
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, asking.done)
            return redirect(asking.onward(made) if asking.onward else asking.way[-1][1])
    ask_again(form)
    context = {"form": form, "asking": asking, "back": asking.way[-1][1]}
    return render(request, "web/asking.html", context, status=400 if form.errors else 200)


def ask_again(form: forms.Form) -> None:
    """Say that a good file must be chosen once more, when something else was refused."""
    for name in form.files:
        if name in form.fields and form.errors and name not in form.errors:
            form.add_error(name, _("Choose the file once more: no browser sends it back."))
