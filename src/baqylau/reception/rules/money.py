"""What an ordinary record may say of a demand for money: that it came, and nothing else."""

from typing import Final

from baqylau.casework.taxonomy import ContactKind
from baqylau.reception.rules.visit import Visit
from baqylau.reception.taxonomy import Part, Result

SPARED: Final[tuple[tuple[str, object], ...]] = (
    ("answer", ""),
    ("contact", ""),
    ("service", ""),
    ("body", ""),
    ("is_unlisted", False),
    ("continues", ""),
    ("acted_as", ""),
    ("agreed_to_call", False),
    ("call_on", None),
)
"""Fields of a visit that stay empty when somebody was shown the safe channel."""


def bare(visit: Visit) -> Visit:
    """All that is kept when somebody was shown the safe channel: room, language, channel."""
    return Visit(
        language=visit.language,
        channel=visit.channel,
        room=visit.room,
        kind=ContactKind.CORRUPTION,
        result=Result.SAFE_CHANNEL,
        held_on=visit.held_on,
        origin=visit.origin,
        part=Part.OTHER,
        slip=visit.slip,
    )


def told_too_much(visit: Visit) -> list[str]:
    """The fields in which the visit says more of a demand for money than it may.

    A corruption indication has no story and no name. Beside the safe channel nothing stands that
    could be laid beside a report: no service, no body, no earlier visit.
    """
    if visit.result == Result.SAFE_CHANNEL:
        is_other = visit.kind != ContactKind.CORRUPTION
        told = [name for name, none in SPARED if getattr(visit, name) != none]
        return ["kind", *told] if is_other else told
    if visit.kind == ContactKind.CORRUPTION:
        spoken = {"answer": visit.answer.strip(), "contact": visit.contact}
        return [name for name, text in spoken.items() if text]
    return []
