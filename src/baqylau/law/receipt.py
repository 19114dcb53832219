"""When something was received: the local day, and whether the office was still open."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from baqylau.law.errors import LawError

# By name, never by offset: Almaty moved from UTC+6 to UTC+5 on 1 March 2024.
ZONE = "Asia/Almaty"
CLOSES_AT = time(18, 0)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The local day of a receipt; after hours it counts from the next working day."""

    on: date
    is_after_hours: bool


def receive(moment: datetime, *, zone: str = ZONE, closes_at: time = CLOSES_AT) -> Receipt:
    """Read an aware moment as a receipt on the local clock; closing time itself is in hours.

    Raises: LawError `moment_without_zone`, `unknown_zone`.
    """
    if moment.utcoffset() is None:
        raise LawError("moment_without_zone", moment=moment.isoformat())
    try:
        local = moment.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise LawError("unknown_zone", zone=zone[:60]) from error
    return Receipt(local.date(), local.time() > closes_at)
