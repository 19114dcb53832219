"""What officers note for each other: notes, labels with their two counters, reports about the same.

All of it is sealed to D, which no receipt opens.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.reports.models import Report
from baqylau.reports.queries.contents import OpenedItem
from baqylau.reports.rules.contents import Kind, loaded
from baqylau.reports.rules.labels import Label, moves, read_label
from baqylau.reports.services import counting
from baqylau.reports.services.deskpart import desk_part
from baqylau.reports.services.once import Also, Opened, add_once
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey
from baqylau.storage.wiping import empty_log


def note(*, to: Opened, actor: Actor, text: str, mark: str) -> bool:
    """Seal a note for colleagues; whether it was new. Raises: SealError."""
    return add_once(
        to=to, kind=Kind.NOTE, values=_by(actor) | {"text": text}, mark=mark, actor=actor
    )


def label(*, to: Opened, actor: Actor, chosen: Label, mark: str) -> bool:
    """Seal a label and lay aside what it moves in the counters, both or none; whether it was new.

    The cells of the label before it are given back: each report counts once in each counter.
    Raises: SealError.
    """
    filed_on = to.report.filed_on

    def decide(items: Sequence[OpenedItem]) -> Also:
        earlier = last_label(items)
        return lambda: counting.put(filed_on, moves(earlier, chosen))

    is_new = add_once(
        to=to,
        kind=Kind.LABEL,
        values=_by(actor) | chosen.values(),
        mark=mark,
        actor=actor,
        decide=decide,
    )
    # The log would show which report's item was written together with which of these rows.
    empty_log("sealed")
    return is_new


def last_label(items: Sequence[OpenedItem]) -> Label | None:
    """The label that holds."""
    labels = [item for item in items if item.kind == Kind.LABEL]
    return read_label(loaded(labels[-1].content)) if labels else None


def link_twin(*, to: Opened, own: SecretKey, actor: Actor, locator: str) -> Report:
    """Note in both reports that they are about the same; returns the other one. Safe to repeat.

    Raises: DomainError for a locator that is not another report's which the actor can open.
    """
    refused = DomainError(
        _("You can open no other report with this number."), code="unknown", field="locator"
    )
    other = Report.objects.filter(locator=locator).exclude(pk=to.report.pk).first()
    if other is None:
        raise refused
    try:
        there = desk_part(actor=actor, own=own, report=other)
    except SealError as error:
        if error.code != "wrap_closed":
            raise
        raise refused from None
    for part, twin in ((to, other), (there, to.report)):
        add_once(
            to=part,
            kind=Kind.TWIN,
            values=_by(actor) | {"report": twin.pk},
            mark=f"twin-{twin.pk}",
            actor=actor,
        )
    return other


def _by(actor: Actor) -> dict[str, str]:
    """Who, and on which day."""
    return {"by": actor.key, "on": clock.today().isoformat()}
