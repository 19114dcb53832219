"""Blank sheets of the journal: what is filled in by hand when there is no light or no network."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from baqylau.casework.taxonomy import ContactKind
from baqylau.reception.taxonomy import Channel, Result

Both = tuple[str, str]
"""The same words in Kazakh and in Russian."""
Row = TypeVar("Row")

ON_A_SHEET: Final = 3
"""Visits that one A4 sheet has lines for."""

WORDS: Final[Mapping[str, Any]] = {
    "sheet": _("Journal of the reception"),
    "hint": _("Do not write a name, a telephone or an ID number here."),
    "number": _("Number"),
    "day": _("Day"),
    "language": _("Language"),
    "channel": _("How they came"),
    "kind": _("About"),
    "service": _("Service"),
    "answered": _("What was answered"),
    "result": _("Result"),
    "your_number": _("Your number"),
    "your_code": _("Your code"),
    "keep": _("Keep this slip: with number and code you can ask how far it is."),
    "where": _("Where to ask"),
    "later": _("It can be seen there once the adviser has typed the visit in."),
}


def _in(language: str, text: Any) -> str:  # noqa: ANN401 - lazy text
    with translation.override(language):
        return str(text)


def both(text: Any) -> Both:  # noqa: ANN401 - lazy text
    """A lazy text in Kazakh and in Russian."""
    return _in("kk", text), _in("ru", text)


def words() -> dict[str, Any]:
    """Everything that stands on sheets and slips: words by name, and the boxes to tick."""
    return {
        **{name: both(text) for name, text in WORDS.items()},
        "languages": [str(name) for _code, name in settings.LANGUAGES],
        "channels": [both(label) for label in Channel.labels],
        "kinds": [both(label) for label in ContactKind.labels],
        "results": [both(label) for label in Result.labels],
    }


def sheets(rows: Sequence[Row]) -> Iterable[Sequence[Row]]:
    """The rows by sheets."""
    return [rows[first : first + ON_A_SHEET] for first in range(0, len(rows), ON_A_SHEET)]
