"""A foreign DOCX as its wording: numbered paragraphs, headings, rows of tables; nothing else."""

from baqylau.documents.wording.reading import read_wording
from baqylau.documents.wording.shapes import LeftOut, Paragraph, Wording, WordingError

__all__ = ["LeftOut", "Paragraph", "Wording", "WordingError", "read_wording"]
