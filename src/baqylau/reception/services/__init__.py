"""Everything that the reception desk writes."""

from baqylau.reception.services.correcting import correct_consultation, strike_consultation
from baqylau.reception.services.drafting import drop_draft, forget_old_drafts, keep_draft
from baqylau.reception.services.forgetting import forget
from baqylau.reception.services.opening import note_opened
from baqylau.reception.services.recording import record_consultation
from baqylau.reception.services.taking import take_consultation

__all__ = [
    "correct_consultation",
    "drop_draft",
    "forget",
    "forget_old_drafts",
    "keep_draft",
    "note_opened",
    "record_consultation",
    "strike_consultation",
    "take_consultation",
]
