"""Everything that the reception desk writes."""

from baqylau.reception.services.correcting import correct_consultation, strike_consultation
from baqylau.reception.services.forgetting import forget
from baqylau.reception.services.recording import record_consultation

__all__ = ["correct_consultation", "forget", "record_consultation", "strike_consultation"]
