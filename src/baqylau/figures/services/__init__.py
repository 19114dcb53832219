"""Everything that writes."""

from baqylau.figures.services.closing import close, count
from baqylau.figures.services.correcting import correct
from baqylau.figures.services.folding import catch_up, fold_all, restart

__all__ = ["catch_up", "close", "correct", "count", "fold_all", "restart"]
