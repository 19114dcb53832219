"""Whether the site may open: asked by the process that answers, before it answers anybody."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from baqylau.config.messages import language
from baqylau.kernel.errors import DomainError
from baqylau.operation.replaying import refuse_pending
from baqylau.operation.services import refuse_unprepared


def why_closed() -> str:
    """Why the site stays closed: one sentence in the language of the locale; "" when it opens."""
    with translation.override(language()):
        try:
            with usable_databases():
                refuse_unprepared()
                refuse_pending()
        except DomainError as error:
            return str(error)
    return ""


@contextmanager
def usable_databases() -> Iterator[None]:
    """Turn what the databases refuse in the block into one sentence. Raises: DomainError."""
    try:
        yield
    except DatabaseError as error:
        raise DomainError(
            _("The databases cannot be used: %(what)s. “baqylau doctor” says what to do."),
            params={"what": " ".join(str(error).split())},
        ) from error
