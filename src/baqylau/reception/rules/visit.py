"""A visit as it was typed: plain codes and texts, before anything is looked up."""

from dataclasses import dataclass
from datetime import date

from baqylau.reception.taxonomy import Origin, Part, Result


@dataclass(frozen=True, slots=True)
class Visit:
    """What an adviser says about a visit; every field is a code unless it says otherwise.

    `district` "" means the room's own. `slip` is the number on a slip that was printed in advance.
    `continues` is the number of an earlier consultation about the same problem. `contact` is the
    opaque key of a visitor who agreed to be known. `call_on` is the day of a promised call.
    """

    language: str
    channel: str
    room: str
    kind: str
    result: str = Result.ADVISED
    held_on: date | None = None
    origin: str = Origin.DESK
    district: str = ""
    service: str = ""
    is_unlisted: bool = False
    body: str = ""
    part: str = Part.ANSWER
    answer: str = ""
    contact: str = ""
    acted_as: str = ""
    agreed_to_call: bool = False
    continues: str = ""
    slip: str = ""
    call_on: date | None = None
