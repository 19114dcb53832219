"""A closed quarter with cases in it, and releases of it."""

from baqylau.accountability.models import Release
from baqylau.accountability.queries.releases import archive_of
from baqylau.accountability.services.releasing import publish_release
from baqylau.figures.models import Closing
from baqylau.figures.services import close, correct
from baqylau.kernel import clock
from tests.figures.closing import AFTER, COORDINATOR, cases, cell, quarter

REASONS = {"kk": "=Бір іс екі рет жазылған.", "ru": "Дело записано\nдважды.", "en": ""}


def closed(number: int = 40) -> Closing:
    """So many cases, and their quarter closed."""
    with clock.frozen(AFTER):
        cases(number)
        return close(actor=COORDINATOR, chosen=quarter())


def corrected(closing: Closing) -> None:
    """Two more cases came to light."""
    with clock.frozen(AFTER):
        cases(2)
        opened = cell(closing, "casework.opened")
        correct(actor=COORDINATOR, cell=opened, reasons=REASONS)


def released() -> Release:
    """A release of what is published."""
    with clock.frozen(AFTER):
        return publish_release(actor=COORDINATOR)


def archive() -> bytes:
    """The archive of a release of one closed and corrected quarter."""
    corrected(closed())
    return archive_of(released())
