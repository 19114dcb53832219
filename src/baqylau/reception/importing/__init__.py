"""An old journal of consultations, taken in from a table."""

from baqylau.reception.importing.importer import IMPORTER

__all__ = ["IMPORTER"]
