"""Closing a report: with what, for how long it is kept, and a last word to the reporter."""

from baqylau.journal.services import Draft
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.reports.queries.contents import OpenedItem
from baqylau.reports.rules.contents import Kind, loaded
from baqylau.reports.rules.endings import delete_on
from baqylau.reports.services.once import Opened, add_once
from baqylau.reports.taxonomy import State


def close(*, talk: Opened, desk: Opened, actor: Actor, ending: str, text: str, mark: str) -> bool:
    """Seal the ending to D, then say farewell and close; whether it was new.

    Of the ending only the day of deletion shows. Cut off in between, sending it again goes on.
    Raises: SealError.
    """
    today = clock.today()
    on = today.isoformat()
    add_once(
        to=desk,
        kind=Kind.CLOSED,
        values={"ending": ending, "by": actor.key, "on": on},
        mark=mark,
        actor=actor,
    )
    changes: dict[str, object] = {
        "state": State.CLOSED,
        "closed_on": today,
        "delete_on": delete_on(ending, today),
        "acknowledged_on": talk.report.acknowledged_on or today,
        "answered_on": talk.report.answered_on or today,
    }
    is_new = add_once(
        to=talk,
        kind=Kind.OFFICER,
        values={"text": text, "on": on},
        mark=mark,
        actor=actor,
        drafts=[Draft("reports.closed", actor, f"report:{talk.report.pk}")],
        changes=changes,
    )
    talk.report.refresh_from_db()
    return is_new


def endings_of(items: list[OpenedItem]) -> list[str]:
    """With what the report was closed, each time."""
    return [str(loaded(item.content)["ending"]) for item in items if item.kind == Kind.CLOSED]
