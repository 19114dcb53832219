"""The permission table, built from the actions that the installed rooms register."""

from baqylau.kernel.access import Actor
from baqylau.kernel.errors import NotAllowedError
from baqylau.kernel.modules import Action, Registry, registry


def table(rooms: Registry = registry) -> dict[str, Action]:
    """Every registered action by its code."""
    return {action.code: action for module in rooms for action in module.actions}


def may(actor: Actor, code: str, subject: object = None, rooms: Registry = registry) -> bool:
    """Whether the actor may do the action on the subject.

    Raises: KeyError for an action that no room registered: a wrong code must not pass quietly.
    """
    action = table(rooms)[code]
    if not may_somewhere(actor, code, rooms):
        return False
    return action.applies is None or action.applies(actor, subject)


def may_somewhere(actor: Actor, code: str, rooms: Registry = registry) -> bool:
    """Whether the actor's roles are in the action's row, whatever the subject.

    Raises: KeyError for an action that no room registered.
    """
    return bool(actor.roles & table(rooms)[code].roles)


def require_role(actor: Actor, code: str, rooms: Registry = registry) -> None:
    """Refuse unless the actor may on some subject. Raises: NotAllowedError."""
    if not may_somewhere(actor, code, rooms):
        raise NotAllowedError(table(rooms)[code].label)


def require(actor: Actor, code: str, subject: object = None, rooms: Registry = registry) -> None:
    """Refuse unless the actor may. Raises: NotAllowedError."""
    if not may(actor, code, subject, rooms):
        raise NotAllowedError(table(rooms)[code].label)
