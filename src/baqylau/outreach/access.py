"""The module's rows of the permission table.

A lecturer plans events and changes their own, nothing else. A shopper or a surveyor who is named
for an event sees and reports that event, and no other. Sheets with names open for few, and every
opening is written down.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Action
from baqylau.kernel.roles import Role

SEE = "outreach.see"
VIEW = "outreach.view"
PLAN = "outreach.plan"
CAMPAIGNS = "outreach.campaigns"
HOLD = "outreach.hold"
SHEETS = "outreach.sheets"
SPEAKERS = "outreach.speakers"
TESTS = "outreach.tests"
CHECK = "outreach.check"
IMPORT = "outreach.import"
EXPORT = "outreach.export"

_TEAM = frozenset({Role.COORDINATOR, Role.LECTURER, Role.ADVISER, Role.LAWYER, Role.EDITOR})
_NAMED = frozenset({Role.SHOPPER, Role.SURVEYOR})
"""They have nothing to do with events, unless they are named for one."""


def may_view(actor: Actor, event: Any) -> bool:  # noqa: ANN401 - as every predicate
    """Whether the actor is of those who see every event, or this one is theirs."""
    return bool(_TEAM & actor.roles) or may_hold(actor, event)


def may_hold(actor: Actor, event: Any) -> bool:  # noqa: ANN401 - as every predicate
    """Whether the actor coordinates, planned the event, or speaks at it.

    The event carries `author` and the opaque keys of its speakers as `speaker_keys`.
    """
    return bool(
        Role.COORDINATOR in actor.roles
        or event.author == actor.key
        or actor.key in event.speaker_keys
    )


ACTIONS = (
    Action(SEE, _("See campaigns, events and coverage"), _TEAM),
    Action(VIEW, _("Open the page of an event"), _TEAM | _NAMED, may_view),
    Action(PLAN, _("Plan events"), frozenset({Role.COORDINATOR, Role.LECTURER})),
    Action(
        CAMPAIGNS,
        _("Keep campaigns, what they give out, and the goals of a year"),
        frozenset({Role.COORDINATOR}),
    ),
    Action(
        HOLD,
        _("Confirm, hold and report an event"),
        frozenset({Role.COORDINATOR, Role.LECTURER}) | _NAMED,
        may_hold,
    ),
    Action(
        SHEETS,
        _("Open the scan of an attendance sheet"),
        frozenset({Role.COORDINATOR}),
        personal=True,
    ),
    Action(SPEAKERS, _("Keep the list of speakers"), frozenset({Role.COORDINATOR})),
    Action(TESTS, _("Keep the tests of events"), frozenset({Role.COORDINATOR, Role.EDITOR})),
    Action(CHECK, _("Look at events that seem doubtful"), frozenset({Role.COORDINATOR})),
    Action(IMPORT, _("Take a table of events in"), frozenset({Role.COORDINATOR})),
    Action(EXPORT, _("Take events out as a table"), _TEAM),
)
