"""What the reception desk keeps."""

from baqylau.reception.models.calls import Call, Draw
from baqylau.reception.models.consultations import (
    Consultation,
    ConsultationQuerySet,
    Word,
    YearCount,
)
from baqylau.reception.models.desk import Digest, Draft, Feed, Guess, PrintedSlip
from baqylau.reception.models.letters import Addressee, Letter, Referral

__all__ = [
    "Addressee",
    "Call",
    "Consultation",
    "ConsultationQuerySet",
    "Digest",
    "Draft",
    "Draw",
    "Feed",
    "Guess",
    "Letter",
    "PrintedSlip",
    "Referral",
    "Word",
    "YearCount",
]
