"""What the reception desk needs before the first visitor: its key."""

from django.utils.translation import gettext as _

from baqylau.reception import keyring
from baqylau.reception.models import Consultation, PrintedSlip


def load() -> str:
    """Make the key once; returns a line about it."""
    # With slips given away already, a missing file is a loss to be mended, not a first start.
    is_first = not (Consultation.objects.exists() or PrintedSlip.objects.exists())
    if is_first and keyring.make():
        return _("key of the reception desk made")
    if not keyring.path().exists():
        return _("keys/reception.key is missing: put your copy back.")
    return _("key of the reception desk in place")
