"""The console's word `law deadline`, with rules and calendar as they are edited at the desk."""

import sys
from argparse import ArgumentParser, Namespace

from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as _

from baqylau.kernel.errors import DomainError
from baqylau.law import console
from baqylau.law.words import reader
from baqylau.lawbook.queries.book import Book, book


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments, with help in the language of the locale."""
    console.add_arguments(parser, reader.language())


def run(options: Namespace) -> int:
    """Answer, and return the exit status.

    Raises: DomainError when the databases are not set up.
    """
    now = _book()
    return console.run(
        options,
        rules=now.rules,
        calendar=now.calendar,
        language=reader.language(),
        out=sys.stdout,
    )


def _book() -> Book:
    try:
        now = book()
    except (OperationalError, ProgrammingError) as error:
        raise _not_ready() from error
    if now.is_empty:
        raise _not_ready()
    return now


def _not_ready() -> DomainError:
    return DomainError(
        _("The rules of law are not loaded yet. Run “baqylau prepare” first."), code="not_ready"
    )
