"""What the clock and the set-up do for the journal."""

from django.db import connections
from django.utils.translation import gettext as _

from baqylau.journal import keys
from baqylau.journal.guard import set_guard
from baqylau.journal.heads import CHAINS
from baqylau.journal.services import sign_heads


def prepare() -> str:
    """Make the signing key on the first set-up, set the guards again; says what was done."""
    for chain in CHAINS:
        set_guard(connections[chain])
    return _("signing key made") if keys.make() else _("signing key in place")


def sign_daily() -> str:
    """Sign today's heads; says how many."""
    return f"{len(sign_heads())} signed"
