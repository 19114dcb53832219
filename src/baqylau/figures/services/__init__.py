"""Everything that writes."""

from baqylau.figures.services.folding import catch_up, fold_all, restart

__all__ = ["catch_up", "fold_all", "restart"]
