"""Everything that writes cases."""

from baqylau.casework.services.assigning import assign
from baqylau.casework.services.opening import open_case
from baqylau.casework.services.recounting import recount
from baqylau.casework.services.stepping import move_to_heir, record_step, strike_step

__all__ = ["assign", "move_to_heir", "open_case", "record_step", "recount", "strike_step"]
