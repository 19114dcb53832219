"""Everything that writes cases."""

from baqylau.casework.services.assigning import assign
from baqylau.casework.services.attaching import (
    Sheet,
    attach,
    drop_attachments,
    open_attachment,
    record_step_with_sheet,
    remove_attachment,
)
from baqylau.casework.services.opening import open_case
from baqylau.casework.services.recounting import recount
from baqylau.casework.services.stepping import move_to_heir, record_step, strike_step

__all__ = [
    "Sheet",
    "assign",
    "attach",
    "drop_attachments",
    "move_to_heir",
    "open_attachment",
    "open_case",
    "record_step",
    "record_step_with_sheet",
    "recount",
    "remove_attachment",
    "strike_step",
]
