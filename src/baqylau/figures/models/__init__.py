"""Sums, and the numbers of periods that are closed."""

from baqylau.figures.models.closings import Cell, Closing, Correction, Window
from baqylau.figures.models.drafts import Draft
from baqylau.figures.models.sums import Bin, Bookmark, Tally

__all__ = ["Bin", "Bookmark", "Cell", "Closing", "Correction", "Draft", "Tally", "Window"]
