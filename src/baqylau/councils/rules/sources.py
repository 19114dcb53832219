"""Where a recommendation came from, in public words: codes and numbers, never a person or a report.

A report reaches a recommendation only through the de-identified case that was opened for it.
"""

import re
from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baqylau.casework.rules.numbers import case_number, read_number
from baqylau.councils.taxonomy import Origin
from baqylau.kernel import codes
from baqylau.kernel.errors import DomainError

LIMIT = 80
FIGURE = re.compile(
    r"(?P<figure>[a-z][a-z0-9_.]{2,47})\s+(?P<period>[12]\d{3}(-(Q[1-4]|0[1-9]|1[0-2]))?)", re.ASCII
)
CODE = re.compile(codes.SHAPE, re.ASCII)

_HINTS: Mapping[str, Promise] = {
    Origin.FIGURE: _(
        "Write the code of the figure and its period, as in the address of its page: "
        "casework.in_time 2026-Q3."
    ),
    Origin.CASE: _("Write the number of the case: Ж-2026-000123."),
    Origin.MEETING: _("Write the code of the meeting, as in the address of its page."),
    Origin.COMMENTS: _("Write the code of the draft, as in the address of its page."),
}


def clean_source(origin: str, text: str) -> str:
    """The source in its one spelling; "" where none is wanted. Raises: DomainError."""
    line = " ".join(text.split())[:LIMIT]
    if origin == Origin.CONTROL:
        return ""
    clean = _CLEAN[origin](line) if line else ""
    if not clean:
        raise DomainError(_HINTS[origin], code="source", field="source")
    return clean


def _figure(line: str) -> str:
    found = FIGURE.fullmatch(line)
    return f"{found['figure']} {found['period']}" if found else ""


def _case(line: str) -> str:
    read = read_number(line)
    return case_number(read[0], read[1]) if read and read[0] else ""


def _code(line: str) -> str:
    return line if CODE.fullmatch(line) else ""


_CLEAN: Mapping[str, Callable[[str], str]] = {
    Origin.FIGURE: _figure,
    Origin.CASE: _case,
    Origin.MEETING: _code,
    Origin.COMMENTS: _code,
}
