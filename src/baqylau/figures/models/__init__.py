"""Sums, the numbers of periods that are closed, and the contract that they answer for."""

from baqylau.figures.models.closings import Cell, Closing, Correction, Counted, Window
from baqylau.figures.models.contracts import Contract, Indicator, Plan, TypedFact
from baqylau.figures.models.drafts import Draft
from baqylau.figures.models.sums import Bin, Bookmark, Tally

__all__ = [
    "Bin",
    "Bookmark",
    "Cell",
    "Closing",
    "Contract",
    "Correction",
    "Counted",
    "Draft",
    "Indicator",
    "Plan",
    "Tally",
    "TypedFact",
    "Window",
]
