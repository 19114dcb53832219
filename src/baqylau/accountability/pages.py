"""The public pages that the page of our work leads to, in their order."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.modules import Door

PAGES: Sequence[Door] = (
    Door("numbers_districts", _("Districts"), _("The same numbers for each district, on the map.")),
    Door(
        "numbers_offices",
        _("My office"),
        _("What people came with, what was solved, and how it compares with chance."),
    ),
    Door(
        "numbers_meaning",
        _("What the numbers mean"),
        _("What is counted and what is not, why small numbers are hidden, what corrections are."),
    ),
    Door("data", _("Open data"), _("Every published number to take away, signed.")),
    Door(
        "ourselves",
        _("How we check ourselves"),
        _("Checks by telephone, corrections, complaints about us and our answers."),
    ),
    Door("news", _("News"), _("What we did and what comes next.")),
)
