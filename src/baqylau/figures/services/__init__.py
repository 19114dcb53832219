"""Everything that writes."""

from baqylau.figures.services.closing import close
from baqylau.figures.services.correcting import correct
from baqylau.figures.services.folding import catch_up, fold_all, restart

__all__ = ["catch_up", "close", "correct", "fold_all", "restart"]
