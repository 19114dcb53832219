"""Categories of members to begin with; the desk changes them, and nothing here does so again."""

import csv
from datetime import date
from importlib.resources import files

from django.db import transaction
from django.utils.translation import ngettext

from baqylau.councils.models import Category
from baqylau.councils.services.categories import write_category
from baqylau.kernel.access import SYSTEM

NAME = "categories.tsv"
"""The Assembly and its successor: the Constitution in force from 1 July 2026."""


def load() -> str:
    """Write the categories once, into an empty table; returns a line about it."""
    text = (files("baqylau.councils") / NAME).read_text(encoding="utf-8")
    with transaction.atomic():
        if not Category.objects.exists():
            for row in csv.DictReader(text.splitlines(), delimiter="\t"):
                days = {name: _day(row[name]) for name in ("first_on", "until_on")}
                write_category(Category(), SYSTEM, {**row, "order": int(row["order"]), **days})
        count = Category.objects.count()
    words = ngettext("%(count)s category of members", "%(count)s categories of members", count)
    return words % {"count": count}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
