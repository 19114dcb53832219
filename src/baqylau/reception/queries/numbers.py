"""What a number leads to: always the same two questions, whether it was given away or not."""

from typing import Final

from baqylau.kernel import clock
from baqylau.reception.models import Consultation, PrintedSlip
from baqylau.reception.rules.numbers import read_number

ISSUE: Final = 1
"""The issue of every slip until one is lost."""


def typed_number(text: str) -> tuple[int, int] | None:
    """Year and serial of a number in any spelling; without a year it is this year's."""
    read = read_number(text)
    if read is None:
        return None
    return read[0] or clock.today().year, read[1]


def issue_of(year: int, serial: int) -> tuple[int, bool]:
    """Which issue of the number's slip is good, and whether the number was given away at all."""
    written = Consultation.objects.filter(year=year, serial=serial).values_list("issue", flat=True)
    printed = PrintedSlip.objects.filter(year=year, serial=serial).values_list("pk", flat=True)
    issue, slip = written.first(), printed.first()
    return issue or ISSUE, issue is not None or slip is not None
