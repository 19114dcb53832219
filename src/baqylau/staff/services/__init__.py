"""Everything that the staff room writes; each change is journalled with opaque keys."""

from baqylau.staff.services.accounts import (
    SYSTEM,
    change_language,
    change_passphrase,
    close_account,
    end_sessions,
    grant_role,
    open_account,
    reopen_account,
    reset_factors,
    set_pin,
    set_roles,
)
from baqylau.staff.services.invitations import accept_invitation, invite, make_link
from baqylau.staff.services.kept import drop_kept, keep_text, tidy
from baqylau.staff.services.site import change_settings, stamp
from baqylau.staff.services.sittings import (
    end_sitting,
    lock_sitting,
    open_sitting,
    reopen_sitting,
    touch_sitting,
    try_pin,
)

__all__ = [
    "SYSTEM",
    "accept_invitation",
    "change_language",
    "change_passphrase",
    "change_settings",
    "close_account",
    "drop_kept",
    "end_sessions",
    "end_sitting",
    "grant_role",
    "invite",
    "keep_text",
    "lock_sitting",
    "make_link",
    "open_account",
    "open_sitting",
    "reopen_account",
    "reopen_sitting",
    "reset_factors",
    "set_pin",
    "set_roles",
    "stamp",
    "tidy",
    "touch_sitting",
    "try_pin",
]
