"""What is wrong with a table, in words."""

from django.utils.translation import gettext_lazy as _

from baqylau.documents.tables import Problem

SENTENCES = {
    # the file as a whole
    "empty": _("The file is empty."),
    "file_size": _("The file is too large: at most %(limit)s bytes are read."),
    "unpacked": _("The workbook is too large when unpacked. Save only the sheet that is needed."),
    "old_excel": _("This is an old Excel file (.xls). Save it as .xlsx and bring it again."),
    "not_a_table": _("This is not a table. Excel (.xlsx), CSV and TSV are read."),
    "binary": _("This is not a table: there are bytes in it that no text has."),
    "encoding": _("The letters cannot be read. Save the file as UTF-8 and bring it again."),
    "broken": _("The workbook is damaged. Open it, save it anew and bring it again."),
    "unsafe": _("The workbook holds declarations that no honest table needs; it was not opened."),
    "encrypted": _("The workbook is locked with a password. Save it without one."),
    "sheets": _("The workbook has too many sheets: at most %(limit)s are read."),
    "rows": _("There are too many rows: at most %(limit)s are read. Bring the table in parts."),
    "columns": _("There are too many columns: at most %(limit)s are read."),
    "cells": _("There are too many cells: at most %(limit)s are read."),
    "cell_length": _("The text is too long: at most %(limit)s characters fit into a cell."),
    "quotes": _("A quotation mark is opened or closed in the wrong place."),
    # headings
    "double_heading": _("This column is there twice. Leave one of the two."),
    "missing_heading": _("A column is missing. One of these headings is needed: %(headings)s."),
    "unknown_heading": _("This column is not known here and was not read."),
    "no_heading": _("This cell has no heading above it and was not read."),
    "sheet_ignored": _("This sheet has none of the known columns and was not read."),
    "hidden_sheet": _("This sheet is hidden and was not read."),
    # cells
    "required": _("This cell must not be empty."),
    "cell_error": _("Excel shows an error here instead of a value."),
    "formula_value": _("There is a formula here; the value that it last showed was read."),
    "formula_empty": _("There is a formula here without a stored value. Enter the value itself."),
    "html": _("There is HTML in the text. Enter plain text."),
    "lost_letters": _("Question marks stand here in place of letters: the export lost them."),
    "date": _("This is not a date. Write it like 31.12.2026."),
    "date_ambiguous": _("It could be %(first)s or %(second)s. Write it like 31.12.2026."),
    "twice": _("The same is already in row %(row)s."),
    # notes
    "encoding_used": _("The file is in %(encoding)s, not in UTF-8; please look at its letters."),
}
"""Every code that the table reader and the importer know; `said` carries its own sentence."""


def sentence(problem: Problem) -> str:
    """One sentence about the problem in the active language, without its place."""
    if problem.code == "said":
        return str(problem.params["sentence"])
    return str(SENTENCES[problem.code]) % problem.params


def place(problem: Problem) -> str:
    """Where it is, for a line of text: sheet, row and column, as far as they are known."""
    parts = []
    if problem.sheet:
        parts.append(_("sheet “%(sheet)s”") % {"sheet": problem.sheet})
    if problem.row:
        parts.append(_("row %(row)s") % {"row": problem.row})
    if problem.column:
        parts.append(_("column “%(column)s”") % {"column": problem.column})
    return ", ".join(map(str, parts))
