"""What the parts of a card are called, for forms and lists of changes."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

PART_LABELS: Final[Mapping[str, Any]] = {
    "title": _("Title"),
    "answer": _("The short answer"),
    "documents": _("What you need"),
    "fee": _("What it costs"),
    "term": _("How long it takes"),
    "where": _("Where"),
    "refused": _("If you are refused"),
    "steps": _("What to do"),
    "details": _("Good to know"),
    "warning": _("Careful"),
}


def part_label(part: str) -> str:
    """The part's name in the active language."""
    return str(PART_LABELS[part])
