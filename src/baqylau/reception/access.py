"""The room's rows of the permission table.

An adviser reads what was written in the rooms where they work; the predicate is asked with the
consultation and `Actor.places`, the codes of those rooms (`queries.rights.at_the_desk`).
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Action
from baqylau.kernel.roles import Role

SEE = "reception.see"
RECORD = "reception.record"
CORRECT = "reception.correct"
LETTERS = "reception.letters"
CALL = "reception.call"
PRINT = "reception.print"
DIRECTORY = "reception.directory"
EXPORT = "reception.export"
IMPORT = "reception.import"
OVERSEE = "reception.oversee"
_DESK = frozenset({Role.ADVISER, Role.LAWYER, Role.COORDINATOR})
_WIDE = frozenset({Role.LAWYER, Role.COORDINATOR})


def is_near(actor: Actor, consultation: Any) -> bool:  # noqa: ANN401 - as every predicate
    """Whether the actor wrote it, works in its room, or oversees all rooms."""
    return bool(
        actor.roles & _WIDE
        or consultation.author == actor.key
        or consultation.room.code in actor.places
    )


def is_author(actor: Actor, consultation: Any) -> bool:  # noqa: ANN401 - as every predicate
    """Whether the actor wrote it, or coordinates."""
    return Role.COORDINATOR in actor.roles or consultation.author == actor.key


def may_call(actor: Actor, call: Any) -> bool:  # noqa: ANN401 - as every predicate
    """Whether the actor promised the call, or may read its consultation; never one's own check."""
    if call.not_by and call.not_by == actor.key:
        return False
    return bool(call.person == actor.key or is_near(actor, call.consultation))


ACTIONS = (
    Action(SEE, _("See consultations"), _DESK, is_near, personal=True),
    Action(RECORD, _("Write consultations down"), _DESK, personal=True),
    Action(CORRECT, _("Correct one's own consultations"), _DESK, is_author, personal=True),
    Action(LETTERS, _("Write personal letters"), _DESK, is_near, personal=True),
    Action(CALL, _("Call people back"), _DESK, may_call, personal=True),
    Action(PRINT, _("Print blank sheets and slips"), _DESK),
    Action(DIRECTORY, _("Keep the list of addressees"), _WIDE),
    Action(EXPORT, _("Take consultations out as a table"), _DESK, personal=True),
    Action(OVERSEE, _("See the checks by call of all rooms"), _WIDE, personal=True),
    Action(IMPORT, _("Take an old journal in"), frozenset({Role.COORDINATOR}), personal=True),
)
