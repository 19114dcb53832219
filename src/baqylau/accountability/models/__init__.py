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

__all__ = [
    "Account",
    "AccountDocument",
    "AccountPicture",
    "Approval",
    "BudgetLine",
    "DocxTemplate",
    "Narrative",
    "Spending",
    "Stage",
    "State",
]
