"""Kazakh, Russian and English text: cleaning, skeleton, sorting, search. Plain Python."""

from baqylau.text.batch import batch, search_as_json
from baqylau.text.documents import LANGUAGES, Alias, Document, Hit, Why
from baqylau.text.index import Index, build_index
from baqylau.text.normalise import MAX_QUERY, MAX_TEXT, normalise, tidy
from baqylau.text.skeleton import readings, skeleton
from baqylau.text.sorting import sort_key
from baqylau.text.spacing import unbroken
from baqylau.text.tables import read_aliases
from baqylau.text.why import sentences

__all__ = [
    "LANGUAGES",
    "MAX_QUERY",
    "MAX_TEXT",
    "Alias",
    "Document",
    "Hit",
    "Index",
    "Why",
    "batch",
    "build_index",
    "normalise",
    "read_aliases",
    "readings",
    "search_as_json",
    "sentences",
    "skeleton",
    "sort_key",
    "tidy",
    "unbroken",
]
