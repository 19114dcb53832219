"""What the clock and the set-up do for the journal."""

from django.utils.translation import gettext as _

from baqylau.journal import keys
from baqylau.journal.services import sign_heads


def make_key() -> str:
    """Make the signing key on the first set-up; says what was done."""
    return _("signing key made") if keys.make() else _("signing key in place")


def sign_daily() -> str:
    """Sign today's heads; says how many."""
    return f"{len(sign_heads())} signed"
