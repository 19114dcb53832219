"""Rows of the room."""

from baqylau.accountability.models.accounts import (
    Account,
    AccountDocument,
    AccountPicture,
    Approval,
    BudgetLine,
    DocxTemplate,
    Narrative,
    Spending,
    Stage,
    State,
)
from baqylau.accountability.models.releases import Release

__all__ = [
    "Account",
    "AccountDocument",
    "AccountPicture",
    "Approval",
    "BudgetLine",
    "DocxTemplate",
    "Narrative",
    "Release",
    "Spending",
    "Stage",
    "State",
]
