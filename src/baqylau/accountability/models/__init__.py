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
from baqylau.accountability.models.voices import (
    About,
    Complaint,
    Picture,
    Post,
    Reply,
    Result,
)

__all__ = [
    "About",
    "Account",
    "AccountDocument",
    "AccountPicture",
    "Approval",
    "BudgetLine",
    "Complaint",
    "DocxTemplate",
    "Narrative",
    "Picture",
    "Post",
    "Release",
    "Reply",
    "Result",
    "Spending",
    "Stage",
    "State",
]
